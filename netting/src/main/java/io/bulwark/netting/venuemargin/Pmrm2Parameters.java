package io.bulwark.netting.venuemargin;

import io.bulwark.netting.venuemargin.Pmrm1Parameters.BasisContingency;
import java.util.List;

/**
 * Published parameters of Derive's portfolio risk manager, version 2 (PMRM_2). Ratios are fractions.
 *
 * @param basis forwards moving apart
 * @param charges contingencies
 * @param factors requirement factors and discounts
 * @param volatility volatility shocks
 * @param leastVolatilityUp lowest volatility that a rise ends at
 * @param skew tilts of the surface
 * @param scenarios the risk matrix
 */
public record Pmrm2Parameters(
        BasisContingency basis,
        Charges charges,
        Factors factors,
        VolatilityShock volatility,
        double leastVolatilityUp,
        SkewShock skew,
        List<SpotVolatilityScenario> scenarios) {
    /** Copies the scenarios and checks the ranges. */
    public Pmrm2Parameters {
        scenarios = List.copyOf(scenarios);
        Check.that(!scenarios.isEmpty(), "scenarios", 0, "must not be empty");
        Check.notNegative("least volatility of a rise", leastVolatilityUp);
    }

    /**
     * Contingencies.
     *
     * @param pegThreshold price of the cash asset below which initial margin grows
     * @param pegFactor growth of the initial factor per unit of the missing price
     * @param confidenceThreshold confidence below which initial margin is charged
     * @param confidenceMargin charge on the notional per unit of missing confidence
     * @param maintenancePerpetual charge on perpetuals in both margins
     * @param initialPerpetual further charge on perpetuals in initial margin
     * @param maintenanceOption charge on naked short options in both margins
     * @param initialOption further charge on naked short options in initial margin
     */
    public record Charges(
            double pegThreshold,
            double pegFactor,
            double confidenceThreshold,
            double confidenceMargin,
            double maintenancePerpetual,
            double initialPerpetual,
            double maintenanceOption,
            double initialOption) {
        /** Charge for feeds of a confidence on a notional, ≥ 0. */
        double oracle(double confidence, double notional) {
            return confidence < confidenceThreshold ? (1 - confidence) * confidenceMargin * notional : 0;
        }
    }

    /**
     * Requirement factors, and the discounts on the shocked value of an expiry.
     *
     * @param initial factor of initial margin
     * @param maintenance factor of maintenance margin
     * @param shortRateMultiple share of the rate in the mark-up of a negative value
     * @param longRateMultiple share of the rate in the discount of a positive value
     * @param shortRateAdd rate added in the mark-up, a fraction a year
     * @param longRateAdd rate added in the discount, a fraction a year
     * @param shortDiscount factor on a negative value at term 0
     * @param longDiscount factor on a positive value at term 0
     */
    public record Factors(
            double initial,
            double maintenance,
            double shortRateMultiple,
            double longRateMultiple,
            double shortRateAdd,
            double longRateAdd,
            double shortDiscount,
            double longDiscount) {}

    /**
     * Tilts of the volatility surface: a volatility at log-moneyness k is multiplied by {@code 1 ± min(cap, |k|·cap/k*)}.
     *
     * @param linearCap cap of the linear tilt at term 0
     * @param linearSlope change of that cap per √year
     * @param absoluteCap cap of the tilt of both wings at term 0
     * @param absoluteSlope change of that cap per √year
     * @param leastWidth lowest k*
     * @param widthScale k* per √year and unit of volatility
     * @param volatilityStatic level of volatility in k* at term 0
     * @param volatilityScale change of that level per √year
     */
    public record SkewShock(
            double linearCap,
            double linearSlope,
            double absoluteCap,
            double absoluteSlope,
            double leastWidth,
            double widthScale,
            double volatilityStatic,
            double volatilityScale) {
        double width(double rootYears) {
            return Math.max(leastWidth, rootYears * widthScale * (volatilityStatic + rootYears * volatilityScale));
        }

        double cap(SpotVolatilityScenario.VolatilityMove move, double rootYears) {
            return move == SpotVolatilityScenario.VolatilityMove.LINEAR
                    ? linearSlope * rootYears + linearCap
                    : absoluteSlope * rootYears + absoluteCap;
        }
    }
}
