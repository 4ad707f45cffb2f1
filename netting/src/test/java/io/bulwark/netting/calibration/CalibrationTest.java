package io.bulwark.netting.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.netting.forecast.ForecastModel;
import io.bulwark.netting.forecast.LearnedVolatility;
import io.bulwark.netting.forecast.SealedForecast;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import io.bulwark.netting.forecast.VarianceMeasure;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.scenario.MarketStatistics;
import io.bulwark.netting.scenario.NamedScenarios.ExtremeMove;
import io.bulwark.netting.tail.TailParameters;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceHistory;
import io.bulwark.netting.volatility.VolatilityParameters;
import io.bulwark.tier.Heavy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an epoch estimates from a history whose σ and correlation are known, and what it must not read. */
@Heavy
class CalibrationTest {
    private static final int FIRST_DAY = 18_000;
    private static final int DAYS = 900;
    private static final long EPOCH = (FIRST_DAY + DAYS) * 86_400_000L + 43_200_000L;
    private static final Listing LISTING = new Listing(
            List.of(),
            List.of(new RiskGroup(0, "BTC"), new RiskGroup(1, "ETH"), new RiskGroup(2, "USD")),
            List.of(),
            List.of());

    @Test
    void shouldEstimateRangeAndApartness() {
        Calibration calibration = calibration(history(DAYS + 50));
        GroupStatistics btc = calibration.statistics().group(0).orElseThrow();
        // Steady returns of ±2 % and a kurtosis that falls to 1: m = 3.09, X = exp(3.09 · 2 %) − 1.
        assertEquals(0.02, calibration.groups().getFirst().volatility().used() / 1e6, 1e-3);
        assertEquals(63_737, btc.rise(), 2_500);
        // Signs agree on four days of five: ρ = 0.6, less 10 % shrinkage to itself; κ = .45·√(1 − .36) = .36.
        assertEquals(0.6, calibration.correlation().correlation().at(0, 1), 0.1);
        assertEquals(360_000, btc.apart(), 30_000);
        assertTrue(calibration.statistics().group(2).isEmpty());
    }

    /**
     * Moves of ±2 % and ±3 % in units of their σ_stress are as 3 to 2; at a correlation of two thirds, inside the interval, the least
     * D² is that of the group that moves further for it alone: (ln(1 + move)/σ)². The limit of two groups is 2·(√3650 − 1) = 118.83.
     */
    @Test
    void shouldJudgeExtremesByTheStressOfTheHistory() {
        Calibration calm = calibration(history(DAYS + 50));
        double sigma = calm.groups().getFirst().volatility().stress() / 1e6;
        assertEquals(1.5 * sigma, calm.groups().get(1).volatility().stress() / 1e6, 1e-4);
        for (ExtremeMove move : calm.extremes()) {
            double z = Math.log1p(move.ppm() / 1e6) / sigma;
            assertEquals(z * z, move.distance() / 1e3, 1e-3 * z * z);
            assertEquals(118_831, move.greatest());
            assertFalse(move.isPlausible(), "twenty deviations: " + move);
        }
    }

    @Test
    void shouldNotReadDaysThatWereNotOver() {
        Calibration known = calibration(history(DAYS));
        Calibration more = calibration(history(DAYS + 50));
        assertEquals(known.statistics().groups(), more.statistics().groups());
        assertEquals(known.shortfall().moves(), more.shortfall().moves());
        assertNotEquals(
                known.statistics().groups(),
                calibration(history(DAYS - 1)).statistics().groups());
    }

    @Test
    void shouldSayTheSameAllDay() {
        Calibration noon = calibration(history(DAYS + 1));
        Calibration night = Calibration.of(LISTING, history(DAYS + 1), EPOCH + 43_199_999, ParameterSet.founding());
        assertEquals(Calibration.lastDay(EPOCH), Calibration.lastDay(EPOCH + 43_199_999));
        assertEquals(noon.statistics(), night.statistics());
        assertEquals(noon.shortfall(), night.shortfall());
        assertEquals(noon.extremes(), night.extremes());
        Calibration tomorrow = Calibration.of(LISTING, history(DAYS + 1), EPOCH + 43_200_000, ParameterSet.founding());
        assertNotEquals(noon.statistics().groups(), tomorrow.statistics().groups());
    }

