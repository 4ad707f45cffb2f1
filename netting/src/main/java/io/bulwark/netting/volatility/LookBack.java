package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many days of history a filtered historical simulation draws from: the shortest window in the governed bounds whose forecasts of the last 250 days pass, long and short, else the longest. Short windows
 * follow a change of regime; a window that is too short knows too few bad days, and its exceedances show it.
 *
 * <p>Forecast for the move of day s: residuals are returns over the volatility of the day before; with their 1 % quantile q of the window (linear interpolation) and σ of the day before, value at risk is 1 − exp(σ·q)
 * and shortfall the mean of 1 − exp(σ·z) over z ≤ q. For a short position residuals and returns change sign. J. Hull and A. White (1998); margin.md §1.8 and §4.4.
 */
final class LookBack {
    private static final double TAIL = 0.01;

    /** The volatility of the first two months is still settling; residuals over it are not drawn from. */
    private static final int SETTLED = 60;

    /** A smaller probability of as many exceedances refutes a forecast. */
    private static final double PROBABILITY_MIN = 0.05;

    private final double[] logReturns;
    private final double[] now;
    private final double[] longs;
    private final double[] shorts;
    private final Map<Integer, SidedForecasts> known = new HashMap<>();

    /**
     * How often and how far losses passed the forecasts of a window.
     *
     * @param exceedances days on which the loss was larger than value at risk, and whether they are as many as promised
     * @param z2 second statistic of C. Acerbi and B. Székely (2014): 0 for a right forecast, negative if shortfall was forecast too small
     */
    record Forecasts(CoverageTest exceedances, double z2) {
        /** z2 below this refutes a forecast at 5 %, for any tail that markets show. */
        private static final double Z2_MIN = -0.70;

        /** Of each day; a shortfall that was forecast as 0 is passed infinitely far, and refused by no exception. */
        static Forecasts of(double[] gains, double[] valueAtRisk, double[] shortfall) {
            boolean[] hits = Exceedances.hits(gains, valueAtRisk);
            double excess = 0;
            for (int day = 0; day < hits.length; day++) {
                if (hits[day]) {
                    excess += gains[day] / shortfall[day];
                }
            }
            return new Forecasts(CoverageTest.of(Exceedances.of(hits), TAIL), 1 + excess / (hits.length * TAIL));
        }

        /** Whether neither the number nor the size of the exceedances refutes the forecasts at 5 %. */
        boolean passes() {
            return exceedances.kupiec().probability() >= PROBABILITY_MIN && z2 >= Z2_MIN;
        }
    }

    /** The forecasts of one window for every day, each made when it is first asked for: they read the days before theirs only. */
    private static final class SidedForecasts {
        private final @Nullable Forecast[] longs;
        private final @Nullable Forecast[] shorts;

        SidedForecasts(int days) {
            longs = new Forecast[days];
            shorts = new Forecast[days];
        }

        @Nullable
        Forecast[] of(int side) {
            return side > 0 ? longs : shorts;
        }
    }

    /** What one day earned, beside its value at risk and shortfall. */
    private record Forecast(double gain, double valueAtRisk, double shortfall) {}

    /**
     * The windows of one history.
     *
     * @param logReturns daily log returns
     * @param now volatility of each day, {@link VolatilityPath#now()}
     */
    LookBack(double[] logReturns, double[] now) {
        this.logReturns = logReturns.clone();
        this.now = now.clone();
        this.longs = residuals(+1, logReturns, now);
        this.shorts = residuals(-1, logReturns, now);
    }

    /**
     * The window in force after so many returns; later ones are not read. Several threads may ask.
     *
     * @param returns how many are known
     * @param parameters shortest and longest window, step and days tested
     */
    synchronized int days(int returns, ParameterSet parameters) {
        int step = VolatilityParameters.count(parameters, VolatilityParameters.LOOK_BACK_STEP);
        int most = VolatilityParameters.count(parameters, VolatilityParameters.LOOK_BACK_MOST);
        int tested = VolatilityParameters.count(parameters, VolatilityParameters.LOOK_BACK_TESTED);
        int days = VolatilityParameters.count(parameters, VolatilityParameters.LOOK_BACK_LEAST);
        while (days < most && !passes(days, tested, returns)) {
            days = Math.min(days + step, most);
        }
        return days;
    }

