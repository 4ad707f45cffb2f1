package io.bulwark.netting.correlation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.VolatilityRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PublishedCorrelationTest {
    private static final VolatilityRule RULE = VolatilityRule.founding();
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final long PPM = 1_000_000;

    private static List<DailyPrices> fourAssets() {
        List<String[]> rows = SharedReference.read("margin/four_asset_daily.csv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(","))
                .toList();
        List<DailyPrices> histories = new ArrayList<>();
        for (int column = 1; column < rows.getFirst().length; column++) {
            int cell = column;
            histories.add(DailyPrices.ofCloses(
                    rows.getFirst()[cell],
                    rows.stream()
                            .skip(1)
                            .mapToInt(row -> (int) LocalDate.parse(row[0]).toEpochDay())
                            .toArray(),
                    rows.stream()
                            .skip(1)
                            .mapToDouble(row -> Double.parseDouble(row[cell]))
                            .toArray()));
        }
        return histories;
    }

    /** CORR-003: the four real assets at the end of their file; margin.md §4.3 gives κ between .25 and .29 for them over the whole sample. */
    @Test
    void shouldPublishTheFourRealAssets() {
        PublishedCorrelation published = PublishedCorrelation.of(fourAssets(), FOUNDING);
        assertEquals(List.of("BTC", "ETH", "ADA", "BNB"), published.underlyings());
        for (long apart : published.apart()) {
            assertTrue(apart >= 200_000 && apart <= 400_000, "kappa " + apart);
        }
        assertTrue(published.correlation().leastEigenvalue() > 0);
        assertTrue(published.ppm()[0][1] > 500_000, "BTC and ETH move together");
    }

    @Test
    void shouldNameItsObservationsAndItself() {
        List<DailyPrices> histories = fourAssets();
        PublishedCorrelation published = PublishedCorrelation.of(histories, FOUNDING);
        assertEquals(
                published.digest(), PublishedCorrelation.of(histories, FOUNDING).digest());
        List<DailyPrices> other = new ArrayList<>(histories);
        double[] close = histories.get(2).close();
        close[100] *= 1.5;
        other.set(2, DailyPrices.ofCloses("ADA", histories.get(2).epochDays(), close));
        PublishedCorrelation changed = PublishedCorrelation.of(other, FOUNDING);
        assertEquals(published.observations().get(1), changed.observations().get(1));
        assertNotEquals(published.observations().get(2), changed.observations().get(2));
        assertNotEquals(published.digest(), changed.digest());
    }

    @Test
    void shouldNotDependOnTheFuture() {
        List<DailyPrices> histories = fourAssets();
        int day = histories.getFirst().epochDay(300);
        List<DailyPrices> begun =
                histories.stream().map(history -> history.until(day)).toList();
        StandardisedReturns whole = StandardisedReturns.of(histories, RULE);
        StandardisedReturns cut = StandardisedReturns.of(begun, RULE);
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(cut.values()[i], java.util.Arrays.copyOf(whole.values()[i], cut.values()[i].length));
        }
    }

    @Test
    void shouldUseOnlyDaysThatAllHave() {
        DailyPrices x = DailyPrices.ofCloses("X", new int[] {1, 2, 3, 4, 6}, new double[] {1, 2, 3, 2, 5});
        DailyPrices y = DailyPrices.ofCloses("Y", new int[] {2, 3, 4, 5, 6}, new double[] {1, 2, 1, 9, 3});
        StandardisedReturns returns = StandardisedReturns.of(List.of(x, y), RULE);
        assertArrayEquals(new int[] {2, 3, 4, 6}, returns.epochDays());
        assertEquals(StrictMath.log(5.0 / 2) / Math.sqrt((sq(1.5) + sq(2 / 3.0)) / 2), returns.values()[0][1], 1e-12);
        assertThrows(IllegalArgumentException.class, () -> StandardisedReturns.of(List.of(x, x), RULE));
        assertThrows(IllegalArgumentException.class, () -> StandardisedReturns.of(List.of(x, y.until(3)), RULE));
    }

    private static double sq(double ratio) {
        return StrictMath.log(ratio) * StrictMath.log(ratio);
    }

    /** CORR-004: perfect correlation is singular; published, it keeps one millionth of its own. */
    @Test
    void shouldPublishASingularMatrixAsADefiniteOne() {
        long[][] rounded = IntegerMatrix.rounded(new Correlation(new double[][] {{1, 1}, {1, 1}}));
        assertArrayEquals(new long[] {PPM, 999_999}, rounded[0]);
        assertTrue(IntegerMatrix.isCorrelation(rounded, PPM));
    }

    @Test
    void shouldRoundEveryRepairedMatrixToADefiniteOneNearby() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 100; trial++) {
            int n = 3 + random.nextInt(6);
            double[][] broken = new double[n][n];
            for (int i = 0; i < n; i++) {
                broken[i][i] = 1;
                for (int j = 0; j < i; j++) {
                    broken[i][j] = 2 * random.nextDouble() - 1;
                    broken[j][i] = broken[i][j];
                }
            }
            Correlation repaired = Correlation.nearest(broken);
            long[][] rounded = IntegerMatrix.rounded(repaired);
            assertTrue(IntegerMatrix.isCorrelation(rounded, PPM), "seed 3, trial " + trial);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    assertEquals(1e6 * repaired.at(i, j), (double) rounded[i][j], 20, "seed 3, trial " + trial);
                }
            }
        }
    }

    @Test
    void shouldCheckDefinitenessExactly() {
        assertTrue(IntegerMatrix.isCorrelation(new long[][] {{PPM, 999_999}, {999_999, PPM}}, PPM));
        assertFalse(IntegerMatrix.isCorrelation(new long[][] {{PPM, PPM}, {PPM, PPM}}, PPM));
        assertFalse(IntegerMatrix.isCorrelation(new long[][] {{PPM, 1}, {2, PPM}}, PPM));
        assertFalse(IntegerMatrix.isCorrelation(new long[][] {{PPM, 0}, {0, PPM - 1}}, PPM));
        // Every pair is a correlation, the three together are not.
        long[][] broken = {{PPM, 900_000, 0}, {900_000, PPM, 900_000}, {0, 900_000, PPM}};
        assertFalse(IntegerMatrix.isCorrelation(broken, PPM));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PublishedCorrelation(List.of("A", "B", "C"), 0, List.of(), broken, new long[3]));
    }
}
