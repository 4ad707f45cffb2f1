package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.Black76;
import io.bulwark.netting.pricing.Exponential;
import io.bulwark.netting.pricing.NormalDistribution;
import java.util.OptionalDouble;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/** Black-76 on a forward of 1, and its inverse. Prices are in units of the forward. */
public final class ImpliedVolatility {
    private static final double DEVIATION_LEAST = 1e-6;
    private static final double DEVIATION_MOST = 16;
    private static final double RELATIVE = 1e-14;
    private static final double ABSOLUTE = 1e-13;
    private static final int ORDER = 5;
    private static final int EVALUATIONS_MAX = 200;

    private ImpliedVolatility() {}

    /** Price of an option in units of the forward. */
    public static double price(OptionRight right, double logStrike, double deviation) {
        return Black76.price(right, 1, Exponential.exp(logStrike), -logStrike, deviation);
    }

    /** ∂price/∂σ for a volatility of 1.00. */
    public static double vega(double logStrike, double volatility, double years) {
        double deviation = volatility * Math.sqrt(years);
        return Math.sqrt(years) * NormalDistribution.density(-logStrike / deviation + 0.5 * deviation);
    }

    /** The volatility at which Black-76 gives a price; empty where none does: at or below intrinsic, or above any. */
    public static OptionalDouble of(OptionRight right, double logStrike, double years, double price) {
        double low = price(right, logStrike, DEVIATION_LEAST) - price;
        double high = price(right, logStrike, DEVIATION_MOST) - price;
        if (!(low < 0) || !(high > 0)) {
            return OptionalDouble.empty();
        }
        double deviation = new BracketingNthOrderBrentSolver(RELATIVE, ABSOLUTE, ORDER)
                .solve(EVALUATIONS_MAX, x -> price(right, logStrike, x) - price, DEVIATION_LEAST, DEVIATION_MOST);
        return OptionalDouble.of(deviation / Math.sqrt(years));
    }
}
