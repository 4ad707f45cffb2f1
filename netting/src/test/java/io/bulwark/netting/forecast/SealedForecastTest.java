package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.forecast.RegressionTree.Leaf;
import io.bulwark.netting.forecast.RegressionTree.Split;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import io.bulwark.netting.volatility.DailyPrices;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedForecastTest {
    private static final RegressionTree VOLUME =
            new RegressionTree(List.of(new Split(Features.VOLUME, 0, 1, 2), new Leaf(1), new Leaf(2)));
    private static final DailyPrices PRICES =
            DailyPrices.ofCloses("BTC", new int[] {1, 2, 3}, new double[] {1, 1.1, 1});

    private static ForecastModel model(VarianceMeasure measure, int days, List<RegressionTree> trees) {
        return new ForecastModel(
                "BTC",
                measure,
                days,
                Features.NAMES,
                List.of(-6_000_000_000L),
                trees,
                500_000,
                0,
                new ForecastModel.Training(0, 0, 0, Digest.ZERO));
    }

    private static SealedForecast sealed(ForecastModel model, Standing standing) {
        return new SealedForecast(
                model, new LearnedVolatility("BTC", model.digest(), Digest.ZERO, 1_500_000, standing));
    }

    /** exp(−3) = 4.9787… %, rounded up to 49 788 ppm. */
    @Test
    void shouldRaiseSigmaWithinTheBoundIfItIsPromoted() {
        ForecastModel model = model(VarianceMeasure.GARMAN_KLASS, 1, List.of());
        assertEquals(49_788, sealed(model, Standing.PROMOTED).governed(PRICES, 41_234));
        assertEquals(41_234, sealed(model, Standing.SHADOW).governed(PRICES, 41_234));
        assertEquals(61_234, sealed(model, Standing.PROMOTED).governed(PRICES, 61_234));
        assertEquals(30_000, sealed(model, Standing.PROMOTED).governed(PRICES, 20_000));
    }

    @Test
    void shouldRefuseWhatSealedPricesCannotAnswer() {
        List<ForecastModel> others = List.of(
                model(VarianceMeasure.REALISED, 1, List.of()),
                model(VarianceMeasure.GARMAN_KLASS, 2, List.of()),
                model(VarianceMeasure.GARMAN_KLASS, 1, List.of(VOLUME)));
        others.forEach(model ->
                assertThrows(IllegalArgumentException.class, () -> sealed(model, Standing.SHADOW), model::toString));
    }

    @Test
    void shouldRefuseAnotherFileThanTheSealedOne() {
        ForecastModel model = model(VarianceMeasure.GARMAN_KLASS, 1, List.of());
        LearnedVolatility other = new LearnedVolatility("BTC", Digest.ZERO, Digest.ZERO, 1_500_000, Standing.SHADOW);
        LearnedVolatility group = new LearnedVolatility("ETH", model.digest(), Digest.ZERO, 1_500_000, Standing.SHADOW);
        assertThrows(IllegalArgumentException.class, () -> new SealedForecast(model, other));
        assertThrows(IllegalArgumentException.class, () -> new SealedForecast(model, group));
    }
}
