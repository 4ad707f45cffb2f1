package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * Published parameters of Derive's portfolio risk manager, version 1. Ratios are fractions.
 *
 * @param basis forwards moving apart
 * @param pegThreshold price of the cash asset below which initial margin grows
 * @param pegFactor growth of the initial factor per unit of the missing price
 * @param confidenceThreshold confidence below which initial margin is charged
 * @param confidenceMargin charge on the notional per unit of missing confidence
 * @param baseCharge static charge on the underlying held
 * @param perpetualCharge static charge on perpetuals
 * @param optionCharge static charge on naked short options
 * @param initialFactor initial over maintenance requirement
 * @param staticDiscount discount on a positive shocked option value
 * @param rateMultiple share of the rate in that discount
 * @param rateAdd rate added in that discount, a fraction a year
 * @param volatility volatility shocks
 * @param scenarios the risk matrix
 */
public record Pmrm1Parameters(
        BasisContingency basis,
        double pegThreshold,
        double pegFactor,
        double confidenceThreshold,
        double confidenceMargin,
        double baseCharge,
        double perpetualCharge,
        double optionCharge,
        double initialFactor,
        double staticDiscount,
        double rateMultiple,
        double rateAdd,
        VolatilityShock volatility,
        List<SpotVolatilityScenario> scenarios) {
    /** Copies the scenarios and checks the ranges. */
    public Pmrm1Parameters {
        scenarios = List.copyOf(scenarios);
        Check.that(!scenarios.isEmpty(), "scenarios", 0, "must not be empty");
        Check.that(
                scenarios.stream().noneMatch(s -> s.volatility().isSkew()),
                "scenarios",
                "a skew move",
                "version 1 has volatility up, none and down only");
        Check.notNegative("initial factor", initialFactor);
        Check.that(staticDiscount >= 0 && staticDiscount <= 1, "static discount", staticDiscount, "must be in 0…1");
        Check.notNegative("confidence margin", confidenceMargin);
        Check.notNegative("peg factor", pegFactor);
    }

    /** Factor on the requirement for initial margin, at a price of the cash asset. */
    double initialFactor(double stable) {
        return initialFactor + Math.max(pegThreshold - stable, 0) * pegFactor;
    }
}
