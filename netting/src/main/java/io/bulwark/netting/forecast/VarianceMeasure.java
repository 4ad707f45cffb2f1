package io.bulwark.netting.forecast;

import io.bulwark.netting.volatility.DailyPrices;

/** How the variance of one day is measured. */
public enum VarianceMeasure {
    /** ½·ln(H/L)² − (2·ln 2 − 1)·ln(C/O)²: Garman and Klass (1980), eq. 20 without the opening jump, which a market without closing hours has not. */
    GARMAN_KLASS {
        @Override
        double of(double open, double high, double low, double close) {
            double range = StrictMath.log(high / low);
            double body = StrictMath.log(close / open);
            return 0.5 * range * range - (2 * LN_2 - 1) * body * body;
        }
    },
    /** ln(H/L)²/(4·ln 2): Parkinson (1980). */
    PARKINSON {
        @Override
        double of(double open, double high, double low, double close) {
            double range = StrictMath.log(high / low);
            return range * range / (4 * LN_2);
        }
    },
    /** The sum of squared intraday returns, which no daily candle gives. */
    REALISED {
        @Override
        double of(double open, double high, double low, double close) {
            throw new IllegalArgumentException("a realised variance is observed within the day, not in its candle");
        }
    };

    private static final double LN_2 = StrictMath.log(2);

    /** Variance of one day by its four prices; may be 0, or for a print outside its own range below it. */
    abstract double of(double open, double high, double low, double close);

    /** Variances of all days by their candles, none below the governed least. */
    double[] of(DailyPrices prices) {
        double[] open = prices.open();
        double[] high = prices.high();
        double[] low = prices.low();
        double[] close = prices.close();
        double[] variance = new double[prices.size()];
        for (int t = 0; t < variance.length; t++) {
            variance[t] = Math.max(of(open[t], high[t], low[t], close[t]), ForecastParameters.varianceLeast());
        }
        return variance;
    }
}
