package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.forecast.RegressionTree.Leaf;
import io.bulwark.netting.forecast.RegressionTree.Split;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastModelTest {
    private static final RegressionTree TREE =
            new RegressionTree(List.of(new Split(0, -7_000_000, 1, 2), new Leaf(-300_000_001), new Leaf(400_000_000)));

    private static ForecastModel model(List<RegressionTree> trees) {
        return new ForecastModel(
                "TEST",
                VarianceMeasure.REALISED,
                1,
                Features.NAMES,
                List.of(-1_000_000_000L, 500_000_000L, 300_000_000L),
                trees,
                500_000,
                200_000_000,
                new ForecastModel.Training(16_000, 17_000, 1_000, Digest.ZERO));
    }

    private static long[] row(long day, long week) {
        long[] row = new long[Features.NAMES.size()];
        row[0] = day;
        row[1] = week;
        return row;
    }

    /** LVOL-003: −1 + 0.5·(−7) + 0.3·(−6.5) + 0.2 = −6.25, and half of −0.300000001, rounded down. */
    @Test
    void shouldEvaluateInIntegers() {
        assertEquals(-6_250_000_000L, model(List.of()).logVariance(row(-7_000_000, -6_500_000)));
        assertEquals(-6_400_000_001L, model(List.of(TREE)).logVariance(row(-7_000_000, -6_500_000)));
        assertEquals(-6_049_999_500L, model(List.of(TREE)).logVariance(row(-6_999_999, -6_500_000)));
    }

    @Test
    void shouldReadWhatItWrote() {
        ForecastModel model = model(List.of(TREE, TREE));
        assertEquals(model, ForecastModel.decode(model.encode()));
        assertEquals(model.digest(), Digest.sha256(model.encode()));
    }

    @Test
    void shouldChangeItsDigestWithOneLeaf() {
        RegressionTree other = new RegressionTree(
                List.of(new Split(0, -7_000_000, 1, 2), new Leaf(-300_000_000), new Leaf(400_000_000)));
        assertNotEquals(model(List.of(TREE)).digest(), model(List.of(other)).digest());
    }

    @Test
    void shouldRefuseBytesThatAreNotOneModel() {
        byte[] encoding = model(List.of(TREE)).encode();
        byte[] longer = Arrays.copyOf(encoding, encoding.length + 1);
        assertThrows(CanonicalException.class, () -> ForecastModel.decode(longer));
        assertThrows(CanonicalException.class, () -> ForecastModel.decode(new byte[0]));
    }

    @Test
    void shouldRefuseATreeWhoseWalkDoesNotEnd() {
        assertThrows(
                IllegalArgumentException.class, () -> new RegressionTree(List.of(new Split(0, 1, 0, 1), new Leaf(1))));
        assertThrows(
                IllegalArgumentException.class, () -> new RegressionTree(List.of(new Split(0, 1, 1, 2), new Leaf(1))));
        assertThrows(
                IllegalArgumentException.class, () -> new RegressionTree(List.of(new Split(99, 1, 1, 1), new Leaf(1))));
        assertThrows(IllegalArgumentException.class, () -> new RegressionTree(List.of()));
    }

    @Test
    void shouldRefuseAHistoryOfAnotherUnderlying() {
        ForecastModel model = model(List.of());
        VarianceHistory other = new VarianceHistory(
                "OTHER",
                VarianceMeasure.REALISED,
                new int[] {1},
                new double[] {1},
                new double[] {0},
                new double[] {0},
                new double[] {0});
        assertThrows(IllegalArgumentException.class, () -> model.volatilityPpm(other));
    }

    @Test
    void shouldRoundAVolatilityUp() {
        VarianceHistory history = SteppedHistory.of(300, 3);
        ForecastModel model = model(List.of(TREE));
        double sigma = Math.exp(model.logVariance(history) / 2e9);
        long ppm = model.volatilityPpm(history);
        assertEquals(sigma * 1e6, (double) ppm, 1);
        assertEquals(true, ppm >= sigma * 1e6);
    }
}
