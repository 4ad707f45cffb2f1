package io.bulwark.api.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.venuemargin.PublishedEngine;
import io.bulwark.netting.venuemargin.SpanParameters;
import io.bulwark.netting.venuemargin.VenueEngine;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The published parameter files: complete, sourced, and the same numbers as in the reference data. */
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

    @Test
    void shouldPublishTheParametersOfTheVenuesOwnCode() throws Exception {
        Fields first = document("vectors/derive_pmrm1_cases.json");
        assertEquals(
                new VenueEngine.DerivePmrm1(new DerivePmrm1Inputs(first, firstCase(first)).parameters()),
                engine("derive-pmrm-1"));
        Fields standard = document("vectors/derive_srm_cases.json");
        assertEquals(
                new VenueEngine.DeriveStandard(new DeriveStandardInputs(standard, firstCase(standard)).parameters()),
                engine("derive-standard"));
        Fields second = document("vectors/derive_pmrm2_cases.json");
        VenueEngine.DerivePmrm2 published = (VenueEngine.DerivePmrm2) engine("derive-pmrm-2");
        // The file of cases writes some parameters with a rounding error of binary fractions.
        assertEquals(text(new DerivePmrm2Inputs(second, firstCase(second)).parameters()), text(published.parameters()));
    }

    private static String text(Object parameters) {
        return Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?")
                .matcher(parameters.toString())
                .replaceAll(number -> String.format(Locale.ROOT, "%.12g", Double.parseDouble(number.group())));
    }

    private static VenueEngine engine(String id) {
        return PublishedEngine.all().stream()
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow()
                .engine();
    }

    private static Fields document(String name) throws Exception {
        return Fields.of(name, JsonDocument.read(ConformanceTest.reference(name)));
    }

    private static Fields firstCase(Fields document) {
        return document.objects("cases").getFirst();
    }
}