    /**
     * How the forecasts of a window of the last {@code tested} days fared.
     *
     * @param side +1 for a long position, −1 for a short one
     * @param window residuals drawn from
     * @param tested days judged, the newest last
     */
    static Forecasts forecasts(double[] logReturns, double[] now, int side, int window, int tested) {
        return new LookBack(logReturns, now).forecasts(side, window, tested, logReturns.length);
    }

    private boolean passes(int window, int tested, int returns) {
        return returns > window + tested
                && forecasts(+1, window, tested, returns).passes()
                && forecasts(-1, window, tested, returns).passes();
    }

    private Forecasts forecasts(int side, int window, int tested, int returns) {
        int first = returns - tested;
        if (tested < 1 || window < 1 || first <= SETTLED) {
            throw new IllegalArgumentException("history must be longer than " + SETTLED + " and " + tested
                    + " days tested, window and test at least a day; have " + returns + " and " + window);
        }
        double[] gains = new double[tested];
        double[] valueAtRisk = new double[tested];
        double[] shortfall = new double[tested];
        @Nullable
        Forecast[] made = known.computeIfAbsent(window, days -> new SidedForecasts(logReturns.length))
                .of(side);
        for (int i = 0; i < tested; i++) {
            int day = first + i;
            Forecast before = made[day];
            Forecast forecast = before == null ? forecast(side, window, day) : before;
            made[day] = forecast;
            gains[i] = forecast.gain();
            valueAtRisk[i] = forecast.valueAtRisk();
            shortfall[i] = forecast.shortfall();
        }
        return Forecasts.of(gains, valueAtRisk, shortfall);
    }

    private Forecast forecast(int side, int window, int day) {
        double volatility = now[day - 1];
        double[] drawn = Arrays.copyOfRange(side > 0 ? longs : shorts, Math.max(SETTLED, day - window), day);
        double position = (drawn.length - 1) * TAIL;
        int below = (int) position;
        int above = Math.min(below + 1, drawn.length - 1);
        double[] least = least(drawn, above + 1);
        double quantile = least[below] + (position - below) * (least[above] - least[below]);
        if (least[above] <= quantile) {
            Arrays.sort(drawn);
            least = drawn;
        }
        return new Forecast(
                StrictMath.expm1(side * logReturns[day]),
                -StrictMath.expm1(volatility * quantile),
                tailMean(least, quantile, volatility));
    }

    /** The return of every day over the volatility before it; of the first there is none. */
    private static double[] residuals(int side, double[] logReturns, double[] now) {
        double[] residuals = new double[logReturns.length];
        for (int t = 1; t < residuals.length; t++) {
            residuals[t] = now[t - 1] > 0 ? side * logReturns[t] / now[t - 1] : 0;
        }
        return residuals;
    }

    /** So many of the least, in ascending order: the order of the other ninety-nine hundredths is not asked for. */
    private static double[] least(double[] drawn, int count) {
        double[] least = Arrays.copyOf(drawn, count);
        Arrays.sort(least);
        for (int i = count; i < drawn.length; i++) {
            if (drawn[i] < least[count - 1]) {
                int place = count - 1;
                while (place > 0 && least[place - 1] > drawn[i]) {
                    least[place] = least[place - 1];
                    place--;
                }
                least[place] = drawn[i];
            }
        }
        return least;
    }

    private static double tailMean(double[] sorted, double quantile, double volatility) {
        double sum = 0;
        int count = 0;
        while (count < sorted.length && sorted[count] <= quantile) {
            sum -= StrictMath.expm1(volatility * sorted[count++]);
        }
        return sum / count;
    }
}
