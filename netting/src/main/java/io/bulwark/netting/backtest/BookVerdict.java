package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.netting.coverage.OverlappingCoverage;
import io.bulwark.netting.coverage.Procyclicality;
import io.bulwark.netting.coverage.ShortfallCriticalValues;
import io.bulwark.netting.coverage.ShortfallTest;
import io.bulwark.netting.coverage.TrafficLight;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a backtest says of one book.
 *
 * @param book its name
 * @param day windows of 24 hours
 * @param twoDays windows of 48 hours that do not overlap
 * @param overlapping windows of 48 hours that begin every day
 * @param tail tests of value at risk and expected shortfall at 99 %; empty if they were not asked for
 * @param procyclicality of the margin of a day; empty if it was 0 on some day
 */
public record BookVerdict(
        String book,
        Coverage day,
        Coverage twoDays,
        OverlappingCoverage overlapping,
        Optional<Tail> tail,
        Optional<Procyclicality> procyclicality) {
    /** Share of windows that initial margin may fail to cover: the price range is a quantile of 99.9 %. */
    public static final double MARGIN_RATE = 0.001;

    private static final int HORIZON = 2;
    private static final double SIGNIFICANCE = 0.05;
    private static final double DEGREES = 4;
    private static final int DRAWS = 4_000;
    private static final long SEED = 20_260_101;

    /**
     * Initial margin against losses.
     *
     * @param breaches counts and tests at {@link #MARGIN_RATE}
     * @param averageMargin share of the notional
     * @param largestMargin share of the notional
     * @param meanShortfall loss beyond the margin on average over the breaches; 0 without one
     * @param largestShortfall largest loss beyond the margin
     */
    public record Coverage(
            CoverageTest breaches,
            double averageMargin,
            double largestMargin,
            double meanShortfall,
            double largestShortfall) {
        static Coverage of(BookSeries series) {
            double[] shortfalls = series.shortfalls();
            CoverageTest breaches = CoverageTest.of(Exceedances.of(series.breaches()), MARGIN_RATE);
            int count = breaches.exceedances().count();
            return new Coverage(
                    breaches,
                    series.averageMargin(),
                    series.largestMargin(),
                    count == 0 ? 0 : Arrays.stream(shortfalls).sum() / count,
                    Arrays.stream(shortfalls).max().orElse(0));
        }
    }

    /**
     * The model of the tail.
     *
     * @param exceedances of value at risk at 99 %, with their tests
     * @param shortfall Z1 and Z2
     * @param critical what Z2 falls below in one of twenty series of this length if the model is right
     * @param probability of a Z2 as low as this if the model is right
     * @param lastYear exceedances in the last 250 days
     * @param worstYear most exceedances in 250 days
     * @param light of the last 250 days
     * @param multiplier what it multiplies the margin by, ppm
     */
    public record Tail(
            CoverageTest exceedances,
            ShortfallTest shortfall,
            double critical,
            double probability,
            int lastYear,
            int worstYear,
            TrafficLight light,
            long multiplier) {
        static Tail of(TailSeries series, ShortfallCriticalValues simulated, ParameterSet parameters) {
            ShortfallTest shortfall = series.shortfallTest(TailSeries.RATE);
            boolean[] exceedances = series.exceedances();
            int lastYear = TrafficLight.inLastYear(exceedances);
            return new Tail(
                    series.coverage(TailSeries.RATE),
                    shortfall,
                    simulated.unconditional(SIGNIFICANCE),
                    simulated.probabilityBelow(shortfall.unconditional()),
                    lastYear,
                    TrafficLight.inWorstYear(exceedances),
                    TrafficLight.of(lastYear),
                    TrafficLight.multiplier(lastYear, parameters));
        }
    }

    /** The simulation that verdicts over so many days share. */
    static ShortfallCriticalValues simulate(int days) {
        return ShortfallCriticalValues.simulate(days, TailSeries.RATE, DEGREES, DRAWS, SEED);
    }

    /**
     * The verdict.
     *
     * @param day windows of a day
     * @param twoDays windows of two days that begin every day
     * @param tail of the same days as {@code day}
     * @param simulated for as many days
     */
    static BookVerdict of(
            BookSeries day,
            BookSeries twoDays,
            Optional<TailSeries> tail,
            ShortfallCriticalValues simulated,
            ParameterSet parameters) {
        boolean positive = day.size() > 0 && Arrays.stream(day.margins()).allMatch(margin -> margin > 0);
        return new BookVerdict(
                day.name(),
                Coverage.of(day),
                Coverage.of(twoDays.every(HORIZON)),
                OverlappingCoverage.of(twoDays.breaches(), HORIZON, MARGIN_RATE),
                tail.map(series -> Tail.of(series, simulated, parameters)),
                positive ? Optional.of(Procyclicality.of(day.margins())) : Optional.empty());
    }
}
