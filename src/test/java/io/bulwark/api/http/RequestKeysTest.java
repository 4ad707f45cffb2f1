package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.access.Access;
import io.bulwark.clearing.access.AccessRegister.RequestKeys;
import io.bulwark.clearing.access.AccessRegister.RequestKeys.Known;
import io.bulwark.clearing.access.OversightRegister;
import io.bulwark.clearing.document.Digest;
import io.bulwark.tier.OfHouse;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are asked again by the key that names them. */
@OfHouse
final class RequestKeysTest {
    private static final String HOLD = "{\"account\": 1, \"reason\": \"%s\", \"days\": 3}";

    /** What changes nothing, is the same again by what it is asked, or answers with a secret of a session. */
    private static final Set<String> WITHOUT = Set.of(
            "POST /access/challenge",
            "POST /access/consents/prepare",
            "POST /access/session",
            "POST /access/sign-in",
            "POST /access/sign-out",
            "POST /fund/counterfactual",
            "POST /fund/scenarios/likelihood",
            "POST /margin",
            "POST /margin/comparison",
            "POST /margin/outlook",
            "POST /margin/venues",
            "POST /margin/what-if",
            "POST /proofs",
            "POST /venues/{number}/reports",
            "POST /venues/{number}/snapshots",
            "POST /verification");

    private static SealedHouse sealed;
    private static DoorClient client;
    private static String anna;
    private static String otto;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        sealed = SealedHouse.in(folder);
        client = new DoorClient(sealed);
        anna = sealed.token("auditor", "anna");
        otto = sealed.token("operator", "otto");
    }

    @AfterAll
    static void close() {
        sealed.close();
    }

    @Test
    void shouldTakeAKeyWhereverSomethingIsDoneThatIsNotTheSameAgain() throws Exception {
        TreeSet<String> neither = new TreeSet<>();
        for (RouteTable.Row row : RouteTable.rows()) {
            if (row.method().equals("POST") && Access.takesKey(row.route()) == WITHOUT.contains(row.route())) {
                neither.add(row.route());
            }
        }
        assertEquals(Set.of(), neither);
        String described = client.send("GET", "/openapi.yml", "", "").body();
        assertEquals(13, described.split("name: Idempotency-Key", -1).length, "of twelve operations");
    }

    @Test
    void shouldAnswerAgainAndDoNothingAgain() throws Exception {
        int before = holds();
        HttpResponse<String> first = post("/access/holds", otto, "\"a-1\"", HOLD.formatted("court"));
        assertEquals(200, first.statusCode(), first.body());
        for (String key : List.of("\"a-1\"", "a-1")) {
            HttpResponse<String> again = post("/access/holds", otto, key, HOLD.formatted("court"));
            assertEquals(200, again.statusCode());
            assertEquals(first.body(), again.body());
            assertEquals(
                    first.headers().firstValue("content-type"), again.headers().firstValue("content-type"));
            assertEquals(
                    "true", again.headers().firstValue("idempotent-replayed").orElse(""));
            assertEquals("no-store", again.headers().firstValue("cache-control").orElse(""));
        }
        assertEquals(before + 1, holds());
        assertEquals(
                422, post("/access/holds", otto, "a-1", HOLD.formatted("other")).statusCode());
        assertEquals(422, post("/access/holds/1/end", otto, "a-1", "").statusCode());
        assertEquals(
                200, post("/access/holds", anna, "a-1", HOLD.formatted("hers")).statusCode(), "another's key");
        assertEquals(before + 2, holds());
        HttpResponse<String> refused = post("/access/holds/99/confirm", otto, "a-2", "");
        assertEquals(400, refused.statusCode());
        HttpResponse<String> same = post("/access/holds/99/confirm", otto, "a-2", "");
        assertEquals(refused.body(), same.body());
        assertTrue(same.headers().firstValue("content-type").orElse("").startsWith("application/problem+json"));
    }

    @Test
    void shouldNotAnswerWhoMayNoLongerAsk() throws Exception {
        String rita = sealed.token("operator", "rita");
        assertEquals(
                200, post("/access/holds", rita, "k", HOLD.formatted("rita")).statusCode());
        sealed.verb(0, "access", "revoke", "rita");
        HttpResponse<String> gone = post("/access/holds", rita, "k", HOLD.formatted("rita"));
        assertEquals(401, gone.statusCode(), gone.body());
        assertEquals(
                403,
                post("/access/holds", sealed.token("member", "vela", "--member", "vela"), "k", "{}")
                        .statusCode());
        assertEquals(401, post("/access/holds", "", "k", HOLD.formatted("rita")).statusCode());
    }

    @Test
    void shouldDoARequestOnceThatComesManyTimesAtOnce() throws Exception {
        int before = holds();
        List<Future<HttpResponse<String>>> asked = new ArrayList<>();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                asked.add(many.submit(() -> post("/access/holds", otto, "at-once", HOLD.formatted("at once"))));
            }
        }
        TreeSet<String> bodies = new TreeSet<>();
        for (Future<HttpResponse<String>> one : asked) {
            int status = one.get().statusCode();
            assertTrue(status == 200 || status == 409, one.get().body());
            if (status == 200) {
                bodies.add(one.get().body());
            }
        }
        assertEquals(1, bodies.size());
        assertEquals(before + 1, holds());
    }

    /** A process that ended before it answered leaves a key that is never done again. */
    @Test
    void shouldNotDoAgainWhatWasCutShort() throws Exception {
        RequestKeys keys = new RequestKeys(sealed.house().database());
        Digest request = Digest.sha256(("POST /access/holds?null\n" + HOLD.formatted("cut")).getBytes());
        assertEquals(new Known.Nothing(), keys.begin("otto", "cut", request, Instant.now()));
        int before = holds();
        assertEquals(
                409, post("/access/holds", otto, "cut", HOLD.formatted("cut")).statusCode());
        assertEquals(before, holds());
        keys.forget("otto", "cut");
        assertEquals(
                200, post("/access/holds", otto, "cut", HOLD.formatted("cut")).statusCode());
        Instant tomorrow = Instant.now().plus(RequestKeys.KEPT).plusSeconds(1);
        assertEquals(new Known.Nothing(), keys.begin("otto", "cut", request, tomorrow), "a day later it is forgotten");
        for (int i = 1; i < RequestKeys.KEYS_MAX; i++) {
            keys.begin("ernst", "k" + i, request, tomorrow);
        }
        assertEquals(new Known.Nothing(), keys.begin("ernst", "k0", request, tomorrow));
        assertEquals(new Known.TooMany(), keys.begin("ernst", "one more", request, tomorrow));
    }

    @Test
    void shouldRefuseAKeyThatIsNone() throws Exception {
        for (String key : List.of("\"\"", "a b", "\"half", "k".repeat(65), "a\"b", "\"a\\\\b\"")) {
            HttpResponse<String> answer = post("/access/holds", otto, key, HOLD.formatted("none"));
            assertEquals(400, answer.statusCode(), key + answer.body());
            assertEquals(
                    "Idempotency-Key",
                    DoorClient.JSON.readTree(answer.body()).path("field").asText());
        }
    }

    private static int holds() {
        return new OversightRegister(sealed.house().database()).holds().size();
    }

    private static HttpResponse<String> post(String path, String bearer, String key, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(client.request("POST", path, bearer, body), (name, value) -> true)
                            .header("Idempotency-Key", key)
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
