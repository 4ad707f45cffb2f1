package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import org.junit.jupiter.api.Test;

class LearnedVolatilityTest {
    private static LearnedVolatility at(Standing standing) {
        Digest model = Digest.sha256(new byte[] {1});
        return new LearnedVolatility("BTC", model, Digest.sha256(new byte[] {2}), 1_500_000, standing);
    }

    /** LVOL-004. */
    @Test
    void shouldRaiseWithinTheBoundOrDoNothing() {
        LearnedVolatility learned = at(Standing.PROMOTED);
        assertEquals(30_000, learned.governed(30_000, 20_000), "a lower forecast never lowers");
        assertEquals(40_000, learned.governed(30_000, 40_000));
        assertEquals(45_000, learned.governed(30_000, 90_000), "half more at most");
        assertEquals(30_001, learned.governed(30_001, 0));
        assertEquals(45_001, learned.governed(30_001, 90_000), "45 001.5 rounds down");
    }

    @Test
    void shouldDoNothingUnlessPromoted() {
        for (Standing standing : Standing.values()) {
            long governed = at(standing).governed(30_000, 40_000);
            assertEquals(standing == Standing.PROMOTED ? 40_000 : 30_000, governed, standing.name());
        }
        assertEquals(30_000, LearnedVolatility.classical("BTC").governed(30_000, 40_000));
    }

    @Test
    void shouldNeverFallAsTheForecastRises() {
        LearnedVolatility learned = at(Standing.PROMOTED);
        long before = 0;
        for (long forecast = 0; forecast <= 100_000; forecast += 500) {
            long governed = learned.governed(33_333, forecast);
            assertTrue(governed >= before && governed >= 33_333 && governed <= 49_999, "at " + forecast);
            before = governed;
        }
    }

    @Test
    void shouldRefuseABoundBeyondTheGoverned() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new LearnedVolatility("BTC", Digest.ZERO, Digest.ZERO, 1_500_001, Standing.SHADOW));
        assertThrows(IllegalArgumentException.class, () -> at(Standing.SHADOW).governed(-1, 0));
    }
}
