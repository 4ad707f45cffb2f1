package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.forecast.WalkForward.Contender;
import io.bulwark.netting.forecast.WalkForward.ModelTraining;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkForwardTest {
    private static final Set<Contender> ALL = EnumSet.allOf(Contender.class);

    private static WalkForward walk(int horizon) {
        TreeShape shape = new TreeShape(5, 1, 40, 4, 100_000, 0);
        return new WalkForward(new ModelTraining(new OneQuestion(), shape, 500_000, 400), 500, 30, horizon);
    }

    /** Another future must not change what was forecast before it. */
    @Test
    void shouldNeverLookAhead() {
        VarianceHistory history = SteppedHistory.of(700, 5);
        VarianceHistory cut = history.rows(0, 600);
        for (int horizon = 1; horizon <= 2; horizon++) {
            Forecasts whole = walk(horizon).over(history, ALL);
            Forecasts part = walk(horizon).over(cut, ALL);
            for (Contender contender : Contender.values()) {
                double[] first = Arrays.copyOf(whole.of(contender), part.days());
                assertArrayEquals(part.of(contender), first, 0, contender + " at " + horizon);
            }
        }
    }

    @Test
    void shouldBeatTheYardstickOnAPersistentVariance() {
        Forecasts forecasts = walk(1).over(SteppedHistory.of(1_500, 6), ALL);
        assertEquals(999, forecasts.days());
        Forecasts.Score har = PublishedFiguresTest.score(forecasts, Contender.HAR);
        assertTrue(har.gainOverEwma() > 0.1, "have " + har);
        assertEquals(0, har.statisticToHar(), 0);
        assertTrue(PublishedFiguresTest.score(forecasts, Contender.EWMA).statisticToHar() < -2);
        assertEquals(0, PublishedFiguresTest.score(forecasts, Contender.EWMA).gainOverEwma(), 0);
    }

    @Test
    void shouldForecastTwoDaysTogether() {
        Forecasts one = walk(1).over(SteppedHistory.of(900, 7), ALL);
        Forecasts two = walk(2).over(SteppedHistory.of(900, 7), ALL);
        double[] variance = one.history().variance();
        assertEquals(variance[501] + variance[502], two.realised()[500], 1e-18);
        assertEquals(one.days() - 1, two.days());
        assertEquals(2 * one.of(Contender.EWMA)[0], two.of(Contender.EWMA)[0], 1e-18);
        assertTrue(two.of(Contender.HAR)[0] > 1.5 * one.of(Contender.HAR)[0]);
    }

    @Test
    void shouldRefuseAShortHistory() {
        assertThrows(IllegalArgumentException.class, () -> walk(1).over(SteppedHistory.of(501, 8), ALL));
        assertThrows(
                IllegalArgumentException.class,
                () -> walk(1).training().fit(SteppedHistory.of(200, 8), 1),
                "fewer than 200 days behind the first 60");
    }

    /** The model of the walk is the model that is trained on the days up to there. */
    @Test
    void shouldUseTheModelThatIsPublished() {
        VarianceHistory history = SteppedHistory.of(700, 9);
        Forecasts forecasts = walk(1).over(history, ALL);
        ForecastModel model = walk(1).training().fit(history.rows(0, 501), 1);
        assertEquals(
                Math.exp(model.logVariance(history.rows(0, 501)) / 1e9),
                forecasts.of(Contender.HAR_TREES)[0],
                1e-12);
    }
}
