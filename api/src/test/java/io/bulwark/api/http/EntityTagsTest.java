package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.account.SmallTable;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagsTest {
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
    void shouldTagARiskTableByTheDigestThatItsEpochSealed() {
        HttpResponse<String> table = get("/epochs/1/table");
        assertEquals("\"" + SmallTable.TABLE.digest().hex() + "\"", tag(table));
        assertEquals("public, no-cache", header(table, "cache-control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/epochs",
                "/epochs/latest",
                "/epochs/1",
                "/epochs/1/table",
                "/epochs/1/proofs",
                "/epochs/1/accounts/4/margin",
                "/accounts",
                "/accounts/4/margin",
                "/fund",
                "/fund/board",
                "/disclosures",
                "/disclosures?format=csv",
                "/house.json",
                "/openapi.yml",
                "/"
            })
    void shouldTagAnAnswerByItsBytesAndNotGiveItTwice(String path) {
        byte[] bytes = Asked.bytes(request(path).build());
        HttpResponse<String> answer = get(path);
        assertEquals("\"" + Digest.sha256(bytes).hex() + "\"", tag(answer), path);
        for (String known : new String[] {tag(answer), "W/" + tag(answer), "\"other\", " + tag(answer), "*"}) {
            HttpResponse<String> same =
                    Asked.send(request(path).header("If-None-Match", known).build());
            assertEquals(304, same.statusCode(), path + " " + known);
            assertEquals("", same.body());
            assertEquals(tag(answer), tag(same));
            assertEquals(header(answer, "cache-control"), header(same, "cache-control"));
            assertEquals("", header(same, "content-type"));
        }
        HttpResponse<String> other = Asked.send(request(path)
                .header("If-None-Match", "\"" + "0".repeat(64) + "\", nonsense")
                .build());
        assertEquals(200, other.statusCode());
        assertEquals(answer.body(), other.body());
        assertEquals(header(answer, "content-type"), header(other, "content-type"));
    }

    @Test
    void shouldLeaveToNobodysKeepingWhatIsNotForEverybody() {
        for (String path :
                new String[] {"/epochs/1", "/epochs/1/proofs", "/accounts/4/margin", "/fund", "/disclosures"}) {
            assertEquals("no-store", header(get(path), "cache-control"), path);
        }
        for (String path : new String[] {"/house.json", "/openapi.yml", "/"}) {
            assertEquals("public, no-cache", header(get(path), "cache-control"), path);
        }
    }

    /** Whoever may not see an answer is told the same whatever tag he brings: not that he guessed it, nor that there is one. */
    @Test
    void shouldTellAStrangerNothingByATag() {
        String known = tag(get("/accounts/4/margin"));
        for (String brought : new String[] {known, "*"}) {
            for (String path : new String[] {"/accounts/4/margin", "/accounts/5/margin", "/no/such/place"}) {
                HttpResponse<String> refused =
                        Asked.send(HttpRequest.newBuilder(door.address().resolve(path))
                                .header("If-None-Match", brought)
                                .build());
                assertEquals(401, refused.statusCode(), path);
                assertEquals("", tag(refused));
                assertEquals("no-store", header(refused, "cache-control"));
            }
        }
        HttpResponse<String> absent = Asked.send(
                request("/accounts/5/margin").header("If-None-Match", "*").build());
        assertEquals(404, absent.statusCode());
        assertEquals("", tag(absent));
    }

    @Test
    void shouldAnswerARequestThatAsksForMoreThanToRead() {
        HttpResponse<String> computed = Asked.send(request("/margin/what-if")
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .POST(HttpRequest.BodyPublishers.ofString("{\"account\": 4, \"changes\": []}"))
                .build());
        assertEquals(200, computed.statusCode());
        assertEquals("", tag(computed));
    }

    @Test
    void shouldTagByWhatIsAnsweredAndNotByWhere() {
        assertNotEquals(tag(get("/epochs/1/table")), tag(get("/house.json")));
        HttpResponse<String> page =
                Asked.send(request("/").header("Accept", "text/html").build());
        assertNotEquals(tag(get("/")), tag(page));
        assertEquals("Accept", header(page, "vary"));
        HttpResponse<String> figures = Asked.send(request("/")
                .header("Accept", "application/json")
                .header("If-None-Match", tag(page))
                .build());
        assertEquals(200, figures.statusCode());
    }

    @Test
    void shouldTagForWhoeverAsksForTheHeadAlone() throws Exception {
        HttpRequest head = request("/epochs/1/table")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer = client.send(head, HttpResponse.BodyHandlers.discarding());
            assertEquals(200, answer.statusCode());
            assertEquals(
                    tag(get("/epochs/1/table")),
                    answer.headers().firstValue("etag").orElse(""));
        }
    }

    @Test
    void shouldDescribeTagAndNotModifiedOfWhatIsRead() {
        String described = get("/openapi.yml").body();
        assertTrue(described.contains("If-None-Match") && described.contains("'304':"), "the description says so");
        assertEquals(described.split("'304':", -1).length, described.split("name: If-None-Match", -1).length);
    }

    private static HttpRequest.Builder request(String path) {
        return new Asked(door.address()).request(path);
    }

    private static HttpResponse<String> get(String path) {
        HttpResponse<String> answer = new Asked(door.address()).get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer;
    }

    private static String tag(HttpResponse<?> answer) {
        return header(answer, "etag");
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
