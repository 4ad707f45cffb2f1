package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * One usable quote as volatility.
 *
 * @param right the side it is quoted on
 * @param strike K
 * @param years to expiry
 * @param logStrike k = ln(K/F)
 * @param volatility of the middle of bid and offer, or of the mark
 * @param bid volatility of the bid; of the mark less a tick where no bids are known
 * @param ask volatility of the offer; of the mark plus a tick where no offers are known
 */
public record SurfacePoint(
        OptionRight right, double strike, double years, double logStrike, double volatility, double bid, double ask) {
    /** How well the volatility is known: half of what lies between bid and offer. */
    public double uncertainty() {
        return 0.5 * (ask - bid);
    }
}
