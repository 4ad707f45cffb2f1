package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A scenario.
 *
 * @param returnPpm by group
 * @param basisPpm by symbol: what it moves beyond its group; legs of one unwind set net only where it is equal
 */
public record ContagionScenario(IntColumn returnPpm, IntColumn basisPpm) {
    /**
     * A price may come to elevenfold: the fund is sized by rises of 400 %, and days of 318 % have been seen. Gains of amounts below 2⁵⁶ fit
     * 64 bits at it.
     */
    private static final int RETURN_MAX = 10 * Ppm.ONE;

    private static final int RATE_MAX = 2 * Ppm.ONE;

    void check(int groups, int symbols) {
        if (returnPpm.length() != groups || basisPpm.length() != symbols) {
            throw new IllegalArgumentException("a scenario must have " + groups + " returns and " + symbols
                    + " bases; has " + returnPpm.length() + " and " + basisPpm.length());
        }
        for (int k = 0; k < groups; k++) {
            MoneyRange.rate("groupReturnPpm", returnPpm.at(k), -RATE_MAX, RETURN_MAX);
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            MoneyRange.rate("basisPpm", basisPpm.at(symbol), -RATE_MAX, RATE_MAX);
        }
    }

    /** The largest values that a vector can have here. */
    public ContagionVector bound(List<LiquidityGroup> groups) {
        return ContagionVector.of(
                IntStream.range(0, groups.size())
                        .map(k -> downBound(groups.get(k), k))
                        .toArray(),
                groups.stream().mapToInt(LiquidityGroup::capPpm).toArray());
    }

    /** The largest down vector of a group: its cap, and no price falls below zero. */
    int downBound(LiquidityGroup group, int number) {
        return Math.min(group.capPpm(), Math.max(0, Ppm.ONE + returnPpm.at(number)));
    }
}
