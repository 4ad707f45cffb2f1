package io.bulwark.netting.buffer;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;
import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * The charged vector: never below the certified one, falling slowly, and looking at the ladders of the worst days also in good ones, so that the buffer does not rise most
 * when it hurts most.
 *
 * <p>Source: in the manner of the anti-procyclicality options of Commission Delegated Regulation (EU) 153/2013, article 28.
 *
 * @param keepPpm share of the last published rate that is kept a day, 0 … 10⁶ (97 %)
 * @param stressWeightPpm weight of the vector at stressed ladders, 0 … 10⁶ (25 %)
 */
public record BufferPublication(int keepPpm, int stressWeightPpm) {
    /** A day, over which {@link #keepPpm} is kept. */
    public static final long DAY_MILLIS = 86_400_000;

    private static final BigInteger WHOLE = BigInteger.valueOf(Ppm.ONE);
    private static final BigInteger ONE = BigInteger.TEN.pow(36);
    private static final int HALVINGS = 64;

    /** Checks ranges. */
    public BufferPublication {
        MoneyRange.rate("keepPpm", keepPpm, 0, Ppm.ONE);
        MoneyRange.rate("stressWeightPpm", stressWeightPpm, 0, Ppm.ONE);
    }

    /**
     * min(bound, max(certified, ⌊keep^days·previous⌋, ⌈(1 − weight)·certified + weight·stressed⌉)) in every component. The floor rounds down, so it always decays to the
     * certified rate.
     *
     * @param previous 0 for a new scenario or group
     * @param elapsedMillis since the previous was published, ≥ 0
     * @throws IllegalArgumentException if lengths differ, or a rate or the time is negative
     */
    public IntColumn published(
            IntColumn certified, IntColumn previous, IntColumn stressed, IntColumn bound, long elapsedMillis) {
        for (IntColumn column : new IntColumn[] {certified, previous, stressed, bound}) {
            if (column.length() != certified.length()) {
                throw new IllegalArgumentException("certified, previous, stressed and bound must be of one length, "
                        + certified.length() + "; have " + column.length());
            }
            column.stream().forEach(rate -> MoneyRange.rate("a rate to be published", rate, 0, Ppm.ONE));
        }
        Share kept = kept(elapsedMillis);
        return IntColumn.ofLongs(IntStream.range(0, certified.length())
                .mapToLong(i -> Math.min(
                        bound.at(i),
                        Math.max(
                                certified.at(i),
                                Math.max(
                                        kept.of(previous.at(i)),
                                        Math.ceilDiv(
                                                (long) (Ppm.ONE - stressWeightPpm) * certified.at(i)
                                                        + (long) stressWeightPpm * stressed.at(i),
                                                (long) Ppm.ONE)))))
                .toArray());
    }

    /** A share of at most 1. */
    private record Share(BigInteger part, BigInteger whole) {
        long of(int rate) {
            return BigInteger.valueOf(rate).multiply(part).divide(whole).longValueExact();
        }
    }

    /** keep^days: whole days exactly, the rest of a day by square roots with 36 decimals, each rounded down, for 64 binary digits of the day. */
    private Share kept(long elapsedMillis) {
        if (elapsedMillis < 0) {
            throw new IllegalArgumentException("elapsedMillis must be >= 0; have " + elapsedMillis);
        }
        int days = Math.toIntExact(elapsedMillis / DAY_MILLIS);
        long rest = elapsedMillis % DAY_MILLIS;
        BigInteger root = BigInteger.valueOf(keepPpm).multiply(ONE).divide(WHOLE);
        BigInteger part = BigInteger.valueOf(keepPpm).pow(days).multiply(ONE);
        for (int i = 0; i < HALVINGS && rest > 0; i++) {
            root = root.multiply(ONE).sqrt();
            rest *= 2;
            if (rest >= DAY_MILLIS) {
                rest -= DAY_MILLIS;
                part = part.multiply(root).divide(ONE);
            }
        }
        return new Share(part, WHOLE.pow(days).multiply(ONE));
    }
}
