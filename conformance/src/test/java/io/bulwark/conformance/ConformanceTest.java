package io.bulwark.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** The conformance command on the reference data, and on small files of its own. */
final class ConformanceTest {
    private static final String TABLE = """
        {"format": 2, "builder": {"about": "one row", "half": 0.5}, "table": {
         "rows": [{"x": -1000000, "vs": 0}],
         "families": [{"name": "J", "f": [[0]]}],
         "combos": [{"name": "joint", "w": {"J": 1000000}}],
         "moves": [{"u": "ETH", "shock": [-200000], "damp": [1000000], "es": [0]}],
         "esVol": [0], "esWeights": [1000000],
         "groups": [{"u": "ETH", "skew": {"steep": 0, "flat": 0, "psi": 0}, "crowding": {"chi": 0, "knots": []},
           "impact": {"long": 1000, "short": 1000, "knots": []}, "contagion": {"long": 0, "short": 0, "knots": []}, "basis": []}],
         "instruments": [{"id": "ETH-PERP", "u": "ETH", "paidUp": 0, "value": 0, "row": [-40000], "es": [0],
           "delta": {"ETH": 200000}, "vega": {}, "spread": 100, "crowd": [0, 0], "knots": [], "bound": 200000}],
         "assets": [],
         "parameters": {"tail": 10000, "phi": 800000, "cashResidual": 10000, "minimumMargin": 250000,
           "limit": 1152921504606846976, "lotsMax": 2147483647}}}
        """;

    @TempDir
    private Path folder = Path.of("");

    private String out = "";
    private String err = "";

    @Test
    void shouldAgreeWithEveryMarginCaseOfTheReferenceData() throws IOException {
        assertEquals(Conformance.AGREES, run(true, ReferenceFolder.file("margin/formula_cases.json")));
        assertTrue(cases().size() >= 214);
        cases().forEach(c -> assertFalse(c.get("computed").isNull(), c.get("id").asText()));
    }

    @Test
    void shouldAgreeWithEveryCaseOfVenueRisk() throws IOException {
        assertEquals(Conformance.AGREES, run(true, ReferenceFolder.file("margin/venue_cases.json")));
        assertTrue(cases().size() >= 96);
        cases().forEach(c -> assertFalse(c.get("computed").isNull(), c.get("id").asText()));
    }

    @Test
    void shouldAgreeWithEveryCaseOfDefaultManagementAndCapital() {
        for (String name : List.of(
                "adl", "allocation_es", "basel", "historic_events", "reuse_auction", "sa_ccr", "waterfall_cover")) {
            int code = run(false, ReferenceFolder.file("contagion/" + name + ".json"));
            assertEquals(Conformance.AGREES, code, out);
        }
    }

    @Test
    void shouldAgreeWithTheStraddleOfTheSourceText() throws IOException {
        assertEquals(Conformance.AGREES, run(true, ReferenceFolder.file("margin/straddle.json")));
        assertEquals(3, cases().size());
    }

    @Test
    void shouldPrintAWitnessForEveryAccountThatHasAMargin() throws IOException {
        run(true, ReferenceFolder.file("margin/formula_cases.json"));
        cases().forEach(c -> {
            if (c.get("computed").has("IM")) {
                assertEquals(
                        5, c.get("computed").get("witness").size(), c.get("id").asText());
            }
        });
    }

    @Test
    void shouldAgreeWithEveryOptionTableOfTheReferenceData() {
        for (String name : List.of(
                "haug_bsm_prices",
                "haug_bsm_greeks",
                "haug_merton76",
                "american_edge_cases",
                "american_ju_vs_binomial",
                "two_asset_basket",
                "bivariate_normal_cdf",
                "bivariate_student_t_cdf")) {
            int code = run(false, ReferenceFolder.file("vectors/" + name + ".csv"));
            assertEquals(Conformance.AGREES, code, out);
            assertTrue(out.contains("agrees       " + name + ":1: "), out);
        }
    }

    @Test
    void shouldAgreeWithThePublishedTailsOfTheDanishFireLosses() throws IOException {
        assertEquals(Conformance.AGREES, run(true, ReferenceFolder.file("vectors/evt_gpd_danish.json")));
        assertEquals(14, cases().getFirst().get("computed").size());
    }

    @Test
    void shouldSayWhichKindsAreNotKnown() throws IOException {
        Path file = folder.resolve("other.csv");
        Files.writeString(file, "# result: colour; tolerance: 0\nshape,colour\n1,2\n");
        assertEquals(Conformance.UNKNOWN_KIND, run(true, file));
        cases().forEach(c ->
                assertTrue(c.get("computed").isNull() && c.get("unsupported").booleanValue()));
    }

    @Test
    void shouldRefuseASeriesByName() throws IOException {
        assertEquals(Conformance.BAD_INPUT, run(true, ReferenceFolder.file("margin/btc_daily.csv")));
        assertEquals("", out);
        assertTrue(err.contains("btc_daily.csv: is data, not cases"), err);
    }

