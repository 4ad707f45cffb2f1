package io.bulwark.insurance.apportionment;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An integer total divided pro rata to integer sizes without privilege: cumulative rounding in an order drawn for the event.
 *
 * <p>The order is that of SHA-256(seed, 0x01, event, id); the offset is the first 8 bytes of SHA-256(seed, 0x02, event) modulo
 * the sum of sizes. With C the cumulative size in that order, each takes ⌊(total·C + offset)/W⌋ less the same of its
 * predecessor: within one unit of its exact share, never more than its size, unbiased over seeds under any division into
 * accounts. The seed is committed to before the event and revealed after sizes are frozen. Rule: contagion design, section 2
 * (ADL amount).
 *
 * @param order ids in the order drawn
 * @param offset in [0, sum of sizes)
 * @param cut what each takes, by id; the sum is the total
 */
public record SeededRounding(List<String> order, BigInteger offset, SortedMap<String, BigInteger> cut) {
    private static final byte ORDER = 1;
    private static final byte OFFSET = 2;

    /** Copies the lists. */
    public SeededRounding {
        order = List.copyOf(order);
        cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
    }

    /**
     * Divides a total.
     *
     * @param seed any bytes, revealed with the event
     * @param event number of the event
     * @param sizes of each id, ≥ 0, together > 0
     * @param total 0 ≤ total ≤ sum of sizes
     * @throws IllegalArgumentException if a bound is broken
     */
    public static SeededRounding of(byte[] seed, long event, Map<String, BigInteger> sizes, BigInteger total) {
        BigInteger whole = whole(sizes);
        if (total.signum() < 0 || total.compareTo(whole) > 0) {
            throw new IllegalArgumentException("total must be in 0 … " + whole + "; have " + total);
        }
        List<String> order = order(seed, event, sizes);
        BigInteger offset = new BigInteger(1, Arrays.copyOf(digest(seed, OFFSET, event, ""), Long.BYTES)).mod(whole);
        TreeMap<String, BigInteger> cut = new TreeMap<>();
        BigInteger cumulative = BigInteger.ZERO;
        BigInteger before = BigInteger.ZERO;
        for (String id : order) {
            cumulative = cumulative.add(sizes.getOrDefault(id, BigInteger.ZERO));
            BigInteger upTo = total.multiply(cumulative).add(offset).divide(whole);
            cut.put(id, upTo.subtract(before));
            before = upTo;
        }
        return new SeededRounding(order, offset, cut);
    }

    private static BigInteger whole(Map<String, BigInteger> sizes) {
        sizes.forEach((id, size) -> {
            if (size.signum() < 0) {
                throw new IllegalArgumentException("size of " + id + " must be >= 0; have " + size);
            }
        });
        BigInteger whole = sizes.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (whole.signum() == 0) {
            throw new IllegalArgumentException("sizes together must be > 0; have 0");
        }
        return whole;
    }

    private static List<String> order(byte[] seed, long event, Map<String, BigInteger> sizes) {
        TreeMap<byte[], String> drawn = new TreeMap<>(Comparator.comparing((byte[] d) -> d, Arrays::compareUnsigned));
        sizes.keySet().forEach(id -> drawn.put(digest(seed, ORDER, event, id), id));
        return List.copyOf(drawn.values());
    }

    private static byte[] digest(byte[] seed, byte purpose, long event, String id) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(seed);
            sha256.update(purpose);
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(event).array());
            sha256.update(id.getBytes(StandardCharsets.UTF_8));
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
