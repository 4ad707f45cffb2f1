package io.bulwark.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GARCH, nearest correlation and plausibility: the reference files, and small files of this test. */
final class EstimatorCasesTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldAgreeWithTheReferenceFiles() {
        for (String name : List.of(
                "vectors/garch_benchmarks.json",
                "vectors/higham_nearest_correlation.json",
                "margin/plausibility.json")) {
            assertEquals(Conformance.AGREES, run(ReferenceFolder.file(name)), () -> name + err);
        }
    }

    @Test
    void shouldComputeThePlausibilityOfThreeAssetsByTheLawWhereNoThresholdIsPublished() throws IOException {
        // Independent at rho = 0: D² is the sum of squares; ln 1.5 / 0.1 = 4.0547 each.
        JsonNode computed = computed("""
                {"sigma": [0.1, 0.1, 0.1], "rhoGrid": [0], "nu": 4,
                 "cases": [{"kind": "plausibility", "move": [0.5, 0.5, 0.5]}]}""");
        double z = Math.log(1.5) / 0.1;
        assertEquals(3 * z * z, computed.get("d2min").doubleValue(), 1e-9);
        assertTrue(computed.get("accept10y").booleanValue());
    }

    @Test
    void shouldTakeThePathsVarianceByOmegaToo() throws IOException {
        JsonNode computed = computed("""
                {"cases": [{"kind": "garch11.path", "omega": 0.2, "alpha": 0.2, "beta": 0.3, "returns": [0.1]}]}""");
        assertEquals(Math.sqrt(0.205), computed.get(0).doubleValue(), 1e-12);
    }

    @Test
    void shouldRefuseInOneLine() throws IOException {
        refused("must be finite and symmetric", """
                {"cases": [{"kind": "nearestCorrelation", "input": [[1, 0.5], [0.4, 1]]}]}""");
        refused("must be the name of a file beside the cases", """
                {"data": "../x.csv", "cases": [{"kind": "garch11.fit"}]}""");
        refused("at least 50 returns", """
                {"cases": [{"kind": "garch11.fit", "returns": [1, 2, 3]}]}""");
        refused("simple returns above -1", """
                {"sigma": [0.1, 0.1], "rhoGrid": [0.5], "nu": 4, "cases": [{"kind": "plausibility", "move": [-1, 0]}]}""");
    }

    private JsonNode computed(String document) throws IOException {
        assertEquals(Conformance.AGREES, run(file(document)), () -> err.toString());
        return JsonDocument.MAPPER.readTree(out.toString()).at("/cases/0/computed");
    }

    private void refused(String rule, String document) throws IOException {
        assertEquals(Conformance.BAD_INPUT, run(file(document)), document);
        assertEquals("", out.toString());
        assertTrue(err.toString().contains(rule), err.toString());
    }

    private Path file(String document) throws IOException {
        return Files.writeString(folder.resolve("own.json"), document);
    }

    private int run(Path file) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Conformance.run(List.of(file), true, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
