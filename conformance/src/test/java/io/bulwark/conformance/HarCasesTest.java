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

/** Log-HAR: the reference file, and small files of this test. */
final class HarCasesTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldAgreeWithTheReferenceFile() {
        assertEquals(Conformance.AGREES, run(ReferenceFolder.file("margin/har.json")), err::toString);
        assertTrue(out.toString().contains("half180(min60)"));
    }

    @Test
    void shouldTakeTheSeriesThatTheCaseNames() throws IOException {
        StringBuilder series = new StringBuilder("# own\ndate,x_rv\n");
        for (int t = 0; t < 100; t++) {
            series.append("2024-01-01,").append(1 + (t * t) % 17).append('\n');
        }
        Files.writeString(folder.resolve("own.csv"), series);
        assertEquals(
                Conformance.AGREES,
                run(
                        file(
                                "{\"data\": \"absent.csv\", \"cases\": [{\"kind\": \"har\", \"data\": \"own.csv\", \"column\": \"x_rv\"}]}")),
                err::toString);
        JsonNode computed = JsonDocument.MAPPER.readTree(out.toString()).at("/cases/0/computed");
        assertEquals(40, computed.get("n").intValue());
        assertEquals(5, computed.get("coef").size());
    }

    @Test
    void shouldRefuseInOneLine() throws IOException {
        Files.writeString(folder.resolve("own.csv"), "date,x_rv\n2024-01-01,1\n2024-01-02,1\n");
        refused("must be the name of a file beside the cases", "../own.csv", "x_rv");
        refused("must have a column y_rv", "own.csv", "y_rv");
        refused("log-HAR needs more than", "own.csv", "x_rv");
    }

    private void refused(String rule, String data, String column) throws IOException {
        Path file = file(
                "{\"data\": \"%s\", \"cases\": [{\"kind\": \"har\", \"column\": \"%s\"}]}".formatted(data, column));
        assertEquals(Conformance.BAD_INPUT, run(file));
        assertTrue(err.toString().contains(rule), err.toString());
    }

    private Path file(String document) throws IOException {
        return Files.writeString(folder.resolve("own.json"), document);
    }

    private int run(Path file) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Conformance.run(List.of(file), true, new PrintWriter(out), new PrintWriter(err));
    }
}