    @Test
    void shouldDrawTheGovernedNumberOfRows() {
        ExpectedShortfallRows rows = calibration(history(DAYS)).shortfall();
        assertEquals(256, rows.count());
        assertEquals(1_000_000, rows.weights().sum());
        ParameterSet none = ParameterSet.founding().with(TailParameters.ROWS, 1);
        assertEquals(
                ExpectedShortfallRows.NONE,
                Calibration.of(LISTING, history(DAYS), EPOCH, none).shortfall());
        ParameterSet odd = ParameterSet.founding().with(TailParameters.ROWS, 512);
        assertThrows(
                IllegalArgumentException.class,
                () -> Calibration.of(LISTING, history(DAYS), EPOCH, odd).shortfall());
    }

    @Test
    void shouldNameItsSources() {
        PriceHistory history = history(DAYS);
        Calibration calibration = calibration(history);
        assertTrue(calibration.statistics().source().contains(history.digest().hex()));
        assertTrue(calibration
                .statistics()
                .source()
                .contains(calibration.correlation().digest().hex()));
        assertTrue(calibration.shortfall().source().contains(history.digest().hex()));
    }

    /** LVOL-006: σ_now 2 %, the model says 3.02 %: at most half more, so σ_used = .75·3 % + .25·2 % = 2.75 %, X = exp(3.09·2.75 %) − 1. */
    @Test
    void shouldRaiseARangeByAPromotedModelOnly() {
        GroupStatistics classical =
                calibration(history(DAYS)).statistics().group(0).orElseThrow();
        MarketStatistics shadow = learned(Standing.SHADOW, -7_000_000_000L);
        MarketStatistics promoted = learned(Standing.PROMOTED, -7_000_000_000L);
        assertEquals(classical, shadow.group(0).orElseThrow());
        assertEquals(88_700, promoted.group(0).orElseThrow().rise(), 3_500);
        assertEquals(promoted.group(0), learned(Standing.PROMOTED, 0).group(0), "the bound");
        assertEquals(
                classical, learned(Standing.PROMOTED, -20_000_000_000L).group(0).orElseThrow(), "never lower");
        assertEquals(calibration(history(DAYS)).statistics().group(1), promoted.group(1), "another group has no model");
        String model = constant(-7_000_000_000L).digest().hex();
        assertTrue(promoted.source().endsWith("; learned BTC PROMOTED model " + model), promoted.source());
    }

    private static MarketStatistics learned(Standing standing, long logVariance) {
        ForecastModel model = constant(logVariance);
        LearnedVolatility learned = new LearnedVolatility("BTC", model.digest(), Digest.ZERO, 1_500_000, standing);
        return Calibration.of(
                        LISTING,
                        history(DAYS),
                        EPOCH,
                        ParameterSet.founding(),
                        new TreeMap<>(Map.of("BTC", new SealedForecast(model, learned))))
                .statistics();
    }

    private static ForecastModel constant(long logVariance) {
        return new ForecastModel(
                "BTC",
                VarianceMeasure.GARMAN_KLASS,
                1,
                ForecastModel.FEATURES,
                List.of(logVariance),
                List.of(),
                0,
                0,
                new ForecastModel.Training(0, 0, 0, Digest.ZERO));
    }

    @Test
    void shouldReadAHistoryAgain() {
        PriceHistory history = history(DAYS);
        byte[] sealed = history.canonical().encode();
        assertEquals(history, PriceHistory.of(CanonicalReader.read(sealed)));
        assertNotEquals(history.digest(), history(DAYS - 1).digest());
    }

    @Test
    void shouldRefuseAGroupWithoutPricesByName() {
        TreeMap<String, DailyPrices> one = new TreeMap<>(history(DAYS).groups());
        one.remove("ETH");
        assertTrue(refusal(new PriceHistory(one)).contains("it has none of ETH"));
        assertTrue(refusal(history(120)).contains("history of BTC: residuals must be 100 or more"));
    }

