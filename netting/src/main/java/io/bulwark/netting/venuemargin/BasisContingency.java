package io.bulwark.netting.venuemargin;

import java.util.List;
import java.util.function.ToDoubleFunction;

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
