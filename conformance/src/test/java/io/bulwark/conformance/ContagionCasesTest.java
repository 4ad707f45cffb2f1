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

/** Cases of the contagion buffer and of networks: the reference files, and inputs that mean nothing. */
final class ContagionCasesTest {
    private static final String BUFFER = """
            {"groups": [{"id": "G", "ladder": [{"fromMicro": 0, "ppmPerMusd": 200000}], "capPpm": 500000, "minExitMicro": 0}],
             "symbols": [{"id": "S", "group": 0, "unwindSet": "S", "priceMicro": 100}],
             "accounts": [{"id": "A", "position": [10], "equityMicro": 1000, "maintenanceMicro": 500}],
             "scenarios": [{"groupReturnPpm": [-100000]}], "spanPpm": 500000, "exitSharePpm": 250000, "ownSizeLimitPpm": 30000}
            """;
    private static final String VEGA = """
            {"h0Ppm": 0, "h1Ppm": 0, "rhoStarPpm": 0, "hMaxPpm": 0, "tenorDays": [3], "capacityMicro": [1], "volMovePoints": [1],
             "accounts": [{"id": "a", "class": "customer", "options": []}]}
            """;
    private static final String PUBLISH = """
            {"keepPpm": 0, "stressWeightPpm": 0, "certified": [1], "previous": [1], "stressed": [1], "bound": [1]}
            """;
    private static final String CLEARING = """
            {"liabilities": [["0", "1"], ["0", "0"]], "externalAssets": ["0", "0"], "externalLiabilities": ["0", "0"], "alpha": "1", "beta": "1"}
            """;

    private static final String DEBT_RANK = """
            {"exposures": [[0, 1], [0, 0]], "equity": [1, 1], "initialDistress": ["0", "1/2"], "economicValue": [1, 1]}
            """;
    private static final String SALE = """
            {"banks": [{"theta": 1, "pi": [1], "C": 1}], "depth": [100], "shock": [0.1], "lmax": 30, "lb": 10}
            """;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldAgreeWithEveryCaseOfTheContagionBuffer() throws IOException {
        agrees("contagion/contagion_buffer.json", 73);
    }

    @Test
    void shouldAgreeWithEveryClearingVector() throws IOException {
        agrees("contagion/clearing_eisenberg_noe_rogers_veraart.json", 28);
    }

    @Test
    void shouldAgreeWithEveryDebtRank() throws IOException {
        agrees("contagion/debtrank.json", 11);
    }

    @Test
    void shouldAgreeWithEveryFireSale() throws IOException {
        agrees("contagion/fire_sale.json", 13);
    }

    @Test
    void shouldComputeTheFormsFromWhichTheRefusedAreMade() throws IOException {
        for (Path file : List.of(file("buffer", BUFFER), file("buffer.vega", VEGA), file("buffer.publish", PUBLISH))) {
            assertEquals(Conformance.AGREES, run(file), err::toString);
        }
        assertEquals(Conformance.AGREES, run(file("clearing", CLEARING)), err::toString);
        assertEquals(Conformance.AGREES, run(file("debtrank", DEBT_RANK)), err::toString);
    }

    @Test
    void shouldRefuseWhatMeansNothing() throws IOException {
        refuses("buffer", BUFFER, "\"capPpm\": 500000", "\"capPpm\": 1000001", "capPpm of group G");
        refuses("buffer", BUFFER, "200000", "-1", "ppmPerMusd must be >= 0");
        refuses("buffer", BUFFER, "{\"groupReturnPpm\": [-100000]}", "", "scenarios must not be empty");
        refuses("buffer", BUFFER, "\"spanPpm\": 500000", "\"spanPpm\": 0", "spanPpm");
        refuses("buffer", BUFFER, "1000,", "72057594037927936,", "equity of account A must lie below 2^56");
        refuses("buffer", BUFFER, "\"maintenanceMicro\": 500", "\"maintenanceMicro\": -1", "maintenance of account A");
        refuses("buffer", BUFFER, "[10]", "[10, 1]", "must have 1 entries");
        refuses("buffer", BUFFER, "[10]", "[9223372036854775807]", "times its price must fit 64 bits");
        refuses("buffer", BUFFER, "\"group\": 0", "\"group\": 1", "group of symbol S");
        refuses("buffer.vega", VEGA, "\"capacityMicro\": [1]", "\"capacityMicro\": [0]", "capacityMicro must be > 0");
        refuses("buffer.vega", VEGA, "customer", "friend", "must be customer or dealer");
        refuses("buffer.publish", PUBLISH, "\"bound\": [1]", "\"bound\": []", "one length");
        refuses(
                "clearing",
                CLEARING,
                "\"externalAssets\": [\"0\"",
                "\"externalAssets\": [\"-1\"",
                "externalAssets[0] must be >= 0");
        refuses("clearing", CLEARING, "\"alpha\": \"1\"", "\"alpha\": \"3/2\"", "alpha must be within 0");
        refuses("clearing", CLEARING, "[\"0\", \"1\"]", "[\"1\", \"1\"]", "liabilities[0][0] must be 0");
        refuses("debtrank", DEBT_RANK, "\"equity\": [1, 1]", "\"equity\": [1, 0]", "equity[1] must be > 0");
        refuses(
                "debtrank",
                DEBT_RANK,
                "\"economicValue\": [1, 1]",
                "\"economicValue\": [0, 0]",
                "economicValue must not be 0");
        refuses("firesale.cs", SALE, "\"depth\": [100]", "\"depth\": [0]", "depth[0] must be > 0");
        refuses("firesale.cs", SALE, "\"lb\": 10", "\"lb\": 40", "lb must be > 0 and at most lmax");
    }

    private void agrees(String reference, int cases) throws IOException {
        assertEquals(Conformance.AGREES, run(ReferenceFolder.file(reference)), () -> err.toString());
        JsonNode all = JsonDocument.MAPPER.readTree(out.toString()).get("cases");
        assertTrue(all.size() >= cases, "have " + all.size());
        all.forEach(
                c -> assertTrue(c.get("computed").isContainerNode(), c.get("id").asText()));
    }

    private void refuses(String kind, String inputs, String part, String instead, String words) throws IOException {
        assertTrue(inputs.contains(part), part);
        assertEquals(Conformance.BAD_INPUT, run(file(kind, inputs.replace(part, instead))), words);
        assertEquals("", out.toString());
        assertTrue(err.toString().contains(words), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    private Path file(String kind, String inputs) throws IOException {
        return Files.writeString(
                folder.resolve(kind + ".json"),
                "{\"cases\": [{\"kind\": \"%s\", \"inputs\": %s}]}".formatted(kind, inputs));
    }

    private int run(Path file) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Conformance.run(List.of(file), true, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
