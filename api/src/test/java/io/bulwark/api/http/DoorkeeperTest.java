package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as an attacker writes them, byte by byte: clients in libraries do not let a Host be chosen. */
final class DoorkeeperTest {
    private static final AccessToken TOKEN = AccessToken.draw(new SecureRandom());
    private static final String KNOWN = "Authorization: Bearer " + TOKEN.text();

    @TempDir
    private static Path keys;

    private static HttpFrontDoor door;

    @BeforeAll
    static void open() {
        Admission admission =
                new Admission(TOKEN, Admission.Opens.EVERYTHING, List.of(URI.create("https://house.example")));
        door = HttpFrontDoor.open(0, admission, new OneEpoch(), new VerifyingKeys(keys), ProverLibrary.load());
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/accounts",
                "/accounts/4",
                "/accounts/4/margin",
                "/epochs/latest",
                "/epochs/1/proofs",
                "/epochs/1",
                "/epochs/1/table/../accounts/4/margin",
                "/epochs/1/accounts/4/margin",
                "/quarantine",
                "/fund",
                "/fund/board",
                "/fund/board/stream",
                "/disclosures",
                "/links",
                "/proofs/dead",
                "/prometheus",
                "/metrics",
                "/no/such/place",
                "/verifier/../accounts",
                "/verifier/%2e%2e/accounts",
                "/verifier//accounts",
                "//accounts",
                "/accounts/",
                "/accounts;/verifier/page.js",
                "/accounts?/verifier/page.js",
                "/dashboard/page.js/../../accounts"
            })
    void shouldTellAStrangerNothing(String path) {
        Answer answer = ask("GET", path, host());
        assertEquals(401, answer.status(), answer.text());
        assertTrue(answer.text().contains("application/problem+json"), answer.text());
        assertTrue(answer.text().contains("Bearer"), answer.text());
        assertFalse(answer.text().contains("desk"), answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proofs", "/margin/what-if", "/margin", "/links", "/fund/counterfactual", "/"})
    void shouldProveAndComputeNothingForAStranger(String path) {
        assertEquals(401, post(path, "{\"account\": 4}", host()).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/openapi.yml",
                "/docs",
                "/reference/swagger-ui-bundle.js",
                "/reference/page.css",
                "/health",
                "/verifier/index.html",
                "/verifier/page.js",
                "/dashboard/page.js",
                "/epochs/1/table"
            })
    void shouldShowEverybodyWhatIsForEverybody(String path) {
        assertEquals(200, ask("GET", path, host()).status());
    }

    @Test
    void shouldCheckAProofForEverybody() {
        Answer answer = post("/verification", "{}", host());
        assertEquals(400, answer.status(), "the door is open, the proof is none: " + answer.text());
    }

    @Test
    void shouldOpenForWhoKnowsTheToken() {
        assertEquals(200, ask("GET", "/accounts", host(), KNOWN).status());
        assertEquals(200, ask("GET", "/prometheus", host(), KNOWN).status());
    }

    @Test
    void shouldRefuseEveryOtherToken() {
        String text = TOKEN.text();
        char last = text.charAt(text.length() - 1);
        String other = text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
        for (String wrong : List.of(
                "Authorization: Bearer " + other,
                "Authorization: Bearer " + text.substring(1),
                "Authorization: Bearer ",
                "Authorization: Bearer " + TOKEN.cookie(),
                "Authorization: Basic " + text,
                "Authorization: " + text,
                "Cookie: bulwark=" + other,
                "Cookie: bulwark=" + text,
                "Cookie: other=" + TOKEN.cookie())) {
            assertEquals(401, ask("GET", "/accounts", host(), wrong).status(), wrong);
        }
        assertEquals(
                401,
                ask("GET", "/accounts", host(), "Authorization: Bearer " + other, "Cookie: bulwark=" + TOKEN.cookie())
                        .status(),
                "who says who he is, is who he says");
    }

    @Test
    void shouldGiveABrowserACookieForTheLinkOnce() {
        Answer welcome = ask("GET", "/?token=" + TOKEN.text(), host());
        assertEquals(303, welcome.status(), welcome.text());
        assertTrue(welcome.text().toLowerCase(Locale.ROOT).contains("location: /\r\n"), welcome.text());
        String cookie = welcome.header("set-cookie");
        assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertFalse(welcome.text().contains(TOKEN.text()), "the token must not come back: " + welcome.text());
        String brought = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        assertEquals(200, ask("GET", "/accounts", host(), brought).status());
        assertEquals(401, ask("GET", "/?token=" + "0".repeat(64), host()).status());
    }

    @Test
    void shouldNotTakeTheTokenFromOtherAddresses() {
        for (String path : List.of("/accounts", "/fund", "/proofs/dead", "/prometheus")) {
            Answer answer = ask("GET", path + "?token=" + TOKEN.text(), host());
            assertEquals(401, answer.status(), path);
            assertFalse(answer.text().contains(TOKEN.text()), answer.text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost.evil.example",
                "house.example.evil",
                "[[",
                "[::1",
                "a:b:c",
                "-",
                ""
            })
    void shouldNotAnswerUnderAnotherName(String name) {
        Answer answer = ask("GET", "/accounts", "Host: " + name, KNOWN);
        assertEquals(421, answer.status(), answer.text());
        assertTrue(answer.text().contains("application/problem+json"), answer.text());
        assertEquals(421, ask("GET", "/", "Host: " + name).status(), "not even what is for everybody");
    }

    @Test
    void shouldNotAnswerWithoutANameOrUnderTwo() {
        assertNotEquals(200, ask("GET", "/accounts", KNOWN).status());
        assertNotEquals(
                200,
                ask("GET", "/accounts", host(), "Host: evil.example", KNOWN).status());
    }

    @Test
    void shouldAnswerUnderItsNames() {
        for (String name : List.of("127.0.0.1:" + port(), "LocalHost:" + port(), "[::1]:" + port(), "house.example")) {
            assertEquals(200, ask("GET", "/accounts", "Host: " + name, KNOWN).status(), name);
        }
    }

    @Test
    void shouldNotAnswerPagesOfOthers() {
        for (String origin : List.of(
                "http://evil.example",
                "null",
                "http://127.0.0.1",
                "https://127.0.0.1:" + port(),
                "http://house.example")) {
            Answer answer = ask("GET", "/accounts", host(), KNOWN, "Origin: " + origin);
            assertEquals(403, answer.status(), origin);
            assertTrue(answer.text().contains("application/problem+json"), answer.text());
            String cookie = "Cookie: bulwark=" + TOKEN.cookie();
            assertEquals(
                    403,
                    post("/margin/what-if", "{}", host(), cookie, "Origin: " + origin)
                            .status(),
                    origin);
        }
        assertEquals(
                200,
                ask("GET", "/accounts", host(), KNOWN, "Origin: http://localhost:" + port())
                        .status());
        Answer behindAProxy = ask("GET", "/accounts", "Host: house.example", KNOWN, "Origin: https://house.example");
        assertEquals(200, behindAProxy.status(), behindAProxy.text());
    }

    @Test
    void shouldTakeOnlyOriginsAsNames() {
        for (String other : List.of(
                "house.example",
                "https://house.example/",
                "https://House.example",
                "ftp://house.example",
                "https:house")) {
            assertThrows(
                    BadInput.class,
                    () -> new Admission(TOKEN, Admission.Opens.EVERYTHING, List.of(URI.create(other))),
                    other);
        }
    }

    @Test
    void shouldDrawATokenOnceAndKeepItFromOthers(@TempDir Path home) throws IOException {
        Path file = home.resolve("token");
        String text = AccessToken.keep(file, new SecureRandom()).text();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(text, AccessToken.keep(file, new SecureRandom()).text());
        assertFalse(AccessToken.keep(file, new SecureRandom()).toString().contains(text));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        BadInput open = assertThrows(BadInput.class, () -> AccessToken.keep(file, new SecureRandom()));
        assertFalse(String.valueOf(open.getMessage()).contains(text), open.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "short");
        assertThrows(BadInput.class, () -> AccessToken.keep(file, new SecureRandom()));
    }

    private record Answer(String text) {
        int status() {
            return Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
        }

        String header(String name) {
            return text.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                    .findFirst()
                    .orElseThrow()
                    .substring(name.length() + 2);
        }
    }

    private static int port() {
        return door.address().getPort();
    }

    private static String host() {
        return "Host: 127.0.0.1:" + port();
    }

    private static Answer post(String path, String body, String... headers) {
        String[] all = Stream.concat(
                        Stream.of(headers),
                        Stream.of("Content-Type: application/json", "Content-Length: " + body.length()))
                .toArray(String[]::new);
        return send(
                "POST " + path + " HTTP/1.1\r\n" + String.join("\r\n", all) + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static Answer ask(String method, String path, String... headers) {
        return send(
                method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }

    private static Answer send(String request) {
        try (Socket socket = new Socket(door.address().getHost(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return new Answer(new String(socket.getInputStream().readAllBytes(), US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(request, e);
        }
    }
}
