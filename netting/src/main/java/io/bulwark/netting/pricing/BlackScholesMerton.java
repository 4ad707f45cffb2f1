package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * A European option under the generalised Black–Scholes–Merton model: the underlying follows a geometric Brownian
 * motion and pays a continuous yield. A yield equal to the rate is Black's model on a futures price, a yield equal to
 * the foreign rate Garman–Kohlhagen's.
 *
 * <p>All rates, yields and volatilities are per year and continuously compounded, as fractions (0.1 is ten per cent);
 * Greeks are derivatives per one whole unit of their argument (vega for a volatility of 1.00, theta for one year).
 * Source: E. G. Haug, The Complete Guide to Option Pricing Formulas (1998), pages 1–27.
 *
 * <p>Where no deviation is left (years or volatility 0) price and Greeks are the limits, those of a forward in the
 * money and of nothing out of the money. Exactly at the money Greeks have no limit there: asking throws
 * {@link ArithmeticException}.
 *
 * @param right call or put
 * @param spot price of the underlying, > 0
 * @param strike price at which the right may be used, > 0
 * @param dividendYield continuous yield q of the underlying
 * @param rate continuous risk-free rate r
 * @param years time to expiry T ≥ 0
 * @param volatility σ ≥ 0
 */
public record BlackScholesMerton(
        OptionRight right,
        double spot,
        double strike,
        double dividendYield,
        double rate,
        double years,
        double volatility)
        implements OptionModel {

    private static final double DAYS_PER_YEAR = 365;

    /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
    public BlackScholesMerton {
        Ranges.requireOption(spot, strike, dividendYield, rate, years, volatility);
    }

    /** Value of one option on one unit, in the unit of the spot. */
    @Override
    public double price() {
        double value = sign() * (spotPart() - strikePart());
        return Math.max(value, 0);
    }

    /** ∂V/∂S. */
    @Override
    public double delta() {
        requireSmooth("delta");
        return sign() * yieldFactor() * NormalDistribution.cumulative(sign() * d1());
    }

    /** ∂²V/∂S². */
    @Override
    public double gamma() {
        return smooth("gamma", yieldFactor() * density() / spot, deviation());
    }

    /** ∂³V/∂S³: −Γ·(d₁/(σ√T) + 1)/S. */
    @Override
    public double speed() {
        return smooth("speed", -gamma() * (finite(d1()) + deviation()), spot * deviation());
    }

    /** ∂V/∂σ, for a volatility of 1.00. */
    @Override
    public double vega() {
        requireSmooth("vega");
        return spot * yieldFactor() * density() * Math.sqrt(years);
    }

    /** ∂V/∂t for one year of calendar time: what the option gains, usually loses, by waiting. */
    @Override
    public double theta() {
        double decay = smooth("theta", spot * yieldFactor() * density() * volatility, 2 * Math.sqrt(years));
        return sign() * (dividendYield * spotPart() - rate * strikePart()) - decay;
    }

    /** {@link #theta()} for one day of a year of 365. */
    public double thetaPerDay() {
        return theta() / DAYS_PER_YEAR;
    }

    /** ∂V/∂r at an unchanged yield, for a rate of 1.00. */
    @Override
    public double rho() {
        requireSmooth("rho");
        return sign() * years * strikePart();
    }

    /** ∂V/∂q at an unchanged rate, for a yield of 1.00. */
    @Override
    public double dividendRho() {
        requireSmooth("dividendRho");
        return -sign() * years * spotPart();
    }

    /** ∂V/∂b for the cost of carry b = r − q at an unchanged rate: Haug's rho of carry, −{@link #dividendRho()}. */
    public double carryRho() {
        return -dividendRho();
    }

    /** ∂V/∂K. */
    public double dualDelta() {
        requireSmooth("dualDelta");
        return -sign() * rateFactor() * NormalDistribution.cumulative(sign() * d2());
    }

    /** ∂²V/∂K²: the discounted risk-neutral density at the strike. */
    public double dualGamma() {
        return smooth("dualGamma", rateFactor() * NormalDistribution.density(d2()) / strike, deviation());
    }

    /** Percentage change of the value for one per cent of the spot, Δ·S/V (Haug's elasticity, lambda). */
    public double elasticity() {
        double price = price();
        if (!(price > 0)) {
            throw new ArithmeticException("elasticity has no value where the price is 0");
        }
        return delta() * spot / price;
    }

    /** ∂²V/∂S∂σ. */
    @Override
    public double vanna() {
        return smooth("vanna", -yieldFactor() * density() * finite(d2()), volatility);
    }

    /** ∂²V/∂σ². */
    @Override
    public double volga() {
        return smooth("volga", vega() * finite(d1()) * finite(d2()), volatility);
    }

    /** ∂²V/∂S∂t for one year of calendar time: how delta decays. */
    @Override
    public double charm() {
        double drift = 2 * carry() * years - finite(d2()) * deviation();
        double turn = smooth("charm", yieldFactor() * density() * drift, 2 * years * deviation());
        return sign() * dividendYield * yieldFactor() * NormalDistribution.cumulative(sign() * d1()) - turn;
    }

    /** ∂²V/∂σ∂t for one year of calendar time: how vega decays. */
    @Override
    public double veta() {
        double vega = vega();
        double pull = smooth("veta", carry() * finite(d1()) * vega, deviation());
        double shrink = smooth("veta", (1 + finite(d1()) * finite(d2())) * vega, 2 * years);
        return vega * dividendYield + pull - shrink;
    }

    /** ∂²V/∂σ∂r at an unchanged yield. */
    @Override
    public double vera() {
        double density = deviation() > 0 ? NormalDistribution.density(d2()) : 0;
        return smooth("vera", -strike * years * rateFactor() * density * finite(d1()), volatility);
    }

    /** The same option at another spot. */
    public BlackScholesMerton withSpot(double moved) {
        return new BlackScholesMerton(right, moved, strike, dividendYield, rate, years, volatility);
    }

    /** The same option at another volatility. */
    public BlackScholesMerton withVolatility(double moved) {
        return new BlackScholesMerton(right, spot, strike, dividendYield, rate, years, moved);
    }

    private int sign() {
        return Black76.sign(right);
    }

    private double carry() {
        return rate - dividendYield;
    }

    private double deviation() {
        return volatility * Math.sqrt(years);
    }

    private double yieldFactor() {
        return Exponential.exp(-dividendYield * years);
    }

    private double rateFactor() {
        return Exponential.exp(-rate * years);
    }

    /** ln(F/K) of the forward F. */
    private double logMoneyness() {
        return StrictMath.log(spot / strike) + carry() * years;
    }

    private double d1() {
        double deviation = deviation();
        double log = logMoneyness();
        return deviation > 0 ? log / deviation + 0.5 * deviation : log == 0 ? 0 : log * Double.POSITIVE_INFINITY;
    }

    private double d2() {
        return d1() - deviation();
    }

    private double density() {
        return deviation() > 0 ? NormalDistribution.density(d1()) : 0;
    }

    private double spotPart() {
        return spot * yieldFactor() * NormalDistribution.cumulative(sign() * d1());
    }

    private double strikePart() {
        return strike * rateFactor() * NormalDistribution.cumulative(sign() * d2());
    }

    /** A d beyond ±40 stands beside a density of 0; kept finite so that the product is 0 and not NaN. */
    private static double finite(double d) {
        return Math.clamp(d, -40.0, 40.0);
    }

    /** The quotient, 0 where the density has made the numerator 0. */
    private double smooth(String greek, double numerator, double denominator) {
        requireSmooth(greek);
        return numerator == 0 ? 0 : numerator / denominator;
    }

    private void requireSmooth(String greek) {
        if (!(deviation() > 0) && logMoneyness() == 0) {
            throw new ArithmeticException(greek + " has no value at the money when no deviation is left");
        }
    }
}
