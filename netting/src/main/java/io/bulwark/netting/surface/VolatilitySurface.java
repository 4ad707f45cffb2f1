package io.bulwark.netting.surface;

/** Total implied variance of an underlying over log-strikes and time. */
public interface VolatilitySurface {
    /**
     * w(k, T) = σ²T ≥ 0.
     *
     * @param logStrike k = ln(K/F), F the forward to the same expiry
     * @param years T &gt; 0, 365-day years
     */
    double totalVariance(double logStrike, double years);

    /** Implied volatility σ, a fraction a year. */
    default double volatility(double logStrike, double years) {
        return Math.sqrt(totalVariance(logStrike, years) / years);
    }
}
