package io.bulwark.netting.backtest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.correlation.Correlation;
import io.bulwark.netting.tail.ShortfallRows;
import io.bulwark.netting.volatility.VolatilityParameters;
import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The estimates of every day of a history under the published rules: ranges from m(K4)·σ_used, κ from the decayed correlation of
 * residuals, the proxy of implied volatility, and residuals of the past as worlds of expected shortfall. Entry j reads returns
 * 0 to j − 1 only.
 */
final class DayStates {
    /** The house's table spans no more, either way. */
    private static final int RANGE_MOST = Math.toIntExact(VolatilityParameters.RANGE.most());

    private static final double CORRELATION_DECAY = 0.97;

    /** .97^365 of a weight is left: older residuals do not count. */
    private static final int CORRELATION_DAYS = 365;

    private static final double FULL_RISE = 0.6;
    private static final double FULL_FALL = 0.35;

    private final Estimation estimation;
    private final FilteredHistory[] filtered;
    private final double[][] falls;
    private final double[][] rises;
    private final double[][] used;
    private final double[][] volatility;

    /**
     * What a backtest estimates with.
     *
     * @param range how far a price moves in a day
     * @param horizonDays H of the range and of the tail
     * @param lookBack residuals of expected shortfall at most
     * @param apart κ instead of the estimated one, ppm
     */
    record Estimation(MoveRule range, int horizonDays, int lookBack, OptionalInt apart) {}

    /**
     * What is known of every underlying when a window begins.
     *
     * @param down fall that the grid spans, ppm, by underlying
     * @param up rise that the grid spans, ppm
     * @param apart κ, ppm of the range
     * @param volatility implied volatility, a fraction a year
     * @param tail relative price changes per expected-shortfall row, by underlying, ppm
     * @param tailVolatility volatility shock per expected-shortfall row, 10⁻⁶ of the full shock
     */
    record DayState(int[] down, int[] up, int[] apart, double[] volatility, int[][] tail, int[] tailVolatility) {}

    DayStates(BookHistory history, Estimation estimation) {
        this.estimation = estimation;
        int assets = history.assets();
        filtered = new FilteredHistory[assets];
        falls = new double[assets][];
        rises = new double[assets][];
        used = new double[assets][];
        volatility = new double[assets][];
        for (int asset = 0; asset < assets; asset++) {
            double[] returns = history.logReturns(asset);
            filtered[asset] = FilteredHistory.of(returns);
            SidedMargins range = estimation.range().margins(returns).over(estimation.horizonDays());
            falls[asset] = range.longSide();
            rises[asset] = range.shortSide();
            used[asset] = VolatilityPath.of(returns, VolatilityRule.founding()).used();
            volatility[asset] = ProxyVolatility.of(returns);
        }
    }

    /** Estimates before a move; the first has {@link FilteredHistory#SEED_DAYS} + 100 returns before it. */
    DayState at(int move) {
        int assets = filtered.length;
        int[] down = new int[assets];
        int[] up = new int[assets];
        for (int asset = 0; asset < assets; asset++) {
            down[asset] = (int) Math.min(RANGE_MOST, ppm(falls[asset][move]));
            up[asset] = (int) Math.min(RANGE_MOST, ppm(rises[asset][move]));
        }
        double[] now = IntStream.range(0, assets)
                .mapToDouble(asset -> volatility[asset][move])
                .toArray();
        return new DayState(
                down, up, apart(move), now, tail(move, asset -> used[asset][move - 1]), tailVolatility(move));
    }

    /** The same residuals scaled by the volatility of the moment: what the tests of expected shortfall judge. */
    int[][] tailNow(int move) {
        return tail(move, asset -> filtered[asset].volatility(move));
    }

    /** Implied volatility of an underlying before a move. */
    double volatility(int asset, int move) {
        return volatility[asset][move];
    }

    private int[] apart(int move) {
        int assets = filtered.length;
        if (estimation.apart().isPresent() || assets == 1) {
            int[] same = new int[assets];
            Arrays.fill(same, estimation.apart().orElse((int) Correlation.apart(0)));
            return same;
        }
        int first = filtered[0].firstResidual(move, CORRELATION_DAYS);
        double[][] residuals = new double[assets][];
        for (int asset = 0; asset < assets; asset++) {
            FilteredHistory own = filtered[asset];
            residuals[asset] =
                    IntStream.range(first, move).mapToDouble(own::residual).toArray();
        }
        Correlation correlation = Correlation.ewma(residuals, CORRELATION_DECAY);
        return IntStream.range(0, assets)
                .map(asset -> (int) Correlation.apart(correlation.meanOf(asset)))
                .toArray();
    }

    /** Rounded up; a range that is not known yet is an error. */
    private static long ppm(double share) {
        if (!(share >= 0)) {
            throw new IllegalArgumentException("price range must be known before the first day judged; have " + share);
        }
        return (long) Math.ceil(Ppm.ONE * share);
    }

    private interface Scale {
        double of(int asset);
    }

    private int[][] tail(int move, Scale scale) {
        int[][] tail = new int[filtered.length][];
        double root = Math.sqrt(estimation.horizonDays());
        for (int asset = 0; asset < tail.length; asset++) {
            double[] changes = filtered[asset].simulate(move, estimation.lookBack(), scale.of(asset) * root);
            tail[asset] = Arrays.stream(changes)
                    .mapToInt(change -> ShortfallRows.bounded(Ppm.ONE * change))
                    .toArray();
        }
        return tail;
    }

    /** What the proxy of the first underlying did on the residual's day, in units of the full shock. */
    private int[] tailVolatility(int move) {
        int first = filtered[0].firstResidual(move, estimation.lookBack());
        return IntStream.range(first, move)
                .map(day -> {
                    double change = volatility[0][day + 1] / volatility[0][day] - 1;
                    return (int) Math.rint(Ppm.ONE * change / (change > 0 ? FULL_RISE : FULL_FALL));
                })
                .toArray();
    }
}
