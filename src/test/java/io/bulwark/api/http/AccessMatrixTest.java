package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.DurableFile;
import io.bulwark.journey.TablesOwner;
import io.bulwark.tier.OfHouse;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route of the running server against every role; then consents, holds and sign-in as an attacker uses them. */
@OfHouse
final class AccessMatrixTest {
    /** Columns of the table, with what each brings. */
    private static final SequencedMap<String, String> BEARERS = new LinkedHashMap<>();

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

    @Test
    void shouldNameEveryRouteThatRuns() throws IOException {
        Set<String> run = sealed.door()
                .context()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toPathString())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named =
                RouteTable.rows().stream().map(RouteTable.Row::route).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", run), String.join("\n", named));
    }

    @Test
    void shouldAnswerEveryRoleAsTheTableSays() throws Exception {
        String expired = sealed.token(
                "operator", "ernst", "--until", Instant.now().plusSeconds(2).toString());
        String revoked = sealed.token("operator", "rita");
        assertEquals(200, client.status("GET", "/links", revoked, ""));
        String left = client.session(revoked);
        assertEquals(200, client.status("GET", "/links", left, ""));
        sealed.verb(0, "access", "revoke", "rita");
        String ended = client.session("mine", Scheme.EIP191);
        assertEquals(200, client.status("POST", "/access/sign-out", ended, ""));
        Thread.sleep(2_000);
        List<String> wrong = new ArrayList<>();
        for (RouteTable.Row row : RouteTable.rows()) {
            for (Map.Entry<String, Integer> one : row.expected().entrySet()) {
                // A session that ends is no owner's any more.
                String bearer =
                        row.path().equals("/access/sign-out") && one.getKey().equals("owner")
                                ? client.session("mine", Scheme.EIP191)
                                : BEARERS.get(one.getKey());
                int status = client.status(row.method(), row.path(), bearer, row.body());
                if (status != one.getValue()) {
                    wrong.add(row.route() + " as " + one.getKey() + ": " + status + ", not " + one.getValue());
                }
            }
            for (String gone : List.of(expired, revoked, left, ended, "0".repeat(64))) {
                int status = client.status(row.method(), row.path(), gone, row.body());
                if (status != row.expected().get("none")) {
                    wrong.add(row.route() + " with what is no more in force: " + status);
                }
            }
            if (row.method().equals("GET") && row.expected().get("none") == 401) {
                assertEquals(401, client.status("HEAD", row.path(), "", ""), row.route());
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void shouldNotTellWhetherAnAccountOfAnotherIs() throws Exception {
        for (String who : List.of("owner", "manager", "auditor", "operator", "member")) {
            for (String path : List.of(
                    "/accounts/%d",
                    "/accounts/%d/margin",
                    "/accounts/%d/history",
                    "/epochs/1/accounts/%d/margin",
                    "/margin/calls/%d/orders")) {
                assertUnseen(who, "GET", path, "");
            }
            for (String path : List.of("/margin/what-if", "/margin/comparison", "/margin/outlook")) {
                assertUnseen(who, "POST", path, "{\"account\": %d, \"changes\": []}");
            }
        }
        assertUnseen(
                "owner",
                "POST",
                "/proofs",
                "{\"account\": %d, \"verifier\": \"https://bank.example\", \"purpose\": \"p\", \"beneficiary\": \"b\", \"nonce\": \"n\"}");
        assertUnseen(
                "owner",
                "POST",
                "/access/consents/prepare",
                "{\"action\": \"give\", \"account\": %d, \"grantee\": \"maria\", \"scope\": \"margin\", \"days\": 3}");
        JsonNode accounts = DoorClient.JSON.readTree(
                client.send("GET", "/accounts", BEARERS.get("owner"), "").body());
        assertEquals(1, accounts.size(), accounts.toString());
        assertEquals(SealedHouse.MINE, accounts.get(0).path("number").asInt());
        assertEquals(
                1,
                DoorClient.JSON
                        .readTree(client.send("GET", "/epochs/latest", BEARERS.get("owner"), "")
                                .body())
                        .path("accounts")
                        .size());
        assertEquals(
                0,
                DoorClient.JSON
                        .readTree(client.send("GET", "/epochs/1", BEARERS.get("auditor"), "")
                                .body())
                        .path("accounts")
                        .size());
        assertEquals(
                7,
                DoorClient.JSON
                        .readTree(client.send("GET", "/accounts", BEARERS.get("house"), "")
                                .body())
                        .size());
        assertEquals(
                0,
                DoorClient.JSON
                        .readTree(client.send("GET", "/fund/calls", BEARERS.get("member"), "")
                                .body())
                        .path("payers")
                        .size());
    }

    private static void assertUnseen(String who, String method, String path, String body) throws Exception {
        HttpResponse<String> there = client.send(
                method, path.formatted(SealedHouse.ANOTHERS), BEARERS.get(who), body.formatted(SealedHouse.ANOTHERS));
        HttpResponse<String> nowhere = client.send(
                method, path.formatted(SealedHouse.NOBODYS), BEARERS.get(who), body.formatted(SealedHouse.NOBODYS));
        assertEquals(404, there.statusCode(), who + " " + path + there.body());
        assertEquals(404, nowhere.statusCode(), who + " " + path);
        assertEquals(
                there.body().replace("Account 2", "Account N").replace("/2", "/N"),
                nowhere.body().replace("Account 99", "Account N").replace("/99", "/N"));
    }

    @Test
    void shouldLetAWalletInOnceByItsOwnSignatureAtThisDoor() throws Exception {
        LinkKey key = LinkKey.in(sealed.key("mine"));
        String text = client.challenge(key.signer(Scheme.EIP191));
        assertTrue(
                text.startsWith(sealed.door().address().getAuthority()
                        + " wants you to sign in with your Ethereum account:\n0x"),
                text);
        String signed = DoorClient.signed(text, Scheme.EIP191, DoorClient.sign(key, text, Scheme.EIP191));
        HttpResponse<String> in = client.send("POST", "/access/sign-in", "", signed);
        assertEquals(200, in.statusCode(), in.body());
        String cookie = in.headers().firstValue("set-cookie").orElseThrow();
        assertTrue(
                cookie.contains("HTTPOnly")
                        && cookie.contains("SameSite=Strict")
                        && cookie.startsWith("bulwark-session="),
                cookie);
        assertRefused("text", signed, "a replay");

        LinkKey stranger = LinkKey.in(sealed.key("stranger"));
        String strange = client.challenge(stranger.signer(Scheme.EIP191));
        assertRefused(
                "signer",
                DoorClient.signed(strange, Scheme.EIP191, DoorClient.sign(stranger, strange, Scheme.EIP191)),
                "nobody's key");
        String fresh = client.challenge(key.signer(Scheme.EIP191));
        assertRefused(
                "signature",
                DoorClient.signed(fresh, Scheme.EIP191, DoorClient.sign(stranger, fresh, Scheme.EIP191)),
                "another's signature");
        for (String changed : List.of(
                fresh.replace(sealed.door().address().getAuthority(), "evil.example"),
                fresh.replace("Chain ID: 1", "Chain ID: 5"),
                fresh.replace("Expiration Time: 2", "Expiration Time: 3"),
                fresh.replace("moves nothing", "moves everything"),
                fresh.replaceFirst("Nonce: ..", "Nonce: 00"),
                fresh + "\nRequest ID: 1",
                fresh.replace("Issued At: 2", "Issued At: 1"))) {
            assertNotEquals(fresh, changed);
            assertRefused(
                    "text",
                    DoorClient.signed(changed, Scheme.EIP191, DoorClient.sign(key, changed, Scheme.EIP191)),
                    changed);
        }
        assertRefused(
                "signature",
                DoorClient.signed(fresh, Scheme.ED25519, DoorClient.sign(key, fresh, Scheme.EIP191)),
                "another scheme");
        String asked = "{\"signer\": \"" + key.signer(Scheme.EIP191) + "\"}";
        String elsewhere = client.raw(
                "POST /access/challenge HTTP/1.1\r\nHost: house.example\r\nContent-Type: application/json\r\nContent-Length: "
                        + asked.length() + "\r\nConnection: close\r\n\r\n" + asked);
        assertTrue(
                elsewhere.contains("house.example wants you") && elsewhere.contains("Strict-Transport-Security"),
                elsewhere);
        String ofProxy = DoorClient.JSON
                .readTree(elsewhere.substring(elsewhere.indexOf("\r\n\r\n") + 4))
                .path("text")
                .asText();
        assertRefused(
                "text",
                DoorClient.signed(ofProxy, Scheme.EIP191, DoorClient.sign(key, ofProxy, Scheme.EIP191)),
                "of another name of the house");
        assertEquals(
                200,
                client.send(
                                "POST",
                                "/access/sign-in",
                                "",
                                DoorClient.signed(fresh, Scheme.EIP191, DoorClient.sign(key, fresh, Scheme.EIP191)))
                        .statusCode());
    }

    private static void assertRefused(String field, String body, String what) throws Exception {
        HttpResponse<String> answer = client.send("POST", "/access/sign-in", "", body);
        assertEquals(400, answer.statusCode(), what + ": " + answer.body());
        assertEquals(
                field, DoorClient.JSON.readTree(answer.body()).path("field").asText(), what + ": " + answer.body());
    }

    @Test
    void shouldShowAnAccountByConsentOrHoldAndSealWhoLooked() throws Exception {
        String anna = BEARERS.get("auditor");
        String maria = BEARERS.get("manager");
        String mine = "/accounts/" + SealedHouse.MINE;
        String session = client.session("mine", Scheme.EIP191);
        assertEquals(404, client.status("GET", mine, maria, ""));
        String margin = client.consent(session, "give", "maria", "margin", Scheme.EIP712);
        assertEquals(
                200, client.send("POST", "/access/consents", session, margin).statusCode());
        assertEquals(200, client.status("GET", mine, maria, ""));
        assertEquals(404, client.status("GET", mine + "/margin", maria, ""), "of the margin alone");
        assertEquals(404, client.status("GET", mine, anna, ""), "of maria alone");
        assertEquals(
                400, client.send("POST", "/access/consents", session, margin).statusCode(), "a replay");
        String all = client.consent(session, "give", "maria", "positions", Scheme.EIP191);
        assertEquals(
                400,
                client.send(
                                "POST",
                                "/access/consents",
                                session,
                                all.replace("\"days\"", "\"d\"").replace("positions", "margin"))
                        .statusCode());
        assertEquals(
                200,
                client.send("POST", "/access/consents", BEARERS.get("operator"), all)
                        .statusCode());
        assertEquals(200, client.status("POST", "/margin/what-if", maria, "{\"account\": 1, \"changes\": []}"));
        assertEquals(404, client.status("POST", "/margin/what-if", maria, "{\"account\": 2, \"changes\": []}"));
        assertEquals(403, client.status("POST", "/access/consents/prepare", maria, "{}"));
        String end = client.consent(session, "revoke", "maria", "positions", Scheme.EIP712);
        assertEquals(200, client.send("POST", "/access/consents", session, end).statusCode());
        assertEquals(404, client.status("GET", mine, maria, ""));
        JsonNode forged = DoorClient.JSON.readTree(client.prepare(session, "give", "maria", "positions"));
        LinkSignature by = LinkKey.in(sealed.key("stranger"))
                .sign(new DoorClient.Text(forged.path("text").asText()), Scheme.EIP191);
        assertEquals(
                400,
                client.send("POST", "/access/consents", session, DoorClient.signedBy(forged, by))
                        .statusCode(),
                "not the owner's");

        String open = "{\"account\": %d, \"reason\": \"a court order\", \"days\": 3}".formatted(SealedHouse.ANOTHERS);
        String anothers = "/accounts/" + SealedHouse.ANOTHERS + "/margin";
        JsonNode hold = DoorClient.JSON.readTree(client.send("POST", "/access/holds", BEARERS.get("operator"), open)
                .body());
        String which = "/access/holds/" + hold.path("hold").asInt();
        assertEquals(404, client.status("GET", anothers, anna, ""), "by one person alone");
        assertEquals(400, client.status("POST", which + "/confirm", BEARERS.get("operator"), ""), "the same person");
        assertEquals(
                400, client.status("POST", which + "/confirm", sealed.token("operator", "olga"), ""), "the same role");
        assertEquals(403, client.status("POST", which + "/confirm", maria, ""));
        assertEquals(200, client.status("POST", which + "/confirm", anna, ""));
        assertEquals(200, client.status("GET", anothers, anna, ""));
        assertEquals(200, client.status("GET", anothers, BEARERS.get("operator"), ""));
        assertEquals(404, client.status("GET", anothers, maria, ""), "a hold is for operators and auditors");
        assertEquals(200, client.status("POST", which + "/end", anna, ""));
        assertEquals(404, client.status("GET", anothers, anna, ""));
        assertEquals(400, client.status("POST", which + "/confirm", anna, ""));

        JsonNode log = DoorClient.JSON.readTree(
                client.send("GET", "/access/log?limit=1000", anna, "").body());
        assertEquals(3, log.path("consents").size(), log.toString());
        assertEquals(3, log.path("holds").size(), log.toString());
        assertEquals(
                List.of(
                        "maria GET /accounts/1 consent 1",
                        "maria POST /margin/what-if consent 2",
                        "anna GET /accounts/2/margin hold 1",
                        "otto GET /accounts/2/margin hold 1"),
                log.path("looks")
                        .valueStream()
                        .map(look -> look.path("actor").asText() + " "
                                + look.path("asked").asText() + " "
                                + look.path("ground").asText())
                        .toList());
        assertEquals(
                2,
                DoorClient.JSON
                        .readTree(client.send("GET", "/access/log", session, "").body())
                        .path("looks")
                        .size(),
                "of his own account");
        assertTrue(sealed.verb(0, "access", "log").contains("look 4: otto"));
        sealsThem();
        doesTheSameByVerbs();
    }

    private static void doesTheSameByVerbs() throws Exception {
        String url = sealed.door().address().toString();
        Path session = sealed.key("session");
        String key = sealed.key("anothers").toString();
        String in = sealed.verb(
                0, "access", "sign-in", "--url", url, "--key", key, "--scheme", "ed25519", "--out", session.toString());
        assertTrue(in.contains("roles [\"owner\"], accounts [2]"), in);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(session)));
        String nobody = sealed.key("nobody").toString();
        assertTrue(sealed.verb(2, "access", "sign-in", "--url", url, "--key", nobody, "--out", nobody)
                .contains("--key"));
        List<String> consent = List.of(
                "access",
                "consent",
                "--url",
                url,
                "--session",
                session.toString(),
                "--key",
                key,
                "--scheme",
                "ed25519",
                "--to",
                "maria",
                "--account");
        assertTrue(sealed.verb(2, with(consent, "1")).contains("Account 1 is none that you may see"));
        String given = sealed.verb(0, with(consent, "2"));
        assertTrue(given.startsWith("consent 4: account 2, give margin to maria until "), given);
        assertEquals(200, client.status("GET", "/accounts/2", BEARERS.get("manager"), ""));
        assertTrue(sealed.verb(0, with(consent, "2", "--revoke")).contains("account 2, revoke"));
        assertEquals(404, client.status("GET", "/accounts/2", BEARERS.get("manager"), ""));
        String otto = secret("otto", BEARERS.get("operator"));
        String anna = secret("anna", BEARERS.get("auditor"));
        String maria = secret("maria", BEARERS.get("manager"));
        List<String> propose =
                List.of("access", "hold", "propose", "--account", "2", "--reason", "another order", "--as");
        assertTrue(sealed.verb(2, with(propose, maria)).contains("operator or auditor"));
        assertTrue(sealed.verb(0, with(propose, otto)).startsWith("hold 2: propose by otto (operator)"));
        assertTrue(sealed.verb(2, "access", "hold", "confirm", "--hold", "2", "--as", otto)
                .contains("must be another than otto"));
        sealed.verb(0, "access", "hold", "confirm", "--hold", "2", "--as", anna);
        assertEquals(200, client.status("GET", "/accounts/2/margin", BEARERS.get("auditor"), ""));
        sealed.verb(0, "access", "hold", "end", "--hold", "2", "--as", anna);
        assertTrue(sealed.verb(0, "access", "log").contains("look 6: anna"), sealed.verb(0, "access", "log"));
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static String secret(String name, String token) throws IOException {
        Path file = sealed.key(name + ".token");
        DurableFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        return file.toString();
    }

    private static void sealsThem() throws Exception {
        sealed.sealAgain();
        assertEquals(List.of(), sealed.house().archive().changes());
        List<String> tables =
                List.of("access_token", "access_token_end", "consent", "legal_hold", "access_log", "document");
        try (Database owner = TablesOwner.of(sealed.house().home())) {
            owner.write(transaction -> {
                transaction.execute("create schema kept");
                tables.forEach(
                        table -> transaction.execute("create table kept." + table + " as table public." + table));
                return 0;
            });
            for (String change : List.of(
                    "delete from access_log where sequence = 2",
                    "update access_log set actor = 'nobody' where sequence = 1",
                    "update legal_hold set reason = 'none' where sequence = 1",
                    "update consent set grantee = 'anna' where sequence = 1",
                    "update access_token set name = 'nobody' where sequence = 1",
                    "delete from document where kind = 'account-consent'")) {
                change(owner, List.of(change));
                List<String> found = sealed.house().archive().changes();
                change(
                        owner,
                        tables.stream()
                                .flatMap(table -> List.of(
                                        "delete from public." + table,
                                        "insert into public." + table + " select * from kept." + table)
                                        .stream())
                                .toList());
                assertFalse(found.isEmpty(), change);
            }
        }
        assertEquals(List.of(), sealed.house().archive().changes());
    }

    private static void change(Database owner, List<String> statements) {
        owner.write(transaction -> {
            transaction.execute("set local session_replication_role = replica");
            statements.forEach(transaction::execute);
            return 0;
        });
    }

    @Test
    void shouldTakeNoTwoWaysToSayWhoOneIs() throws Exception {
        String host = "Host: " + sealed.door().address().getAuthority();
        String known = "Authorization: Bearer " + BEARERS.get("operator");
        String owner = "Cookie: bulwark-session=" + BEARERS.get("owner");
        for (String[] headers : new String[][] {
            {host, known, "Authorization: Bearer " + BEARERS.get("house")},
            {host, "Authorization: Bearer " + BEARERS.get("operator") + ", Bearer " + BEARERS.get("house")},
            {host, "Authorization: Basic " + BEARERS.get("house"), owner},
            {host, "Cookie: bulwark-session=" + "0".repeat(64)}
        }) {
            assertTrue(
                    client.raw("GET /accounts HTTP/1.1\r\n" + String.join("\r\n", headers)
                                    + "\r\nConnection: close\r\n\r\n")
                            .startsWith("HTTP/1.1 401"),
                    String.join("; ", headers));
        }
        assertTrue(client.raw("GET /accounts HTTP/1.1\r\n" + host + "\r\n" + owner + "\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 200"));
        for (String path : List.of(
                "//accounts/2",
                "/accounts%2f2",
                "/accounts/2;/",
                "/accounts/./2",
                "/epochs/1/table/../accounts/2/margin",
                "/accounts/1/../2",
                "/ACCOUNTS/2",
                "/accounts/2/",
                "/accounts/0x2",
                "/accounts/+2",
                "/accounts/%32")) {
            String answer = client.raw(
                    "GET " + path + " HTTP/1.1\r\n" + host + "\r\n" + owner + "\r\nConnection: close\r\n\r\n");
            assertFalse(answer.startsWith("HTTP/1.1 2") || answer.startsWith("HTTP/1.1 5"), path + " " + answer);
        }
        for (String method : List.of("OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "FOO")) {
            String answer = client.raw(method + " /accounts/2 HTTP/1.1\r\n" + host + "\r\n" + owner
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            assertFalse(answer.startsWith("HTTP/1.1 2") || answer.startsWith("HTTP/1.1 5"), method + " " + answer);
        }
        String post = "POST /access/sign-out HTTP/1.1\r\n" + host + "\r\n" + owner
                + "\r\nContent-Length: 0\r\nConnection: close\r\n";
        assertTrue(client.raw(post + "\r\n").startsWith("HTTP/1.1 403"), "a request by cookie from nowhere");
        assertTrue(client.raw(post + "Origin: http://evil.example\r\n\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(client.raw(post + "Sec-Fetch-Site: cross-site\r\n\r\n").startsWith("HTTP/1.1 403"));
        String preflight = client.raw("OPTIONS /accounts HTTP/1.1\r\n" + host
                + "\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n");
        assertFalse(preflight.contains("Access-Control-Allow"), preflight);
        HttpResponse<String> headers = client.send("GET", "/accounts", BEARERS.get("owner"), "");
        assertEquals(Optional.of("nosniff"), headers.headers().firstValue("X-Content-Type-Options"));
        assertEquals(Optional.of("DENY"), headers.headers().firstValue("X-Frame-Options"));
        assertEquals(Optional.of("no-store"), headers.headers().firstValue("Cache-Control"));
    }

    @Test
    void shouldKeepNoSecretAndRefuseWhatNobodyMayGive() {
        String secret = sealed.token("auditor", "abel");
        String kept = Digest.sha256(secret.getBytes(StandardCharsets.US_ASCII)).hex();
        String list = sealed.verb(0, "access", "list");
        assertTrue(list.contains("abel, auditor, until revoked, SHA-256 " + kept), list);
        assertFalse(list.contains(secret), list);
        assertTrue(sealed.verb(2, "access", "give", "--role", "operator", "--name", "abel")
                .contains("auditor"));
        assertTrue(sealed.verb(2, "access", "give", "--role", "owner", "--name", "x")
                .contains("wallet"));
        assertTrue(sealed.verb(2, "access", "give", "--role", "operator", "--name", "0x" + "a".repeat(40))
                .contains("name"));
        assertTrue(
                sealed.verb(2, "access", "give", "--role", "operator", "--name", "y", "--until", "2020-01-01T00:00:00Z")
                        .contains("later"));
        assertTrue(sealed.verb(2, "access", "revoke", "nobody").contains("NAME"));
    }
}
