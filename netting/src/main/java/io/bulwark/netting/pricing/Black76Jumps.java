package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * {@link Black76} with Merton's jumps of mean size 0, in portable arithmetic: what a risk table fills options with where jump
 * diffusion governs. The volatility is the total one, √(σ² + λδ²); {@link MertonJumpDiffusion#ofTotal} is the same law with
 * Greeks.
 *
 * @param intensity λ, mean number of jumps a year, &gt; 0
 * @param share γ of the variance that comes from jumps, 0 ≤ γ &lt; 1
 */
public record Black76Jumps(double intensity, double share) {
    /** A Poisson weight beyond the mean that changes no digit. */
    private static final double NOTHING = 1e-18;

    /** e⁻⁷⁰⁰ is still a normal number: the first Poisson weight. */
    private static final double JUMPS_MAX = 700;

    private static final int HALVINGS = 50;

    /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
    public Black76Jumps {
        Ranges.requirePositive("intensity", intensity);
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share must be >= 0 and < 1; have " + share);
        }
    }

    /**
     * Price of one option on one unit, undiscounted: the Poisson-weighted sum over the number of jumps.
     *
     * @param right call or put
     * @param forward F &gt; 0
     * @param strike K &gt; 0
     * @param logMoneyness ln(F/K)
     * @param volatility total volatility ≥ 0
     * @param years to expiry, ≥ 0; intensity × years ≤ 700
     */
    public double price(
            OptionRight right, double forward, double strike, double logMoneyness, double volatility, double years) {
        double jumps = intensity * years;
        if (!(jumps <= JUMPS_MAX)) {
            throw new IllegalArgumentException("intensity * years must be <= " + JUMPS_MAX + "; have " + jumps);
        }
        double diffusion = (1 - share) * volatility * volatility * years;
        double jump = share * volatility * volatility / intensity;
        double weight = Exponential.exp(-jumps);
        double price = 0;
        for (int n = 0; n <= jumps || weight > NOTHING; n++) {
            double deviation = Math.sqrt(diffusion + n * jump);
            price += weight * Black76.price(right, forward, strike, logMoneyness, deviation);
            weight *= jumps / (n + 1);
        }
        return price;
    }

    /**
     * The total volatility at which an option is worth what {@link Black76} makes it worth at an implied volatility: so the
     * mark stays the venue's. Found by halving below σ/√(1 − γ), where the diffusion alone is worth as much.
     *
     * @param right call or put
     * @param forward F &gt; 0
     * @param strike K &gt; 0
     * @param logMoneyness ln(F/K)
     * @param implied implied volatility ≥ 0
     * @param years to expiry, ≥ 0
     */
    public double totalVolatility(
            OptionRight right, double forward, double strike, double logMoneyness, double implied, double years) {
        double wanted = Black76.price(right, forward, strike, logMoneyness, implied * Math.sqrt(years));
        double low = 0;
        double high = implied / Math.sqrt(1 - share);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (price(right, forward, strike, logMoneyness, middle, years) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
