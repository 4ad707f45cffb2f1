package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.tier.Heavy;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@Heavy
class LookBackTest {
    private static final int DAYS = 4285;
    private static final ParameterSet FOUNDING = ParameterSet.founding();

    /** margin.md §4.4, BTC 2014-01 to 2025-09, long and short. */
    @Test
    void shouldGiveThePublishedExceedancesOfEveryWindow() {
        double[] returns = BitcoinHistory.whole().logReturns();
        double[] now = VolatilityPath.of(returns, VolatilityRule.founding()).now();
        int[][] published = {{250, 55, 59}, {500, 46, 51}, {1_000, 45, 45}, {1_500, 40, 44}, {2_500, 40, 43}};
        for (int[] line : published) {
            LookBack.Forecasts bought = LookBack.forecasts(returns, now, +1, line[0], DAYS);
            LookBack.Forecasts sold = LookBack.forecasts(returns, now, -1, line[0], DAYS);
            assertEquals(line[1], bought.exceedances().exceedances().count(), line[0] + " days, long");
            assertEquals(line[2], sold.exceedances().exceedances().count(), line[0] + " days, short");
        }
        assertEquals(0.12, LookBack.forecasts(returns, now, +1, 1_500, DAYS).z2(), 0.005);
        assertEquals(-0.02, LookBack.forecasts(returns, now, -1, 1_500, DAYS).z2(), 0.005);
        assertEquals(
                0.66,
                LookBack.forecasts(returns, now, +1, 1_500, DAYS)
                        .exceedances()
                        .kupiec()
                        .probability(),
                0.005);
        assertEquals(
                0.86,
                LookBack.forecasts(returns, now, -1, 1_500, DAYS)
                        .exceedances()
                        .kupiec()
                        .probability(),
                0.005);
    }

    @Test
    void shouldStayInItsBoundsAndTakeTheLongestWhereHistoryIsShort() {
        double[] returns = BitcoinHistory.whole().logReturns();
        double[] now = VolatilityPath.of(returns, VolatilityRule.founding()).now();
        assertEquals(1_500, days(Arrays.copyOf(returns, 1_000), Arrays.copyOf(now, 1_000)));
        int shortest = IntStream.rangeClosed(21, 51)
                .map(i -> 100 * i)
                .map(end -> days(Arrays.copyOf(returns, end), Arrays.copyOf(now, end)))
                .peek(days -> assertTrue(days >= 750 && days <= 1_500, days + " days"))
                .min()
                .orElseThrow();
        assertEquals(750, shortest);
    }

    /** On 900 days the shortest window cannot be judged over 250, however well what there is would do. */
    @Test
    void shouldTakeTheLongestWhereHistoryIsShort() {
        double[] returns = BitcoinHistory.whole().logReturns();
        double[] now = VolatilityPath.of(returns, VolatilityRule.founding()).now();
        int wouldPass = 0;
        for (int first = 0; first + 900 <= returns.length; first += 150) {
            double[] part = Arrays.copyOfRange(returns, first, first + 900);
            double[] volatility = Arrays.copyOfRange(now, first, first + 900);
            assertEquals(1_500, days(part, volatility));
            boolean passes = LookBack.forecasts(part, volatility, +1, 750, 250).passes()
                    && LookBack.forecasts(part, volatility, -1, 750, 250).passes();
            wouldPass += passes ? 1 : 0;
        }
        assertTrue(wouldPass > 0, "some stretch of 900 days must pass as far as it goes");
    }

    @Test
    void shouldRejectAWindowWhoseForecastsTheLastYearBroke() {
        double[] returns = calmThenWild();
        double[] now = new double[returns.length];
        Arrays.fill(now, 0.01);
        assertFalse(LookBack.forecasts(returns, now, +1, 750, 250).passes());
        assertEquals(1_500, days(returns, now));
    }

    /** 1,500 days of one per cent either way, then a year with a five-per-cent loss every tenth day. */
    private static double[] calmThenWild() {
        double[] returns = new double[1_800];
        for (int t = 0; t < returns.length; t++) {
            returns[t] = t >= 1_550 && t % 10 == 0 ? -0.05 : t % 2 == 0 ? 0.01 : -0.01;
        }
        return returns;
    }

    /** Of 250 days at 1 % Kupiec's test passes 6 exceedances (p = 0.059) and refuses 7 (p = 0.019), and refuses none at all (p = 0.025). */
    @Test
    void shouldPassOnlyWhatNeitherNumberNorSizeRefutes() {
        assertTrue(forecasts(6, -0.60).passes());
        assertFalse(forecasts(7, 0).passes());
        assertFalse(forecasts(0, 0).passes());
        assertTrue(forecasts(2, -0.70).passes());
        assertFalse(forecasts(2, -0.701).passes());
    }

    private static LookBack.Forecasts forecasts(int exceedances, double z2) {
        boolean[] hits = new boolean[250];
        Arrays.fill(hits, 0, exceedances, true);
        return new LookBack.Forecasts(CoverageTest.of(Exceedances.of(hits), 0.01), z2);
    }

    @Test
    void shouldGiveTheReferenceStatistics() throws JsonProcessingException {
        JsonNode cases = JsonMapper.builder()
                .build()
                .readTree(SharedReference.read("margin/backtest_stats.json"))
                .get("cases");
        for (JsonNode one : cases) {
            double[] profits = numbers(one.get("pl"));
            double[] valueAtRisk = numbers(one.get("var99"));
            LookBack.Forecasts seen = LookBack.Forecasts.of(profits, valueAtRisk, numbers(one.get("es99")));
            JsonNode expected = one.get("expected");
            assertEquals(
                    expected.get("exceedances").asInt(),
                    seen.exceedances().exceedances().count());
            assertEquals(
                    expected.get("kupiecLR").asDouble(),
                    seen.exceedances().kupiec().statistic(),
                    1e-9);
            assertEquals(
                    expected.get("kupiecP").asDouble(),
                    seen.exceedances().kupiec().probability(),
                    1e-9);
            assertEquals(expected.get("acerbiSzekelyZ2").asDouble(), seen.z2(), 1e-9);
        }
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    /** The window in force after the last return. */
    private static int days(double[] returns, double[] now) {
        return new LookBack(returns, now).days(returns.length, FOUNDING);
    }
}
