package io.bulwark.insurance.apportionment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeededRoundingTest {
    private static final long SEED = 20_251_010;

    @Test
    void shouldTakeTheTotalToTheUnitAndStayWithinOneUnitOfEveryShare() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            Map<String, BigInteger> sizes = sizes(random, 1 + random.nextInt(40));
            BigInteger whole = sum(sizes);
            BigInteger total = BigInteger.valueOf(random.nextLong(whole.longValueExact() + 1));
            SeededRounding rounding = SeededRounding.of(seed(i), i, sizes, total);
            assertEquals(total, sum(rounding.cut()));
            rounding.cut().forEach((id, cut) -> {
                BigInteger exact = total.multiply(sizes.get(id));
                assertTrue(cut.multiply(whole).subtract(exact).abs().compareTo(whole) < 0, id);
                assertTrue(cut.signum() >= 0 && cut.compareTo(sizes.get(id)) <= 0, id);
            });
        }
    }

    /** Contagion design, section 5: 50 accounts of one lot against 11 of 50; the fair cut of the fifty is 23.75. */
    @Test
    void shouldFavourNeitherTheManySmallNorTheFewLarge() {
        Map<String, BigInteger> sizes = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            sizes.put("small-" + i, BigInteger.ONE);
        }
        for (int i = 0; i < 11; i++) {
            sizes.put("large-" + i, BigInteger.valueOf(50));
        }
        long small = 0;
        int events = 2_000;
        for (int i = 0; i < events; i++) {
            small += SeededRounding.of(seed(i), 7, sizes, BigInteger.valueOf(285)).cut().entrySet().stream()
                    .filter(e -> e.getKey().startsWith("small"))
                    .mapToLong(e -> e.getValue().longValueExact())
                    .sum();
        }
        assertEquals(23.75, (double) small / events, 0.15);
    }

    @Test
    void shouldDrawAnotherOrderForAnotherEventAndSeed() {
        Map<String, BigInteger> sizes = sizes(new Random(SEED), 20);
        SeededRounding first = SeededRounding.of(seed(1), 1, sizes, BigInteger.ONE);
        assertEquals(first, SeededRounding.of(seed(1), 1, sizes, BigInteger.ONE));
        assertTrue(!first.order()
                .equals(SeededRounding.of(seed(1), 2, sizes, BigInteger.ONE).order()));
        assertTrue(!first.order()
                .equals(SeededRounding.of(seed(2), 1, sizes, BigInteger.ONE).order()));
    }

    @Test
    void shouldRefuseATotalBeyondAllSizesAndSizesOfNothing() {
        Map<String, BigInteger> one = Map.of("a", BigInteger.TWO);
        assertThrows(IllegalArgumentException.class, () -> SeededRounding.of(seed(0), 0, one, BigInteger.valueOf(3)));
        assertThrows(IllegalArgumentException.class, () -> SeededRounding.of(seed(0), 0, one, BigInteger.valueOf(-1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> SeededRounding.of(seed(0), 0, Map.of("a", BigInteger.ZERO), BigInteger.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> SeededRounding.of(
                        seed(0), 0, Map.of("a", BigInteger.TWO, "b", BigInteger.valueOf(-1)), BigInteger.ONE));
    }

    private static Map<String, BigInteger> sizes(Random random, int accounts) {
        Map<String, BigInteger> sizes = new TreeMap<>();
        for (int i = 0; i < accounts; i++) {
            sizes.put("acct-" + i, BigInteger.valueOf(random.nextInt(1, 1_000_000)));
        }
        return sizes;
    }

    private static byte[] seed(int number) {
        return ByteBuffer.allocate(32).putInt(number).array();
    }

    private static BigInteger sum(Map<String, BigInteger> values) {
        return values.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
