package io.bulwark.netting.backtest;

/**
 * Residuals of one underlying for filtered historical simulation, with the volatility that scales them.
 *
 * <p>Source: G. Barone-Adesi, K. Giannopoulos, L. Vosper, "VaR without correlations for portfolios of derivative securities",
 * Journal of Futures Markets 19 (1999). The variance is exponentially weighted; it starts, before return {@code seedDays}, as the
 * mean square of the returns up to there, so that the first residuals are not measured by a volatility of one day.
 */
final class FilteredHistory {
    /** λ of the variance. */
    public static final double DECAY = 0.94;

    /** Returns that only seed the variance. */
    public static final int SEED_DAYS = 60;

    private final int seedDays;
    private final double[] volatility;
    private final double[] residuals;

    private FilteredHistory(int seedDays, double[] volatility, double[] residuals) {
        this.seedDays = seedDays;
        this.volatility = volatility;
        this.residuals = residuals;
    }

    /**
     * The residuals of a series.
     *
     * @throws IllegalArgumentException if it has no return beyond the seed
     */
    public static FilteredHistory of(double[] logReturns) {
        if (logReturns.length <= SEED_DAYS) {
            throw new IllegalArgumentException(
                    "returns must be more than " + SEED_DAYS + "; have " + logReturns.length);
        }
        double variance = 0;
        for (int move = 0; move < SEED_DAYS; move++) {
            variance += logReturns[move] * logReturns[move] / SEED_DAYS;
        }
        double[] volatility = new double[logReturns.length + 1];
        double[] residuals = new double[logReturns.length];
        for (int move = SEED_DAYS; move < logReturns.length; move++) {
            volatility[move] = Math.sqrt(variance);
            residuals[move] = volatility[move] > 0 ? logReturns[move] / volatility[move] : 0;
            variance = DECAY * variance + (1 - DECAY) * logReturns[move] * logReturns[move];
        }
        volatility[logReturns.length] = Math.sqrt(variance);
        return new FilteredHistory(SEED_DAYS, volatility, residuals);
    }

    /** σ expected of a move, from the returns before it; defined from {@link #SEED_DAYS} on. */
    public double volatility(int move) {
        return volatility[move];
    }

    /** Return of a move over the volatility expected of it. */
    public double residual(int move) {
        return residuals[move];
    }

    /** First of the residuals that a move may be simulated from: at most {@code lookBack}, none before the seed. */
    public int firstResidual(int move, int lookBack) {
        return Math.max(seedDays, move - lookBack);
    }

    /** Simulated relative changes of the price in a move: every residual before it, scaled by a volatility. */
    public double[] simulate(int move, int lookBack, double scale) {
        int first = firstResidual(move, lookBack);
        double[] changes = new double[move - first];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = StrictMath.expm1(residuals[first + i] * scale);
        }
        return changes;
    }
}