    @Test
    void shouldComputeACaseWithoutExpectation() throws IOException {
        Path file = cases("{\"id\": 7, \"kind\": \"margin\", %s}".formatted(account("[\"ETH-PERP\", 10]")));
        assertEquals(Conformance.AGREES, run(true, file));
        JsonNode only = cases().getFirst();
        assertTrue(only.get("id").isInt(), "an id is printed as in the file");
        // 10·40 000 stress, 10·100 spread, 0.1 % impact of 10·200 000, half a unit a lot.
        assertEquals(400_000 + 1_000 + 2_000 + 5, only.get("computed").get("IM").longValue());
    }

    @Test
    void shouldNeverReadTheExpectationToCompute() throws IOException {
        String inputs = "\"kind\": \"margin\", " + account("[\"ETH-PERP\", 10]");
        Path wrong = cases("{%s, \"expected\": {\"IM\": 403006}}".formatted(inputs));
        assertEquals(Conformance.DIFFERS, run(true, wrong));
        assertEquals(403_005, cases().getFirst().get("computed").get("IM").longValue());
        assertEquals(Conformance.DIFFERS, run(false, wrong));
        assertTrue(out.contains("IM: computed 403005, expected 403006"), out);
    }

    @Test
    void shouldNameACaseByIdElseNameElseNumber() throws IOException {
        String inputs = "\"kind\": \"margin-error\", " + account("[\"BTC-PERP\", 10]");
        assertEquals(
                Conformance.AGREES,
                run(
                        true,
                        cases("{\"id\": \"a\", \"name\": \"b\", %1$s}, {\"name\": \"c\", %1$s}, {%1$s}"
                                .formatted(inputs))));
        assertEquals(
                List.of("a", "c", "own:3"),
                cases().stream().map(c -> c.get("id").textValue()).toList());
        assertEquals(
                "UNKNOWN_ID", cases().getFirst().get("computed").get("error").textValue());
    }

    @Test
    void shouldTakeIntegersOfAnySize() throws IOException {
        String inputs = "\"kind\": \"margin-error\", " + account("[\"ETH-PERP\", -123456789012345678901234567890]");
        run(true, cases("{%s}".formatted(inputs)));
        assertEquals(
                "OUT_OF_RANGE", cases().getFirst().get("computed").get("error").textValue());
    }

    @Test
    void shouldPrintNullWhereAnAdmittedAccountHasNoError() throws IOException {
        run(true, cases("{\"kind\": \"margin-error\", %s}".formatted(account("[\"ETH-PERP\", 1]"))));
        assertTrue(cases().getFirst().get("computed").get("error").isNull());
    }

    @Test
    void shouldComputeOptionRowsWithoutAResultColumn() throws IOException {
        Path file = folder.resolve("mine.csv");
        Files.writeString(
                file,
                "# result: price; tolerance: 0.0001 (absolute)\ntype,strike,spot,q,r,T,vol\nC,65,60,0,0.08,0.25,0.3\n");
        assertEquals(Conformance.AGREES, run(true, file));
        assertEquals("mine:1", cases().getFirst().get("id").textValue());
        assertEquals(2.1334, cases().getFirst().get("computed").get("price").doubleValue(), 1e-4);
    }

    @Test
    void shouldGiveOneClearLineForBadInput() throws IOException {
        String kind = "\"kind\": \"margin\", ";
        refused("there is no such file", folder.resolve("none.json"));
        refused("must hold one JSON document", write("{\"cases\": ["));
        refused("holds no cases", write("{\"cases\": 3}"));
        refused("must name a risk table", write("{\"cases\": [{" + kind + account("") + "}]}"));
        refused(
                "case own:1.cash = 1.5: must be an integer",
                cases("{" + kind + account("").replace("0", "1.5") + "}"));
        refused(
                "positions[0][1] = \"2\": must be an integer",
                cases("{" + kind + account("[\"ETH-PERP\", \"2\"]") + "}"));
        refused("debt: is missing", cases("{" + kind + account("").replace("debt", "dept") + "}"));
        refused(
                "must be the name of a file beside the cases",
                write("{\"table\": \"../table.json\", \"cases\": [{" + kind + account("") + "}]}"));
    }

    private void refused(String reason, Path file) {
        assertEquals(Conformance.BAD_INPUT, run(true, file), reason);
        assertEquals("", out);
        assertTrue(err.contains(reason) && err.lines().count() == 1, err);
    }

    private static String account(String positions) {
        return "\"cash\": 0, \"positions\": [%s], \"paid\": [], \"collateral\": [], \"debt\": []".formatted(positions);
    }

    private Path cases(String cases) throws IOException {
        Files.writeString(folder.resolve("table.json"), TABLE);
        return write("{\"table\": \"table.json\", \"cases\": [%s]}".formatted(cases));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("own.json"), text);
    }

    private int run(boolean json, Path... files) {
        StringWriter result = new StringWriter();
        StringWriter fault = new StringWriter();
        int code = Conformance.run(List.of(files), json, new PrintWriter(result), new PrintWriter(fault));
        out = result.toString();
        err = fault.toString();
        return code;
    }

    private List<JsonNode> cases() throws IOException {
        JsonNode document = JsonDocument.MAPPER.readTree(out);
        assertEquals(1, document.size());
        return document.get("cases").valueStream().toList();
    }
}
