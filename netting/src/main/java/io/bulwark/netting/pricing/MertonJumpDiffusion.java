package io.bulwark.netting.pricing;

import java.util.function.ToDoubleFunction;

/**
 * A European option under Merton's 1976 jump diffusion: beside the diffusion the underlying jumps, λ times a year in the mean,
 * by factors whose logarithm is normal. Jumps are not rewarded: the forward is that of the diffusion.
 *
 * <p>The price is the Poisson-weighted sum of Black–Scholes–Merton prices over the number of jumps to expiry; every Greek is
 * the same sum of exact derivatives, nothing is bumped. The sum runs 12 standard deviations and 60 terms beyond its mean.
 * Source: R. C. Merton, Option pricing when underlying stock returns are discontinuous, Journal of Financial Economics 3
 * (1976); E. G. Haug, The Complete Guide to Option Pricing Formulas (1998), page 9.
 *
 * @param diffusion the option, with the volatility of the diffusion alone
 * @param intensity λ, mean number of jumps a year, ≥ 0; intensity × years ≤ 700
 * @param meanJump k, mean relative size of a jump, &gt; −1; 0 in Haug's tables
 * @param jumpVolatility δ, standard deviation of a jump's logarithm, ≥ 0
 */
public record MertonJumpDiffusion(
        BlackScholesMerton diffusion, double intensity, double meanJump, double jumpVolatility) implements OptionModel {
    /** e⁻⁷⁰⁰ is still a normal number: the first Poisson weight. */
    private static final double JUMPS_MAX = 700;

    private static final int LEAST_TERMS = 60;
    private static final int DEVIATIONS = 12;

    /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
    public MertonJumpDiffusion {
        Ranges.requireNotNegative("intensity", intensity);
        Ranges.requireFinite("meanJump", meanJump);
        Ranges.requireNotNegative("jumpVolatility", jumpVolatility);
        if (!(meanJump > -1)) {
            throw new IllegalArgumentException("meanJump must be > -1; have " + meanJump);
        }
        double jumps = intensity * diffusion.years() * Math.max(1, 1 + meanJump);
        if (!(jumps <= JUMPS_MAX)) {
            throw new IllegalArgumentException("intensity * years must be <= " + JUMPS_MAX + "; have " + jumps);
        }
    }

    /**
     * The same process by its total volatility: a share of the variance comes from jumps of mean 0.
     *
     * @param option with the total volatility v = √(σ² + λδ²)
     * @param intensity λ, &gt; 0 where the share is
     * @param jumpShare γ = λδ²/v², 0…1
     */
    public static MertonJumpDiffusion ofTotal(BlackScholesMerton option, double intensity, double jumpShare) {
        if (!(jumpShare >= 0 && jumpShare <= 1) || (jumpShare > 0 && !(intensity > 0))) {
            throw new IllegalArgumentException("jumpShare must be 0 to 1, and 0 without jumps; have " + jumpShare
                    + " with intensity " + intensity);
        }
        double jumpVolatility = jumpShare > 0 ? option.volatility() * Math.sqrt(jumpShare / intensity) : 0;
        BlackScholesMerton diffusion = option.withVolatility(option.volatility() * Math.sqrt(1 - jumpShare));
        return new MertonJumpDiffusion(diffusion, intensity, 0, jumpVolatility);
    }

    @Override
    public double price() {
        return sum(term -> term.option().price());
    }

    @Override
    public double delta() {
        return sum(Term::delta);
    }

    @Override
    public double gamma() {
        return sum(term -> term.factor() * term.factor() * term.option().gamma());
    }

    @Override
    public double speed() {
        return sum(term ->
                term.factor() * term.factor() * term.factor() * term.option().speed());
    }

    /** ∂V/∂σ of the diffusion's volatility. */
    @Override
    public double vega() {
        return sum(Term::vega);
    }

    @Override
    public double theta() {
        return -sumOverTime(term -> term.option().price(), Term::priceSlope);
    }

    @Override
    public double rho() {
        return sum(term -> term.option().rho());
    }

    @Override
    public double dividendRho() {
        return sum(term -> term.option().dividendRho());
    }

    @Override
    public double vanna() {
        return sum(term -> term.factor() * term.option().vanna() * term.share());
    }

    @Override
    public double volga() {
        return sum(Term::volga);
    }

    @Override
    public double charm() {
        return -sumOverTime(Term::delta, Term::deltaSlope);
    }

    @Override
    public double veta() {
        return -sumOverTime(Term::vega, Term::vegaSlope);
    }

    @Override
    public double vera() {
        return sum(term -> term.option().vera() * term.share());
    }

    /** ΣPₙ·value: the mean over the number of jumps. */
    private double sum(ToDoubleFunction<Term> value) {
        double weight = firstWeight();
        double sum = 0;
        for (int n = 0; n <= terms(); n++) {
            sum += weight == 0 ? 0 : weight * value.applyAsDouble(term(n));
            weight *= jumps() / (n + 1);
        }
        return sum;
    }

    /** d/dT of the mean: of every term, and of the Poisson weights, whose slope is λ(Pₙ₋₁ − Pₙ). */
    private double sumOverTime(ToDoubleFunction<Term> value, ToDoubleFunction<Term> slope) {
        double weight = firstWeight();
        double before = 0;
        double sum = 0;
        for (int n = 0; n <= terms(); n++) {
            Term term = term(n);
            sum += weight * slope.applyAsDouble(term) + intensity * (before - weight) * value.applyAsDouble(term);
            before = weight;
            weight *= jumps() / (n + 1);
        }
        return sum;
    }

    private double jumps() {
        return intensity * diffusion.years();
    }

    private double firstWeight() {
        return Exponential.exp(-jumps());
    }

    /** Highest number of jumps that is counted; none where no time is left. */
    private int terms() {
        double most = jumps() * Math.max(1, 1 + meanJump);
        return most == 0 ? 0 : (int) (LEAST_TERMS + most + DEVIATIONS * Math.sqrt(most));
    }

    /** The option if exactly n jumps happen: another spot, another volatility. */
    private Term term(int jumps) {
        double years = diffusion.years();
        double factor = StrictMath.pow(1 + meanJump, jumps) * Exponential.exp(-intensity * meanJump * years);
        double variance = jumps == 0 ? 0 : jumps * jumpVolatility * jumpVolatility / years;
        double volatility = variance == 0
                ? diffusion.volatility()
                : Math.sqrt(diffusion.volatility() * diffusion.volatility() + variance);
        BlackScholesMerton option =
                diffusion.withSpot(diffusion.spot() * factor).withVolatility(volatility);
        double share = variance == 0 ? 1 : diffusion.volatility() / volatility;
        double turn = variance == 0 ? 0 : -variance / (2 * years * volatility);
        return new Term(option, factor, share, -intensity * meanJump, turn);
    }

    /**
     * One number of jumps.
     *
     * @param option the option after them
     * @param factor its spot over the spot now
     * @param share ∂(its volatility)/∂σ = σ over its volatility
     * @param drift d ln(factor)/dT
     * @param turn d(its volatility)/dT
     */
    private record Term(BlackScholesMerton option, double factor, double share, double drift, double turn) {
        double delta() {
            return factor * option.delta();
        }

        double vega() {
            return option.vega() * share;
        }

        double volga() {
            double bend = share == 1 ? 0 : option.vega() * (1 - share * share) / option.volatility();
            return option.volga() * share * share + bend;
        }

        double priceSlope() {
            double turned = turn == 0 ? 0 : option.vega() * turn;
            return -option.theta() + option.delta() * option.spot() * drift + turned;
        }

        double deltaSlope() {
            double turned = turn == 0 ? 0 : option.vanna() * turn;
            double slope = -option.charm() + option.gamma() * option.spot() * drift + turned;
            return factor * (drift * option.delta() + slope);
        }

        double vegaSlope() {
            double turned = turn == 0 ? 0 : (option.volga() - option.vega() / option.volatility()) * turn;
            return share * (-option.veta() + option.vanna() * option.spot() * drift + turned);
        }
    }
}
