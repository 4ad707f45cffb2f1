package io.bulwark.api.venuemargin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.venuemargin.SpanParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published parameter files: complete and sourced. */
final class PublishedEngineTest {
    @Test
    void shouldReadEveryFileWithItsSource() {
        List<PublishedEngine> engines = PublishedEngine.all();
        assertEquals(6, engines.size());
        engines.forEach(engine -> {
            assertFalse(engine.version().isBlank(), engine.id());
            assertTrue(engine.source().length() > 20, engine.id());
        });
        assertEquals(
                List.of("BOUNDED", "EXACT", "BOUNDED", "BOUNDED", "BOUNDED", "EXACT"),
                engines.stream().map(e -> e.engine().form().name()).toList());
    }

    @Test
    void shouldScanSixteenScenariosWithCoveredExtremes() {
        List<SpanParameters.Scenario> scenarios = PublishedEngine.spanSixteen().scenarios();
        assertEquals(16, scenarios.size());
        assertEquals(new SpanParameters.Scenario(3, 0, 0.33), scenarios.get(14));
        assertEquals(new SpanParameters.Scenario(-3, 0, 0.33), scenarios.get(15));
        assertEquals(
                0,
                scenarios.stream().mapToDouble(SpanParameters.Scenario::price).sum(),
                1e-15);
    }
}
