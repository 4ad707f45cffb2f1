package io.bulwark.conformance.published;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.api.venuemargin.PublishedEngine;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.JsonDocument;
import io.bulwark.netting.venuemargin.VenueEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The parameter files that api publishes hold the numbers of the reference data, which conformance reads: two modules that do not know each other. */
final class PublishedParametersTest {
    @Test
    void shouldPublishTheParametersOfTheVenuesOwnCode() {
        CaseFields first = document("vectors/derive_pmrm1_cases.json");
        assertEquals(
                new VenueEngine.DerivePmrm1(new DerivePmrm1Inputs(first, firstCase(first)).parameters()),
                engine("derive-pmrm-1"));
        CaseFields standard = document("vectors/derive_srm_cases.json");
        assertEquals(
                new VenueEngine.DeriveStandard(new DeriveStandardInputs(standard, firstCase(standard)).parameters()),
                engine("derive-standard"));
        CaseFields second = document("vectors/derive_pmrm2_cases.json");
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

    private static CaseFields document(String name) {
        Optional<Path> file = Stream.iterate(Path.of("").toAbsolutePath(), at -> at != null, Path::getParent)
                .map(at -> at.resolve("shared/reference").resolve(name))
                .filter(Files::exists)
                .findFirst();
        if (file.isEmpty()) {
            System.out.println("skipped: reference data absent (" + name + ")");
        }
        Assumptions.assumeTrue(file.isPresent(), "reference data absent");
        return CaseFields.of(name, JsonDocument.read(file.orElseThrow()));
    }

    private static CaseFields firstCase(CaseFields document) {
        return document.objects("cases").getFirst();
    }
}
