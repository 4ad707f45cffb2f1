package io.bulwark.insurance.monitor;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;

/**
 * How much of a whole stands with few.
 *
 * @param what is shared
 * @param total u = 10⁻⁴ USD
 * @param topFivePpm share of the five largest, half to even; 0 where there is nothing
 * @param topTenPpm share of the ten largest
 */
public record Concentration(String what, long total, int topFivePpm, int topTenPpm) {
    private static final int FIVE = 5;
    private static final int TEN = 10;

    /** The shares of the largest of some amounts, each ≥ 0. */
    public static Concentration of(String what, Collection<Long> amounts) {
        long total = amounts.stream().reduce(0L, Math::addExact);
        return new Concentration(what, total, share(amounts, FIVE, total), share(amounts, TEN, total));
    }

    private static int share(Collection<Long> amounts, int most, long total) {
        long top =
                amounts.stream().sorted(Comparator.reverseOrder()).limit(most).reduce(0L, Math::addExact);
        return total == 0
                ? 0
                : Rounding.halfEven(
                                BigInteger.valueOf(top).multiply(BigInteger.valueOf(Rounding.PPM)),
                                BigInteger.valueOf(total))
                        .intValueExact();
    }
}
