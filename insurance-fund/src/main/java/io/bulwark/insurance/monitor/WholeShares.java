package io.bulwark.insurance.monitor;

import io.bulwark.clearing.money.Rounding;
import java.util.List;
import java.util.stream.LongStream;
import org.hipparchus.fraction.BigFraction;

/** Exact shares as whole units whose sum is the whole: each is the floor of the running total less that of the one before, so within one unit of the exact share. */
final class WholeShares {
    private WholeShares() {}

    static List<Long> of(List<BigFraction> shares) {
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
}
