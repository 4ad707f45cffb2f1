package io.bulwark.netting.contagion;

import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;
import java.util.List;

/**
 * The cascade of one scenario over a large book: the least fixed point of Φ as {@link ContagionMap} has it, from below, with two accumulators a group, sales and purchases,
 * impact and flows rounded up.
 *
 * <p>What makes it fast is the order in memory. An account is not looked at before prices can have moved far enough to reach it: with rates at most m its second-round
 * loss is at most gross·m, so accounts are taken in order of the m that can reach them (a counting sort), copied side by side when they are reached, looked at again in
 * each round while they are sold in part, and dropped when all is sold. Nothing is skipped that could count, so the integers are those of full sweeps.
 *
 * @param vector falls and rises at the least fixed point
 * @param flows what is forced into the market there
 * @param liquidated number of accounts that are sold, in part or whole
 * @param rounds applications of the map, the confirming one included
 */
public record LiquidationCascade(ContagionVector vector, ForcedFlows flows, int liquidated, int rounds) {
    /**
     * Runs the cascade.
     *
     * @param groups as many as the book has; ladders, caps, and hedgers' gamma, which must be 0
     * @param returnPpm of the scenario, by group
     */
    public static LiquidationCascade of(
            CascadeBook book, List<LiquidityGroup> groups, IntColumn returnPpm, ContagionRules rules) {
        if (groups.size() != book.groups() || returnPpm.length() != book.groups()) {
            throw new IllegalArgumentException("there must be " + book.groups() + " groups and returns; have "
                    + groups.size() + " and " + returnPpm.length());
        }
        FragilityOrder order = FragilityOrder.of(book, returnPpm);
        SoldAccounts sold = new SoldAccounts(book, order, rules);
        Prices prices = new Prices(groups, returnPpm);
        int rounds = 0;
        long[] flows;
        do {
            flows = sold.flows(prices.rates, prices.largest());
            rounds++;
        } while (prices.move(flows));
        return new LiquidationCascade(prices.vector(), apart(flows), sold.count(), rounds);
    }

    /** From sides to components: sales of every group, then purchases. */
    private static ForcedFlows apart(long[] bySide) {
        long[] apart = new long[bySide.length];
        for (int k = 0; k < bySide.length / 2; k++) {
            apart[k] = bySide[2 * k];
            apart[bySide.length / 2 + k] = bySide[2 * k + 1];
        }
        return ForcedFlows.of(apart);
    }

    /** Rates by side, and how flows move them. */
    private static final class Prices {
        private final List<LiquidityGroup> groups;
        private final int[] bound;
        private final int[] rates;

        Prices(List<LiquidityGroup> groups, IntColumn returnPpm) {
            this.groups = groups;
            this.rates = new int[2 * groups.size()];
            this.bound = new int[rates.length];
            ContagionScenario scenario = new ContagionScenario(returnPpm, IntColumn.zeros(0));
            for (int k = 0; k < groups.size(); k++) {
                bound[2 * k] = scenario.downBound(groups.get(k), k);
                bound[2 * k + 1] = groups.get(k).capPpm();
            }
        }

        boolean move(long[] flows) {
            boolean moved = false;
            for (int i = 0; i < rates.length; i++) {
                int rate = groups.get(i >> 1).ladder().rate(flows[i], bound[i]);
                moved |= rate != rates[i];
                rates[i] = rate;
            }
            return moved;
        }

        int largest() {
            return Arrays.stream(rates).max().orElse(0);
        }

        ContagionVector vector() {
            int[] down = new int[groups.size()];
            int[] up = new int[groups.size()];
            for (int k = 0; k < down.length; k++) {
                down[k] = rates[2 * k];
                up[k] = rates[2 * k + 1];
            }
            return ContagionVector.of(down, up);
        }
    }
}
