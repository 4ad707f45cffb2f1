package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.ProofBundle;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourcesTest {
    private static final String WHAT_IF =
            "{\"account\": 4, \"changes\": [{\"in\": \"positions\", \"id\": \"BTC-PERP\", \"lots\": 5}]}";

    @TempDir
    private static Path keys;

    private static HttpFrontDoor door;

    @BeforeAll
    static void open() {
        door = HttpFrontDoor.open(0, Asked.ADMISSION, new OneEpoch(), new VerifyingKeys(keys), ProverLibrary.load());
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void shouldAnswerAWhatIfWithTheIntegersOfTheEvaluator() {
        JsonNode answer = ok(asked().post("/margin/what-if", WHAT_IF));
        // 5 lots of collateral gain 534,000 in the fall and lose 318,000; 15 lots long lose 1,800,000: stress
        // 2,118,000, spread 900, half a unit a lot 8.
        assertEquals(2_118_908, answer.at("/after/asBooked/initialMargin/u").longValue());
        assertEquals("211.8908", answer.at("/after/asBooked/initialMargin/usd").textValue());
        assertEquals(600_303, answer.at("/change/initialMargin/u").longValue());
        long sum = 0;
        for (JsonNode term : answer.at("/after/terms")) {
            sum += term.get("amount").longValue();
        }
        assertEquals(2_118_908, sum);
        assertEquals("BTC-PERP", answer.at("/after/portfolio/positions/0/id").textValue());
        assertEquals("joint", answer.at("/after/scenario/combo").textValue());
    }

    @Test
    void shouldServeThePageThatChecksProofs() {
        HttpResponse<String> page = asked().get("/verifier/index.html");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/html"));
        for (String part : new String[] {"page.js", "page.css", "wasm_exec.js", "verifier.wasm"}) {
            assertEquals(200, asked().get("/verifier/" + part).statusCode(), part);
        }
        assertEquals(404, asked().get("/verifier/other").statusCode());
    }

    @Test
    void shouldGiveBrowsersThePageOfTheFundAndProgramsItsFigures() {
        HttpResponse<String> page = Asked.send(asked().request("/fund")
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .build());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("Is the fund enough?"));
        String policy = page.headers().firstValue("content-security-policy").orElse("");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        for (String part : new String[] {"page.js", "charts.js", "words.js", "echarts.esm.min.js", "page.css"}) {
            assertEquals(200, asked().get("/dashboard/" + part).statusCode(), part);
        }
        for (String accept : new String[] {"*/*", "application/json"}) {
            HttpResponse<String> figures =
                    Asked.send(asked().request("/fund").header("Accept", accept).build());
            assertEquals(1, ok(figures).get("epoch").longValue(), accept);
        }
    }

    @Test
    void shouldShowTheBoardOfAHouseThatPublishesNoBuffer() {
        JsonNode board = ok(asked().get("/fund/board"));
        // Ten lots long lose 1,200,000 and the collateral 318,000 in the fall; the margin is 605 more.
        assertEquals(1_518_000, board.at("/now/accounts/0/direct").longValue());
        assertEquals(1_518_605, board.at("/now/accounts/0/margin").longValue());
        assertEquals(0, board.at("/now/need/u").longValue());
        assertTrue(board.at("/now/holds").booleanValue());
        assertTrue(board.path("certificate").isMissingNode());
        assertEquals(0, board.get("headroom").size());
        assertEquals(0, board.get("shortVolatility").size());
        assertEquals("without margin", board.at("/accounts/1/state").textValue());
        assertTrue(board.at("/now/unseen/upper").isMissingNode(), "who was never seen can lose anything");
        assertEquals(9, board.at("/now/unseen/accounts/0").intValue());
        // 1,500,000 of its own and the house's 500,000 stand in the fund; 1,500,000 more can be called.
        assertEquals(2_000_000, board.at("/fund/u").longValue());
        assertEquals(1_500_000, board.at("/callable/u").longValue());
    }

    @Test
    void shouldRefuseALeverByFieldValueAndRule() {
        HttpResponse<String> refused = asked().post("/fund/counterfactual", "{\"pausedVenue\": \"moon\"}");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("must be one of [perpetual-one]"), refused.body());
        assertEquals(
                400, asked().post("/fund/counterfactual", "{\"batches\": 101}").statusCode());
        assertEquals(400, asked().post("/fund/counterfactual", "{\"other\": 1}").statusCode());
    }

    @Test
    void shouldDiscloseInThreeForms() {
        JsonNode disclosed = ok(asked().get("/disclosures"));
        assertEquals("07".repeat(32), disclosed.get("seal").textValue());
        assertEquals("4.1", disclosed.at("/lines/0/field").textValue(), "first what was received");
        assertEquals("4.1.1", disclosed.at("/lines/1/field").textValue());
        assertEquals("50.0000", disclosed.at("/lines/1/value").textValue());
        int rows = disclosed.get("lines").size() + disclosed.get("notStated").size();
        JsonNode fund = ok(asked().get("/fund"));
        for (JsonNode line : disclosed.get("lines")) {
            if (line.get("field").textValue().equals("7.3.1")) {
                assertEquals(
                        fund.at("/layers/liquidity/usd").textValue(),
                        line.get("value").textValue());
            }
        }
        assertTrue(disclosed.toString().contains("7.3.1"));
        HttpResponse<String> csv = asked().get("/disclosures?format=csv");
        assertEquals(rows + 1, csv.body().lines().count());
        assertTrue(csv.body().startsWith("field,name,value,unit,scenario,epoch,time,seal"), csv.body());
        byte[] workbook =
                Asked.bytes(asked().request("/disclosures?format=xlsx").build());
        assertArrayEquals(new byte[] {'P', 'K', 3, 4}, Arrays.copyOf(workbook, 4));
        assertEquals(400, asked().get("/disclosures?format=pdf").statusCode());
    }

    @Test
    void shouldLayTheMethodsSideBySide() {
        JsonNode answer = ok(asked().post("/margin/comparison", "{\"account\": 4}"));
        // Ten lots of 0.001 BTC at 60,000 USD; the fall of 10 % costs 60 USD, that of 20 % 120 USD.
        assertEquals(6_000_000, answer.at("/notional/u").longValue());
        assertEquals(600_000, amount(answer, "cross"));
        assertEquals(900_000, amount(answer, "static"));
        assertEquals(1_200_000, amount(answer, "stress"));
        assertEquals("20.000", line(answer, "stress").get("share").textValue());
        assertTrue(line(answer, "value at risk").path("amount").isMissingNode());
    }

    @Test
    void shouldSayHowFarLiquidationIs() {
        String portfolio =
                "{\"portfolio\": {\"cash\": 1300000, \"positions\": [{\"id\": \"BTC-PERP\", \"lots\": 10}]}}";
        JsonNode answer = ok(asked().post("/margin/outlook", portfolio));
        assertEquals("open", answer.get("state").textValue());
        assertEquals("BTC \u221220 %", answer.at("/scenarios/0/text").textValue());
        JsonNode fall = answer.at("/distances/0");
        assertEquals("price of BTC", fall.get("what").textValue());
        assertTrue(fall.get("reached").booleanValue(), fall.toString());
        assertTrue(fall.get("level").textValue().startsWith("5"), fall.toString());
        assertFalse(answer.at("/distances/1/reached").booleanValue());
        assertEquals(0, answer.get("cures").size());
        assertTrue(answer.at("/largestTrades/0/sell").longValue() > 10);
        JsonNode call = ok(asked().post("/margin/outlook", portfolio.replace("1300000", "1000000")));
        assertEquals("call", call.get("state").textValue());
        assertEquals("deposit cash", call.at("/cures/0/kind").textValue());
        assertEquals(
                call.at("/excessInitial/u").longValue(),
                -call.at("/cures/0/capital/u").longValue());
    }

    private static long amount(JsonNode comparison, String method) {
        return line(comparison, method).at("/amount/u").longValue();
    }

    private static JsonNode line(JsonNode comparison, String method) {
        for (JsonNode line : comparison.get("lines")) {
            if (line.get("method").textValue().equals(method)) {
                return line;
            }
        }
        throw new AssertionError("no line " + method + " in " + comparison);
    }

    @Test
    void shouldAskAnAnswerAgain() {
        JsonNode portfolio = ok(asked().get("/accounts/4/margin")).get("portfolio");
        JsonNode margin = ok(asked().post("/margin", portfolio.toString()));
        assertEquals(ok(asked().get("/accounts/4/margin")), margin);
    }

    @Test
    void shouldListAccountsWithTheirReasons() {
        JsonNode accounts = ok(asked().get("/accounts"));
        assertEquals(2, accounts.size());
        assertEquals("open", accounts.at("/0/state").textValue());
        assertEquals(accounts.get(0), ok(asked().get("/accounts/4")));
        assertEquals(
                "venue perpetual-one never answered",
                accounts.at("/1/reasons/0").textValue());
        assertTrue(problem(404, asked().get("/accounts/9/margin"))
                .get("detail")
                .textValue()
                .contains("never answered"));
    }

    @Test
    void shouldServeEpochsRootsAndTheTable() throws Exception {
        JsonNode epoch = ok(asked().get("/epochs/1"));
        assertEquals("2024-05-23T18:00:00Z", epoch.get("time").textValue());
        assertEquals(
                SmallTable.TABLE.digest().hex(),
                epoch.at("/sealed/epoch/tableSha256").textValue());
        assertEquals(epoch, ok(asked().get("/epochs/latest")));
        assertEquals(epoch.get("sealed"), ok(asked().get("/epochs?limit=5")).get(0));
        byte[] table = Asked.bytes(asked().request("/epochs/1/table").build());
        assertArrayEquals(SmallTable.TABLE.encode(), table);
        assertEquals(SmallTable.TABLE, RiskTable.decode(table));
    }

    @Test
    void shouldNameWhatIsInQuarantine() {
        JsonNode payload = ok(asked().get("/quarantine")).get(0);
        assertEquals("result.positions[0].size", payload.at("/refusal/field").textValue());
        assertEquals(64, payload.get("document").textValue().length());
    }

    @Test
    void shouldGiveProofsInTheFormThatTheVerifierReads() {
        JsonNode proof = ok(asked().get("/epochs/1/proofs")).get(0);
        assertEquals(
                "account 4 has an initial margin of exactly 0.0005 USD, as booked",
                proof.get("says").textValue());
        assertEquals(
                new OneEpoch().proofs(1).getFirst(),
                ProofBundle.ofJson(proof.get("bundle").toString()));
    }

    @Test
    void shouldSayWhatTheFundMustHold() {
        JsonNode fund = ok(asked().get("/fund"));
        // Long 10 lots lose 1,200,000 in the fall, and 5 lots of collateral 318,000.
        assertEquals(1_518_000, fund.at("/need/u").longValue());
        assertEquals(1_518_000, fund.at("/totalUncovered/u").longValue());
        assertEquals(1_518_000, fund.at("/hiddenAffiliates/u").longValue());
        assertEquals(
                1_518_000,
                fund.at("/market/u").longValue(),
                "one loser: the need is more than six tenths of the total");
        assertEquals("desk", fund.at("/rows/0/members/0/member").textValue());
    }

    @ParameterizedTest
    @CsvSource({
        "/accounts/5,404",
        "/epochs/2,404",
        "/epochs/1/accounts/77/margin,404",
        "/accounts/five,400",
        "/epochs/1.5,400",
        "/epochs?limit=0,400",
        "/epochs?limit=x,400",
        "/quarantine?limit=1001,400",
        "/quarantine?from=0,400",
        "/fund/network?row=x,400",
        "/fund/network?row=2147483648,400",
        "/fund/network?lost=half,400"
    })
    void shouldAnswerAPathThatNamesNothingWithAProblem(String path, int status) {
        JsonNode problem = problem(status, asked().get(path));
        assertFalse(problem.get("detail").textValue().contains("io.bulwark"), problem.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"account": 4, "changes": [{"in": "positions", "id": "ETH-PERP", "lots": 5}]} | changes[0].id   | "ETH-PERP"
                    {"account": 4, "changes": [{"in": "positions", "id": "BTC-PERP", "lots": 0.5}]} | changes[0].lots | 0.5
                    {"account": 44}   | account | 44
                    {"accuont": 4}    | account | nothing
                    {"account": 4,}   | body    | line 1, column 15
                    []                | body    | []
                    """)
    void shouldNameFieldValueAndRuleOfABadWhatIf(String request, String field, String value) {
        JsonNode problem = problem(400, asked().post("/margin/what-if", request));
        assertEquals("urn:bulwark:problem:bad-input", problem.get("type").textValue());
        assertEquals(field, problem.get("field").textValue());
        assertEquals(value, problem.get("value").textValue());
        assertTrue(problem.get("rule").textValue().length() > 5);
        assertEquals("/margin/what-if", problem.get("instance").textValue());
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeOrMissing() {
        problem(400, asked().post("/margin/what-if", ""));
        problem(413, asked().post("/margin/what-if", " ".repeat(2_000_000)));
    }

    @Test
    void shouldRefuseABodyThatIsNotSaidToBeJson() {
        // A form on a foreign page can send text without asking first; it must not reach a resource.
        HttpRequest request = asked().request("/margin/what-if")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(WHAT_IF))
                .build();
        problem(415, Asked.send(request));
    }

    @Test
    void shouldRefuseAProofThatIsNone() {
        assertEquals("proof", refusedField("{}"));
        assertEquals("proof.key", refusedField("{\"proof\": {}}"));
        assertEquals("key", refusedField("{\"proof\": " + bundle() + "}"), "a key of another house");
        assertEquals(
                "verifier", refusedField("{\"proof\": " + bundle() + ", \"verifier\": \"https://bank.example/\"}"));
        assertEquals("claim", refusedField("{\"proof\": " + bundle() + ", \"claim\": \"excess\"}"));
    }

    private static String refusedField(String body) {
        return problem(400, asked().post("/verification", body)).get("field").textValue();
    }

    private static String bundle() {
        String element = "00".repeat(32);
        return "{\"format\":\"bulwark-proof\",\"version\":2,\"key\":\"" + element
                + "\",\"proof\":\"" + "00".repeat(128) + "00000001" + "00".repeat(64)
                + "\",\"publicInputs\":{\"seal\":\"" + element + "\",\"challenge\":\"" + element + "\",\"scope\":\""
                + element
                + "\",\"nullifier\":\"" + element + "\",\"statement\":\"" + element + "\"}}";
    }

    private static Asked asked() {
        return new Asked(door.address());
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return Asked.json(response);
    }

    private static JsonNode problem(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        JsonNode problem = Asked.json(response);
        assertEquals(status, problem.get("status").intValue());
        return problem;
    }
}
