package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * What Derive's standard manager says of an account, in its cash asset. Margins are net: value less requirement.
 *
 * @param initial net of initial margin
 * @param maintenance net of maintenance margin
 * @param markToMarket value with cash
 * @param markets per market, in the account's order
 * @param perpetualMargin charge on perpetuals in maintenance margin, ≤ 0
 * @param oracleContingency charges for feeds of low confidence, ≤ 0
 * @param depegContingency charge for a cash asset below its peg, ≤ 0
 * @param baseMargin what the underlyings held count in initial margin, before the charge for their feed
 */
public record StandardMargin(
        double initial,
        double maintenance,
        double markToMarket,
        List<OptionMargins> markets,
        double perpetualMargin,
        double oracleContingency,
        double depegContingency,
        double baseMargin) {
    /** Copies the markets. */
    public StandardMargin {
        markets = List.copyOf(markets);
    }

    /**
     * The two ways of margining the options of a market, summed over expiries; per expiry the larger (less demanding) counts.
     *
     * @param isolatedInitial each short option alone
     * @param isolatedMaintenance each short option alone
     * @param boundedInitial the smallest payoff at settlement, less the charge on uncovered calls; a gain counts as nothing
     * @param boundedMaintenance the same with the charge of maintenance margin
     */
    public record OptionMargins(
            double isolatedInitial, double isolatedMaintenance, double boundedInitial, double boundedMaintenance) {}
}
