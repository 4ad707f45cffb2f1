package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import java.util.List;

/**
 * One economic asset on every venue, in every wrapper: one ladder, one cap, one flow. The numéraire is in none.
 *
 * @param name of the asset
 * @param ladder how far a flow moves its price
 * @param capPpm largest impact, 0 … 10⁶
 * @param minimumExitMicro smallest exit quantity of a side, micro-USD ≥ 0
 * @param hedgerGammaMicro micro-USD of delta that hedging accounts trade in the direction of a move, per move of 100 %; ≥ 0
 * @param cellsPpm price moves at which the deltas of options are given, ascending; empty where no account holds one
 */
public record LiquidityGroup(
        String name,
        ImpactLadder ladder,
        int capPpm,
        long minimumExitMicro,
        long hedgerGammaMicro,
        List<Integer> cellsPpm) {
    /** Checks ranges. */
    public LiquidityGroup {
        MoneyRange.rate("capPpm of group " + name, capPpm, 0, Ppm.ONE);
        MoneyRange.notNegative("minExitMicro of group " + name, minimumExitMicro);
        MoneyRange.notNegative("hedgerGammaMicro of group " + name, hedgerGammaMicro);
        cellsPpm = List.copyOf(cellsPpm);
        for (int cell = 1; cell < cellsPpm.size(); cell++) {
            if (cellsPpm.get(cell - 1) >= cellsPpm.get(cell)) {
                throw new IllegalArgumentException("cells of group " + name + " must ascend; have " + cellsPpm);
            }
        }
    }

    /** The same with what hedgers must trade. */
    public LiquidityGroup withHedgerGamma(long micro) {
        return new LiquidityGroup(name, ladder, capPpm, minimumExitMicro, micro, cellsPpm);
    }

    /** The same with another ladder. */
    public LiquidityGroup withLadder(ImpactLadder other) {
        return new LiquidityGroup(name, other, capPpm, minimumExitMicro, hedgerGammaMicro, cellsPpm);
    }
}
