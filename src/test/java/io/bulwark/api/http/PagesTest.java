package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.clearing.access.OversightRegister;
import io.bulwark.clearing.access.OversightRegister.Actor;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.tier.OfHouse;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Lists that are given part by part, while rows arrive, and cursors as an attacker makes them. */
@OfHouse
final class PagesTest {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final int PAGES_MAX = 200;

    private static SealedHouse sealed;
    private static DoorClient client;
    private static String house;
    private static String anna;
    private static String otto;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        sealed = SealedHouse.in(folder);
        client = new DoorClient(sealed);
        house = sealed.door().link().getQuery().substring("token=".length());
        anna = sealed.token("auditor", "anna");
        otto = sealed.token("operator", "otto");
        sealed.sealAgain();
        sealed.sealAgain();
    }

    @AfterAll
    static void close() {
        sealed.close();
    }

    /** Every list of the description: its parts, one row each, are the whole, each row once. */
    @Test
    void shouldGiveEveryListOnePartAfterAnother() throws Exception {
        List<String> paged = pagedPaths();
        assertTrue(paged.size() >= 15, paged.toString());
        List<String> wrong = new ArrayList<>();
        TreeSet<String> several = new TreeSet<>();
        for (String path : paged) {
            Map<String, List<String>> whole =
                    rows(DoorClient.JSON.readTree(get(path, house).body()));
            TreeMap<String, List<String>> parts = new TreeMap<>();
            int pages = 0;
            Optional<String> next = Optional.of(path + "?limit=1");
            while (next.isPresent() && pages++ < PAGES_MAX) {
                HttpResponse<String> part = get(next.get(), house);
                rows(DoorClient.JSON.readTree(part.body()))
                        .forEach((list, rows) -> parts.computeIfAbsent(list, none -> new ArrayList<>())
                                .addAll(rows));
                next = next(part);
            }
            if (pages > 2) {
                several.add(path);
            }
            whole.forEach((list, rows) -> {
                if (!sorted(rows).equals(sorted(parts.getOrDefault(list, List.of())))) {
                    wrong.add(path + " " + list + ": " + rows.size() + " rows, in parts "
                            + parts.getOrDefault(list, List.of()).size());
                }
            });
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(
                several.containsAll(List.of(
                        "/accounts", "/epochs", "/links", "/alerts/rules", "/fund/calls", "/accounts/1/history")),
                "lists of several rows: " + several);
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    /** Rows of an answer by the name of their list; what stands of alerts is in every part. */
    private static Map<String, List<String>> rows(JsonNode answer) {
        TreeMap<String, List<String>> rows = new TreeMap<>();
        if (answer.isArray()) {
            rows.put("", texts(answer));
        } else {
            answer.properties().stream()
                    .filter(field ->
                            field.getValue().isArray() && !field.getKey().equals("standing"))
                    .forEach(field -> rows.put(field.getKey(), texts(field.getValue())));
        }
        return rows;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::toString).toList();
    }

    @SuppressWarnings("unchecked") // a mapping of a description has texts as keys
    private static List<String> pagedPaths() throws Exception {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(1_000);
        Map<String, Object> described =
                new Yaml(limits).load(get("/openapi.yml", "").body());
        Map<String, String> examples = new TreeMap<>();
        for (RouteTable.Row row : RouteTable.rows()) {
            examples.put(row.route(), row.path());
        }
        List<String> paged = new ArrayList<>();
        ((Map<String, Map<String, Map<String, Object>>>) Objects.requireNonNull(described.get("paths")))
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    if (String.valueOf(operation.get("parameters")).contains("name=cursor")) {
                        assertTrue(String.valueOf(operation.get("responses")).contains("rel=next"), path);
                        paged.add(examples.get("GET " + path));
                    }
                }));
        return paged;
    }

    /** The newest first: what is sealed between two parts is in neither, and what was there is in one. */
    @Test
    void shouldNeitherSkipNorRepeatAnEpochWhileOthersAreSealed() throws Exception {
        long last = sealed.house().archive().last();
        List<Long> seen = new ArrayList<>();
        Optional<String> next = Optional.of("/epochs?limit=1");
        while (next.isPresent() && seen.size() <= last) {
            HttpResponse<String> part = get(next.get(), anna);
            seen.add(DoorClient.JSON.readTree(part.body()).at("/0/epoch/number").asLong());
            sealed.sealAgain();
            next = next(part);
        }
        List<Long> there = new ArrayList<>();
        for (long number = last; number >= 1; number--) {
            there.add(number);
        }
        assertEquals(there, seen);
    }

    /** The oldest first: what is written between two parts comes at the end. An owner's are not hidden behind others', however many. */
    @Test
    void shouldShowAnOwnerEveryLookAtHisAccountHoweverManyThereAreAtOthers() throws Exception {
        OversightRegister oversight = new OversightRegister(sealed.house().database());
        Instant now = Instant.now();
        Actor proposer = new Actor("otto", Role.OPERATOR);
        Actor other = new Actor("anna", Role.AUDITOR);
        for (int account : List.of(SealedHouse.MINE, SealedHouse.ANOTHERS)) {
            int hold = oversight.propose(account, "a court order", now.plusSeconds(86_400), proposer, now);
            oversight.confirm(hold, other, now);
        }
        for (int i = 0; i < 1_005; i++) {
            assertTrue(oversight.look(other, SealedHouse.ANOTHERS, Scope.MARGIN, "GET /another " + i, now));
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(oversight.look(other, SealedHouse.MINE, Scope.MARGIN, "GET /mine " + i, now));
        }
        String owner = client.session("mine", Scheme.EIP191);
        List<String> asked = new ArrayList<>();
        int written = 3;
        Optional<String> next = Optional.of("/access/log?limit=1");
        while (next.isPresent() && asked.size() < PAGES_MAX) {
            HttpResponse<String> part = get(next.get(), owner);
            JsonNode looks = DoorClient.JSON.readTree(part.body()).path("looks");
            assertTrue(looks.size() <= 1, part.body());
            looks.forEach(look -> asked.add(look.path("asked").asText()));
            next = next(part);
            if (next.isPresent() && written < 8) {
                assertTrue(oversight.look(other, SealedHouse.MINE, Scope.MARGIN, "GET /mine " + written++, now));
                assertTrue(oversight.look(other, SealedHouse.ANOTHERS, Scope.MARGIN, "GET /another", now));
            }
        }
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < written; i++) {
            mine.add("GET /mine " + i);
        }
        assertEquals(mine, asked);
        assertTrue(written > 4, "some were written between two parts");
        JsonNode whole = DoorClient.JSON.readTree(
                get("/access/log?from=1000&limit=1000", anna).body());
        assertTrue(whole.path("looks").size() >= 9, "an auditor sees those at every account");
    }

    @Test
    void shouldRefuseACursorThatItDidNotGiveToThisCallerForThisList() throws Exception {
        String cursor = cursor("/epochs?limit=1", anna);
        assertEquals(200, get("/epochs?cursor=" + cursor, anna).statusCode());
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        bytes[bytes.length - 1] ^= 1;
        String moved = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        for (String forged : List.of(
                moved,
                cursor.substring(1),
                "A",
                "",
                "%00",
                "MQ",
                "0000000000000000001",
                "A".repeat(501),
                "..%2F..",
                cursor("/accounts?limit=1", house))) {
            assertRefused("cursor", "/epochs?cursor=" + forged, anna);
        }
        assertRefused("cursor", "/epochs?cursor=" + cursor, otto);
        assertRefused("cursor", "/epochs?cursor=" + cursor, house);
        assertRefused("cursor", "/fund/coverage?cursor=" + cursor, anna);
        assertRefused("cursor", "/epochs?cursor=" + cursor + "&cursor=" + cursor, anna);
        assertRefused("cursor", "/accounts?cursor=AAAA", client.session("anothers", Scheme.ED25519));
        for (String limit : List.of("0", "1001", "-1", "x", "1e2", "99999999999", "")) {
            assertRefused("limit", "/epochs?limit=" + limit, anna);
            assertRefused("limit", "/access/log?limit=" + limit, anna);
            assertRefused("limit", "/accounts?limit=" + limit, anna);
        }
    }

    private static String cursor(String path, String bearer) throws Exception {
        String next = next(get(path, bearer)).orElseThrow();
        return next.substring(next.indexOf("cursor=") + "cursor=".length());
    }

    private static void assertRefused(String field, String path, String bearer) throws Exception {
        HttpResponse<String> answer = client.send("GET", path, bearer, "");
        assertEquals(400, answer.statusCode(), path + ": " + answer.body());
        assertEquals(
                field, DoorClient.JSON.readTree(answer.body()).path("field").asText(), path + answer.body());
    }

    @Test
    void shouldKeepWhatElseWasAskedInTheAddressOfWhatFollows() throws Exception {
        String next = next(get("/fund/calls?limit=2&x=%26y", house)).orElseThrow();
        assertTrue(next.startsWith("/fund/calls?") && next.contains("limit=2") && next.contains("x=%26y"), next);
        assertFalse(next.contains("127.0.0.1"), next);
        assertEquals(200, get(next, house).statusCode());
    }

    private static Optional<String> next(HttpResponse<String> answer) {
        Matcher next = NEXT.matcher(answer.headers().firstValue("link").orElse(""));
        return next.matches() ? Optional.of(next.group(1)) : Optional.empty();
    }

    private static HttpResponse<String> get(String path, String bearer) throws Exception {
        HttpResponse<String> answer = client.send("GET", path, bearer, "");
        assertEquals(200, answer.statusCode(), path + ": " + answer.body());
        return answer;
    }
}
