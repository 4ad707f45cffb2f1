package io.bulwark.netting.venuemargin;

import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import java.util.List;
import java.util.function.ToDoubleFunction;

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

    /**
     * What a portfolio may lose when forwards of different expiries move apart: per expiry the worse of a rise and a fall of its forward, times {@code add + multiple · years}.
     *
     * @param up spot factor of the rise, &gt; 1
     * @param down spot factor of the fall, &lt; 1
     * @param add share of the loss that counts at any term
     * @param multiple further share per year to expiry
     */
    public record BasisContingency(double up, double down, double add, double multiple) {
        /** Checks the ranges. */
        public BasisContingency {
            Check.notNegative("basis rise", up);
            Check.notNegative("basis fall", down);
            Check.notNegative("basis add factor", add);
            Check.notNegative("basis multiple", multiple);
        }

        /** The contingency of a portfolio, ≤ 0, USD; marks are undiscounted values times {@code discount(expiry)}. */
        double of(List<HeldExpiry> expiries, ToDoubleFunction<HeldExpiry> discount) {
            double sum = 0;
            for (HeldExpiry expiry : expiries) {
                double now = expiry.value(1, HeldOption::volatility);
                double risen = expiry.value(up, HeldOption::volatility);
                double fallen = expiry.value(down, HeldOption::volatility);
                double worst = Math.min(Math.min(risen, fallen) - now, 0);
                sum += worst * discount.applyAsDouble(expiry) * (add + multiple * expiry.years());
            }
            return sum;
        }
    }
}
