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

/** Cases of kind backtest: the reference series, and counts at the edge. */
final class BacktestCasesTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldAgreeWithTheReferenceStatistics() {
        Path file = ReferenceFolder.file("margin/backtest_stats.json");
        assertEquals(Conformance.AGREES, run(file), () -> err.toString());
    }

    @Test
    void shouldPrintNullForTheConditionalTestWithoutAnExceedance() throws IOException {
        JsonNode computed = computed("[0.1, -0.2, 0.3]", "[0.2, 0.2, 0.4]", "[0.3, 0.3, 0.5]");
        assertEquals(0, computed.get("exceedances").intValue());
        assertTrue(computed.has("acerbiSzekelyZ1")
                && computed.get("acerbiSzekelyZ1").isNull());
        assertEquals(1, computed.get("acerbiSzekelyZ2").doubleValue());
        assertEquals(-6 * Math.log(0.99), computed.get("kupiecLR").doubleValue(), 1e-12);
        assertEquals(0, computed.get("christoffersenLR").doubleValue());
        assertEquals(1, computed.get("christoffersenP").doubleValue());
    }

    @Test
    void shouldComputeWhereEveryDayExceeds() throws IOException {
        JsonNode computed = computed("[-1, -2]", "[0.5, 0.5]", "[1, 1]");
        assertEquals(1, computed.get("n11").intValue());
        assertEquals(-4 * Math.log(0.01), computed.get("kupiecLR").doubleValue(), 1e-12);
        assertEquals(-0.5, computed.get("acerbiSzekelyZ1").doubleValue(), 1e-12);
        assertEquals(1 - 3 / 0.02, computed.get("acerbiSzekelyZ2").doubleValue(), 1e-9);
    }

    @Test
    void shouldRefuseSeriesOfDifferentLengthInOneLine() throws IOException {
        assertEquals(Conformance.BAD_INPUT, run(file("[0.1, 0.2]", "[0.2]", "[0.3, 0.3]")));
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("margins must be as many as profits, 2; have 1"), err.toString());
        assertEquals(Conformance.BAD_INPUT, run(file("[]", "[]", "[]")));
        assertEquals(Conformance.BAD_INPUT, run(file("[\"a\"]", "[1]", "[1]")));
        assertTrue(err.toString().contains("pl[0]"), err.toString());
    }

    private JsonNode computed(String profits, String valueAtRisk, String shortfall) throws IOException {
        assertEquals(Conformance.AGREES, run(file(profits, valueAtRisk, shortfall)), () -> err.toString());
        return JsonDocument.MAPPER.readTree(out.toString()).at("/cases/0/computed");
    }

    private Path file(String profits, String valueAtRisk, String shortfall) throws IOException {
        return Files.writeString(
                folder.resolve("own.json"),
                "{\"cases\": [{\"kind\": \"backtest\", \"pl\": %s, \"var99\": %s, \"es99\": %s}]}"
                        .formatted(profits, valueAtRisk, shortfall));
    }

    private int run(Path file) {
        return Conformance.run(List.of(file), true, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
