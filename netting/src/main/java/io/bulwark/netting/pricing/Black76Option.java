package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * A European option on a forward price under Black's 1976 model, discounted: {@link BlackScholesMerton} with a yield equal to
 * the rate. The spot of its Greeks is the forward, which does not move with the rate.
 *
 * @param right call or put
 * @param forward F, &gt; 0
 * @param strike K, &gt; 0
 * @param rate continuous risk-free rate r
 * @param years time to expiry T ≥ 0
 * @param volatility σ ≥ 0
 */
record Black76Option(OptionRight right, double forward, double strike, double rate, double years, double volatility)
        implements OptionModel {
    /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
    public Black76Option {
        Ranges.requirePositive("forward", forward);
        Ranges.requireOption(forward, strike, 0, rate, years, volatility);
    }

    private BlackScholesMerton onSpot() {
        return new BlackScholesMerton(right, forward, strike, rate, rate, years, volatility);
    }

    @Override
    public double price() {
        return onSpot().price();
    }

    @Override
    public double delta() {
        return onSpot().delta();
    }

    @Override
    public double gamma() {
        return onSpot().gamma();
    }

    @Override
    public double speed() {
        return onSpot().speed();
    }

    @Override
    public double vega() {
        return onSpot().vega();
    }

    @Override
    public double theta() {
        return onSpot().theta();
    }

    /** Only the discount moves: −T·V. */
    @Override
    public double rho() {
        return -years * price();
    }

    /** 0: the forward holds every yield already. */
    @Override
    public double dividendRho() {
        return 0;
    }

    @Override
    public double vanna() {
        return onSpot().vanna();
    }

    @Override
    public double volga() {
        return onSpot().volga();
    }

    @Override
    public double charm() {
        return onSpot().charm();
    }

    @Override
    public double veta() {
        return onSpot().veta();
    }

    /** Only the discount moves: −T·vega. */
    @Override
    public double vera() {
        return -years * vega();
    }
}
