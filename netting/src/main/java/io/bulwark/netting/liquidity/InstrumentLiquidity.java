package io.bulwark.netting.liquidity;

/**
 * How liquid an instrument is, in its lots.
 *
 * @param instrument permanent number
 * @param halfSpread half of the median quoted spread and the taker fee, ppm of the notional, ≥ 0
 * @param depth stress depth D ({@link StressDepth}), lots, &gt; 0
 * @param interest one-sided open interest over all accounts, lots
 * @param crowding open interest of its cluster (same or next expiry, strikes within 2 %) over the median of its group's
 *     contracts, ppm: 10⁶ is the median; 0 for a contract without a strike
 */
public record InstrumentLiquidity(int instrument, long halfSpread, long depth, OneSided interest, long crowding) {
    /** Checks signs. */
    public InstrumentLiquidity {
        String where = "instrument " + instrument;
        ObservationRules.notNegative(halfSpread, "halfSpread", where);
        ObservationRules.positive(depth, "depth", where);
        ObservationRules.notNegative(crowding, "crowding", where);
    }
}
