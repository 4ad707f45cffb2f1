package io.bulwark.netting.formula;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * B = Σ |lots|·bound + 2·|cash| + 2·Σ|d| over all four lists and the standings, u, saturating at 2⁶³ − 1.
 *
 * <p>Below 2⁶⁰ every row sum, requirement and difference fits 64 bits; below 2⁴⁰ every product by a weight in ppm does too.
 */
public final class GrossBound {
    private GrossBound() {}

    /** B of an account; a number that the table does not list adds nothing. */
    public static long of(RiskTable table, MarginAccount account) {
        IntToLongFunction instruments =
                number -> table.instrument(number).map(InstrumentRisk::bound).orElse(0L);
        IntToLongFunction assets =
                number -> table.asset(number).map(AssetRisk::bound).orElse(0L);
        long bound = product(account.cash(), 2);
        bound = sum(bound, list(account.positions(), instruments));
        bound = sum(bound, list(account.paid(), instruments));
        bound = sum(bound, list(account.collateral(), assets));
        for (Standing standing : account.standings()) {
            bound = sum(bound, product(standing.distance(), 2));
        }
        return sum(bound, list(account.debt(), assets));
    }

    private static long list(List<Entry> entries, IntToLongFunction bound) {
        long total = 0;
        for (Entry entry : entries) {
            total = sum(total, product(entry.lots(), bound.applyAsLong(entry.number())));
        }
        return total;
    }

    /** |factor|·bound for a bound of at least 0. */
    private static long product(long factor, long bound) {
        if (factor == Long.MIN_VALUE) {
            return bound == 0 ? 0 : Long.MAX_VALUE;
        }
        long magnitude = Math.abs(factor);
        long low = magnitude * bound;
        return Math.multiplyHigh(magnitude, bound) == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }

    private static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
