package io.bulwark.insurance.apportionment;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.hipparchus.fraction.BigFraction;

/** Exact shares as whole units whose sum is the whole: each is the floor of the running total less that of the one before, so within one unit of the exact share. */
public final class CumulativeRounding {
    private CumulativeRounding() {}

    /** Each share as whole units; together the floor of their sum. */
    public static List<Long> of(List<BigFraction> shares) {
        BigFraction total = BigFraction.ZERO;
        long before = 0;
        LongStream.Builder whole = LongStream.builder();
        for (BigFraction share : shares) {
            total = total.add(share);
            long now = Rounding.exactLong(Rounding.fdiv(total.getNumerator(), total.getDenominator()));
            whole.add(Math.subtractExact(now, before));
            before = now;
        }
        return whole.build().boxed().toList();
    }

    /**
     * A total divided pro rata, to the unit, in the order of the names.
     *
     * @param total ≥ 0
     * @param weights ≥ 0; together above 0 unless the total is 0
     */
    public static SortedMap<String, Long> proRata(long total, SortedMap<String, BigFraction> weights) {
        BigFraction whole = weights.values().stream().reduce(BigFraction.ZERO, BigFraction::add);
        if (total < 0
                || weights.values().stream().anyMatch(w -> w.signum() < 0)
                || (total > 0 && whole.signum() == 0)) {
            throw new IllegalArgumentException(
                    "total and weights must be >= 0, and no total is divided by weights of 0; have " + total + " and "
                            + weights);
        }
        List<String> names = new ArrayList<>(weights.keySet());
        BigFraction each =
                whole.signum() == 0 ? BigFraction.ZERO : new BigFraction(BigInteger.valueOf(total)).divide(whole);
        List<Long> parts = of(weights.values().stream().map(each::multiply).toList());
        TreeMap<String, Long> divided = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            divided.put(names.get(i), parts.get(i));
        }
        return Collections.unmodifiableSortedMap(divided);
    }
}