    /** A week may be missing at founding, not a day more; a day that has not come yet is not read, and does no harm. */
    @Test
    void shouldRefuseAHistoryThatEndedLongBefore() {
        PriceHistory history = history(DAYS);
        int last = history.of("BTC").orElseThrow().lastDay();
        history.requireReaching(last - 3, ParameterSet.founding());
        history.requireReaching(last + 1, ParameterSet.founding());
        history.requireReaching(last + 8, ParameterSet.founding());
        BadInput refused =
                assertThrows(BadInput.class, () -> history.requireReaching(last + 9, ParameterSet.founding()));
        assertEquals("history.BTC", refused.field());
        assertTrue(refused.rule().contains("at most 7 days"), refused.rule());
        history.requireReaching(last + 9, ParameterSet.founding().with(VolatilityParameters.HISTORY_AGE, 8));
    }

    /** What is kept stays; what comes after must agree with it first. */
    @Test
    void shouldContinueAHistoryThatItAgreesWith() {
        PriceHistory whole = history(DAYS);
        DailyPrices prices = whole.of("BTC").orElseThrow();
        PriceHistory early = new PriceHistory(new TreeMap<>(Map.of("BTC", prices.rows(0, DAYS - 5))));
        PriceHistory all = new PriceHistory(new TreeMap<>(Map.of("BTC", prices)));
        assertEquals(all, early.followedBy(only(prices.rows(DAYS - 8, DAYS))));
        assertEquals(early, early.followedBy(only(prices.rows(0, DAYS - 5))));
        assertRefused("2 days in common", early, prices.rows(DAYS - 7, DAYS));
        assertRefused("must be of a group that has prices: [BTC]", early, prices.named("DOGE"));
        double[] closes = prices.close();
        closes[DAYS - 7] *= 1.0199;
        DailyPrices near = DailyPrices.ofCloses("BTC", prices.epochDays(), closes);
        assertEquals(
                prices.close()[DAYS - 7],
                early.followedBy(only(near)).of("BTC").orElseThrow().close()[DAYS - 7]);
        closes[DAYS - 7] *= 1.001;
        assertRefused("must be within 2 %", early, DailyPrices.ofCloses("BTC", prices.epochDays(), closes));
    }

    private static PriceHistory only(DailyPrices prices) {
        return new PriceHistory(new TreeMap<>(Map.of(prices.underlying(), prices)));
    }

    private static void assertRefused(String words, PriceHistory kept, DailyPrices more) {
        String said = String.valueOf(
                assertThrows(BadInput.class, () -> kept.followedBy(only(more))).getMessage());
        assertTrue(said.contains(words), said);
    }

    private static String refusal(PriceHistory history) {
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> Calibration.of(LISTING, history, EPOCH, ParameterSet.founding())
                                .shortfall())
                .getMessage());
    }

    private static Calibration calibration(PriceHistory history) {
        return Calibration.of(LISTING, history, EPOCH, ParameterSet.founding());
    }

    /** Days of ±2 % and ±3 %; signs from the digits of irrational steps, so that nothing repeats. */
    private static PriceHistory history(int days) {
        TreeMap<String, DailyPrices> groups = new TreeMap<>();
        groups.put("BTC", prices("BTC", days, t -> 0.02 * sign(t)));
        groups.put("ETH", prices("ETH", days, t -> 0.03 * (t % 5 == 0 ? -sign(t) : sign(t))));
        return new PriceHistory(groups);
    }

    private static int sign(int t) {
        double place = t * 0.6180339887498949;
        return place - Math.floor(place) < 0.5 ? 1 : -1;
    }

    private static DailyPrices prices(String group, int days, IntToDoubleFunction logReturn) {
        double[] close = new double[days];
        double log = 0;
        for (int t = 0; t < days; t++) {
            log += logReturn.applyAsDouble(t);
            close[t] = 1_000 * StrictMath.exp(log);
        }
        return DailyPrices.ofCloses(
                group, IntStream.range(FIRST_DAY, FIRST_DAY + days).toArray(), close);
    }
}
