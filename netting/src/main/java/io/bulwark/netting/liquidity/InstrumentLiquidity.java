package io.bulwark.netting.liquidity;

import java.util.OptionalLong;

/**
 * How liquid an instrument is, in its lots.
 *
 * @param instrument permanent number
 * @param halfSpread half of the median quoted spread and the taker fee, ppm of the notional, ≥ 0; empty where nobody quotes
 * @param depth stress depth D ({@link StressDepth}), lots, &gt; 0
 * @param interest one-sided open interest over all accounts, lots
 * @param crowding open interest of its cluster (same or next expiry, strikes within 2 %) over the median of its group's
 *     contracts, ppm: 10⁶ is the median; 0 for a contract without a strike
 * @param whole whether 90 days are behind the depth and the spread; until then governed rates are the least
 */
public record InstrumentLiquidity(
        int instrument, OptionalLong halfSpread, long depth, OneSided interest, long crowding, boolean whole) {
    /** Checks signs. */
    public InstrumentLiquidity {
        String where = "instrument " + instrument;
        halfSpread.ifPresent(spread -> ObservationRules.notNegative(spread, "halfSpread", where));
        ObservationRules.positive(depth, "depth", where);
        ObservationRules.notNegative(crowding, "crowding", where);
    }

    /** With 90 days behind it. */
    public InstrumentLiquidity(int instrument, long halfSpread, long depth, OneSided interest, long crowding) {
        this(instrument, OptionalLong.of(halfSpread), depth, interest, crowding, true);
    }
}
