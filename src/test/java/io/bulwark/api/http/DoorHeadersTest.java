package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.tier.OfHouse;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What headers of a request change of what a sealed house answers, and what they must not. */
@OfHouse
final class DoorHeadersTest {
    /** Routes of the framework's own, and streams: they are answered anew each time. */
    private static final Set<String> UNTAGGED =
            Set.of("/health", "/health/liveness", "/prometheus", "/fund/board/stream", "/alerts/stream");

    private static final Map<String, String> BEARERS = new LinkedHashMap<>();

    private static SealedHouse sealed;
    private static DoorClient client;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        sealed = SealedHouse.in(folder);
        client = new DoorClient(sealed);
        BEARERS.put("none", "");
        BEARERS.put("member", sealed.token("member", "vela", "--member", "vela"));
        BEARERS.put("owner", client.session("mine", Scheme.EIP191));
        BEARERS.put("manager", sealed.token("fund-manager", "maria"));
        BEARERS.put("auditor", sealed.token("auditor", "anna"));
        BEARERS.put("operator", sealed.token("operator", "otto"));
        BEARERS.put("house", sealed.door().link().getQuery().substring("token=".length()));
    }

    @AfterAll
    static void close() {
        sealed.close();
    }

    /** Any tag is known where {@code If-None-Match} is a star: still nobody is told of what he may not see. */
    @Test
    void shouldTellNobodyByATagWhatHeMayNotSee() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (RouteTable.Row row : RouteTable.rows()) {
                for (Map.Entry<String, Integer> one : row.expected().entrySet()) {
                    if (!row.method().equals("GET")) {
                        continue;
                    }
                    HttpRequest request = HttpRequest.newBuilder(
                                    client.request("GET", row.path(), BEARERS.get(one.getKey()), ""),
                                    (name, value) -> true)
                            .header("If-None-Match", "*")
                            .timeout(Duration.ofSeconds(60))
                            .build();
                    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
                    answer.body().close();
                    int expected = one.getValue() == 200 && !UNTAGGED.contains(row.path()) ? 304 : one.getValue();
                    boolean tagged = answer.headers().firstValue("etag").isPresent();
                    if (answer.statusCode() != expected || tagged != (expected == 304)) {
                        wrong.add(row.route() + " as " + one.getKey() + ": " + answer.statusCode() + ", not " + expected
                                + (tagged ? ", tagged" : ""));
                    }
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** A look by consent is written down, also where it is answered that nothing is new. */
    @Test
    void shouldWriteDownALookThatATagAnswers() throws Exception {
        String session = client.session("mine", Scheme.EIP191);
        String maria = BEARERS.get("manager");
        String path = "/accounts/" + SealedHouse.MINE + "/margin";
        String consent = client.consent(session, "give", "maria", "positions", Scheme.EIP191);
        assertEquals(
                200, client.send("POST", "/access/consents", session, consent).statusCode());
        String tag =
                client.send("GET", path, maria, "").headers().firstValue("etag").orElseThrow();
        int before = looks(session);
        assertEquals(304, known(path, maria, tag));
        assertEquals(before + 1, looks(session));
        String end = client.consent(session, "revoke", "maria", "positions", Scheme.EIP191);
        assertEquals(200, client.send("POST", "/access/consents", session, end).statusCode());
        assertEquals(404, known(path, maria, tag), "no more by the tag than without it");
    }

    private static int known(String path, String bearer, String tag) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(client.request("GET", path, bearer, ""), (name, value) -> true)
                    .header("If-None-Match", tag)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static int looks(String bearer) throws Exception {
        return DoorClient.JSON
                .readTree(client.send("GET", "/access/log", bearer, "").body())
                .path("looks")
                .size();
    }
}
