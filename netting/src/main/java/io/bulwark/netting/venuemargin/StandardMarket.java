package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * What an account of the standard manager holds of one underlying, and its prices.
 *
 * @param spot USD, &gt; 0
 * @param spotConfidence of the spot feed, 0 to 1
 * @param perpetual mark of the perpetual, USD
 * @param perpetualConfidence of its feed, 0 to 1
 * @param perpetuals units, short below 0
 * @param perpetualValue gains and funding of the perpetuals not settled yet
 * @param base units of the underlying held, ≥ 0
 * @param expiries one entry per expiry
 */
public record StandardMarket(
        double spot,
        double spotConfidence,
        double perpetual,
        double perpetualConfidence,
        double perpetuals,
        double perpetualValue,
        double base,
        List<HeldExpiry> expiries) {
    /** Copies the expiries and checks the ranges. */
    public StandardMarket {
        Check.positive("spot", spot);
        Check.notNegative("spot confidence", spotConfidence);
        Check.notNegative("perpetual price", perpetual);
        Check.notNegative("perpetual confidence", perpetualConfidence);
        Check.finite("perpetuals", perpetuals);
        Check.finite("perpetual value", perpetualValue);
        Check.notNegative("base", base);
        expiries = List.copyOf(expiries);
    }
}
