package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.journey.PaidCalls;
import io.bulwark.tier.OfHouse;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fund manager and an owner are woken: by a webhook that is not there at first, by one that never is, by mail through a real SMTP
 * server, by the stream; they say that they know, and are told when it is over. Then the same as an attacker uses it.
 */
@OfHouse
final class AlertsJourneyTest {
    private static final String MAIL_PASSWORD = "a password of the mail server";
    private static final String OWN_RULE =
            "{\"measure\": \"margin-ratio\", \"of\": \"account %d\", \"raise\": 1999999999, \"clear\": 2000000000}";

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile boolean downIsUp;

    private SealedHouse sealed;
    private DoorClient client;

    /** What a webhook got. */
    private record Received(String path, String id, String time, String signature, String body, int answered) {}

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        long before = received.stream().filter(one -> one.path().equals(path)).count();
        int status = switch (path) {
            case "/flaky" -> before < 2 ? 500 : 204;
            case "/down" -> downIsUp ? 200 : 503;
            case "/gone" -> 410;
            default -> 404;
        };
        try (InputStream body = exchange.getRequestBody()) {
            received.add(new Received(
                    path,
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(body.readAllBytes(), UTF_8),
                    status));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private List<Received> at(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    @Test
    void shouldWakeWhoeverAskedAndNobodyElse(@TempDir Path folder) throws Exception {
        HttpServer hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        hooks.createContext("/", this::answer);
        hooks.start();
        mail.start();
        try {
            mail.setUser("house@bulwark.example", "house", MAIL_PASSWORD);
            settings(folder, mail.getSmtp().getPort());
            sealed = SealedHouse.in(folder);
            client = new DoorClient(sealed);
            String manager = sealed.token("fund-manager", "maria");
            String owner = client.session("mine", Scheme.EIP191);
            String hook = "http://127.0.0.1:" + hooks.getAddress().getPort();
            isRaisedAndTold(manager, owner, hook, mail);
            isKnownAndStreamed(manager, owner);
            endsDeadAndIsSentAgain(manager);
            repeatsNothingAfterARestart(folder, mail);
            isOver(manager, mail);
            attacks(manager, client.session("mine", Scheme.EIP191), hook);
            tellsNoSecret(folder, owner);
        } finally {
            sealed.close();
            mail.stop();
            hooks.stop(0);
        }
    }

    private static void settings(Path folder, int port) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path password = Files.writeString(folder.resolve("mail.password"), MAIL_PASSWORD + "\n");
        Files.writeString(home.resolve("alerts.properties"), """
                webhook.private=allowed
                retry.seconds=0,1,1
                smtp.host=127.0.0.1
                smtp.port=%d
                smtp.tls=off
                smtp.user=house
                smtp.password.file=%s
                smtp.from=house@bulwark.example
                """.formatted(port, password));
    }

    private static void until(String what, BooleanSupplier holds) throws InterruptedException {
        for (int waited = 0; waited < 300 && !holds.getAsBoolean(); waited++) {
            Thread.sleep(100);
        }
        assertTrue(holds.getAsBoolean(), what);
    }

    private JsonNode asked(String method, String path, String bearer, String body) throws Exception {
        HttpResponse<String> answer = client.send(method, path, bearer, body);
        assertEquals(200, answer.statusCode(), method + " " + path + " " + answer.body());
        return DoorClient.JSON.readTree(answer.body());
    }

    private JsonNode standing(String bearer, String measure) throws Exception {
        for (JsonNode alert : asked("GET", "/alerts", bearer, "").path("standing")) {
            if (alert.path("measure").asText().equals(measure)) {
                return alert;
            }
        }
        return DoorClient.JSON.missingNode();
    }

    private static String receiver(String way, String address) {
        return DoorClient.JSON
                .createObjectNode()
                .put("way", way)
                .put("address", address)
                .toString();
    }

    private String ownersSecret = "";

    private void isRaisedAndTold(String manager, String owner, String hook, GreenMail mail) throws Exception {
        JsonNode made = asked("POST", "/alerts/receivers", owner, receiver("webhook", hook + "/flaky"));
        ownersSecret = made.path("secret").asText();
        assertTrue(ownersSecret.startsWith("whsec_"), "shown once");
        assertFalse(asked("GET", "/alerts/receivers", owner, "").toString().contains("whsec_"), "and never again");
        asked("POST", "/alerts/receivers", owner, receiver("mail", "owner@example.org"));
        asked("POST", "/alerts/receivers", manager, receiver("webhook", hook + "/down"));
        asked("POST", "/alerts/receivers", manager, receiver("webhook", hook + "/gone"));
        JsonNode rule = asked("POST", "/alerts/rules", owner, OWN_RULE.formatted(SealedHouse.MINE));
        assertEquals(rule, asked("POST", "/alerts/rules", owner, OWN_RULE.formatted(SealedHouse.MINE)));
        asked(
                "POST",
                "/alerts/rules",
                manager,
                "{\"measure\": \"concentration\", \"of\": \"members\", \"raise\": 1, \"clear\": 0}");
        until(
                "the webhook answers at the third attempt",
                () -> at("/flaky").stream().anyMatch(one -> one.answered() == 204));
        until("a mail is there", () -> mail.getReceivedMessages().length == 1);
        List<Received> flaky = at("/flaky");
        assertEquals(3, flaky.size());
        assertEquals(1, flaky.stream().map(Received::id).distinct().count(), "one id");
        for (Received one : flaky) {
            assertEquals("v1," + signature(one), one.signature());
        }
        JsonNode said = DoorClient.JSON.readTree(flaky.getFirst().body());
        assertEquals("alert.raised", said.path("type").asText());
        assertEquals("account 1", said.at("/data/of").asText());
        JsonNode figures = asked("GET", "/accounts/1/margin", owner, "");
        long ratio = said.at("/data/value").asLong();
        long asks = figures.at("/asBooked/initialMargin/u").asLong()
                + figures.at("/buffer/buffer/u").asLong();
        assertEquals(figures.at("/asBooked/equity/u").asLong() * 1_000_000 / asks, ratio, figures.toString());
        MimeMessage letter = mail.getReceivedMessages()[0];
        assertEquals("owner@example.org", letter.getAllRecipients()[0].toString());
        assertTrue(letter.getSubject().startsWith("Alert: The equity of account 1 is "), letter.getSubject());
        assertTrue(String.valueOf(letter.getContent()).contains("bulwark alert acknowledge"));
    }

    /** As the specification says it, by nothing of the house's. */
    private String signature(Received one) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(ownersSecret.substring("whsec_".length())), "raw"));
        return Base64.getEncoder()
                .encodeToString(mac.doFinal((one.id() + "." + one.time() + "." + one.body()).getBytes(UTF_8)));
    }

    private void isKnownAndStreamed(String manager, String owner) throws Exception {
        JsonNode coverage = standing(manager, "coverage");
        assertEquals(0, coverage.path("value").asInt(-1), coverage.toString());
        assertTrue(coverage.path("text").asText().startsWith("The fund holds 0 % of what it must hold, by epoch 1"));
        assertTrue(standing(manager, "margin-ratio").isMissingNode(), "an account is its owner's");
        assertTrue(standing(owner, "coverage").isMissingNode(), "the fund is not the owner's");
        int alert = standing(owner, "margin-ratio").path("alert").asInt();
        HttpRequest stream = HttpRequest.newBuilder(sealed.door().address().resolve("/alerts/stream"))
                .header("Authorization", "Bearer " + owner)
                .header("Last-Event-ID", "0")
                .build();
        try (HttpClient http = HttpClient.newHttpClient();
                Stream<String> lines =
                        http.send(stream, HttpResponse.BodyHandlers.ofLines()).body()) {
            assertEquals(
                    404,
                    client.status("POST", "/alerts/" + coverage.path("alert").asInt() + "/acknowledge", owner, "{}"));
            asked("POST", "/alerts/" + alert + "/acknowledge", owner, "{\"note\": \"on it\"}");
            assertEquals(400, client.status("POST", "/alerts/" + alert + "/acknowledge", owner, "{}"), "once");
            List<String> data = lines.filter(line -> line.startsWith("data:") && !line.contains("heartbeat"))
                    .limit(2)
                    .toList();
            assertTrue(data.getFirst().contains("\"type\":\"raised\""), data.toString());
            assertTrue(data.getLast().contains("\"type\":\"acknowledged\""), data.toString());
            assertTrue(data.stream().allMatch(line -> line.contains("account 1")), data.toString());
        }
        assertEquals(
                "on it",
                standing(owner, "margin-ratio").at("/acknowledged/note").asText());
    }

    private void endsDeadAndIsSentAgain(String manager) throws Exception {
        int concentration = 0;
        for (JsonNode alert : asked("GET", "/alerts", manager, "").path("standing")) {
            concentration += alert.path("measure").asText().equals("concentration") ? 1 : 0;
        }
        int expected =
                at("/gone").stream().map(Received::id).distinct().toList().size();
        assertTrue(concentration > 1, "one alert a member");
        until("what never answers is dead after four attempts", () -> dead(manager) >= 2 * expected && expected > 1);
        assertEquals(expected, at("/gone").size(), "who wants no more is not asked again");
        for (String id : at("/down").stream().map(Received::id).distinct().toList()) {
            assertEquals(
                    4, at("/down").stream().filter(one -> one.id().equals(id)).count());
        }
        downIsUp = true;
        String first = at("/down").getFirst().id();
        int before = at("/down").size();
        for (JsonNode dead : asked("GET", "/alerts/dead", manager, "")) {
            if (dead.path("address").asText().endsWith("/down")) {
                asked("POST", "/alerts/dead/" + dead.path("delivery").asInt() + "/resend", manager, "{}");
            }
        }
        until(
                "sent again under the same id",
                () -> at("/down").stream()
                        .anyMatch(one -> one.answered() == 200 && one.id().equals(first)));
        until("each once", () -> at("/down").size() == before + expected);
        assertEquals(
                expected,
                IntStream.range(before, at("/down").size())
                        .mapToObj(at("/down")::get)
                        .map(Received::id)
                        .distinct()
                        .count());
    }

    private int dead(String bearer) {
        try {
            return asked("GET", "/alerts/dead", bearer, "").size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void repeatsNothingAfterARestart(Path folder, GreenMail mail) throws Exception {
        int hooks = received.size();
        String before = sealed.verb(0, "alert", "list");
        sealed.close();
        sealed = SealedHouse.again(folder);
        client = new DoorClient(sealed);
        Thread.sleep(Duration.ofSeconds(3));
        assertEquals(hooks, received.size(), "nothing is told twice");
        assertEquals(1, mail.getReceivedMessages().length);
        assertEquals(before, sealed.verb(0, "alert", "list"), "and nothing is lost");
    }

    private void isOver(String manager, GreenMail mail) throws Exception {
        int alert = standing(manager, "coverage").path("alert").asInt();
        String known = sealed.verb(0, "alert", "acknowledge", Integer.toString(alert), "--note", "called them");
        assertTrue(known.contains("Known to house: called them"), known);
        sealed.verb(
                0,
                "alert",
                "watch",
                "--measure",
                "concentration",
                "--of",
                "asset USDC",
                "--raise",
                "1",
                "--clear",
                "0");
        until(
                "an asset is watched by its listed name",
                () -> sealed.verb(0, "alert", "list")
                        .matches("(?s).*Of all collateral, [0-9.]+ % is USDC, by epoch 1.*"));
        PaidCalls.inFull(sealed.house());
        sealed.house().cycle().assess(sealed.house().cycle().seal(sealed.foundation()));
        until(
                "covered again",
                () -> at("/down").stream()
                        .anyMatch(one -> one.body().contains("alert.cleared")
                                && one.body().contains("\"coverage\"")));
        assertTrue(standing(manager, "coverage").isMissingNode());
        String over = sealed.verb(0, "alert", "list", "--over");
        assertTrue(over.contains("alert " + alert + ", since") && over.contains("Over since"), over);
        assertEquals(1, mail.getReceivedMessages().length, "the owner's stands as it stood");
    }

    private void attacks(String manager, String owner, String hook) throws Exception {
        for (int account : new int[] {SealedHouse.ANOTHERS, SealedHouse.NOBODYS}) {
            HttpResponse<String> refused = client.send("POST", "/alerts/rules", owner, OWN_RULE.formatted(account));
            assertEquals(404, refused.statusCode());
            assertTrue(refused.body().contains("Account " + account + " is none that you may see"), refused.body());
        }
        assertEquals(404, client.status("POST", "/alerts/rules", manager, OWN_RULE.formatted(1)));
        assertEquals(
                403,
                client.status(
                        "POST",
                        "/alerts/rules",
                        owner,
                        "{\"measure\": \"coverage\", \"of\": \"fund\", \"raise\": 1, \"clear\": 2}"));
        for (String refused : List.of(
                "{\"measure\": \"coverage\", \"of\": \"fund\", \"raise\": 2, \"clear\": 1}",
                "{\"measure\": \"coverage\", \"of\": \"fund\", \"raise\": 2, \"clear\": 2}",
                "{\"measure\": \"data-age\", \"of\": \"venues\", \"raise\": 60, \"clear\": 120}",
                "{\"measure\": \"data-age\", \"of\": \"venue atlantis\", \"raise\": 60, \"clear\": 30}",
                "{\"measure\": \"coverage\", \"of\": \"venue aave\", \"raise\": 1, \"clear\": 2}",
                "{\"measure\": \"coverage\", \"of\": \"fund\", \"raise\": 1, \"clear\": 2, \"owner\": \"the house\"}",
                "{\"measure\": \"margin-ratio\", \"of\": \"accounts\", \"raise\": 1, \"clear\": 2}")) {
            assertEquals(400, client.status("POST", "/alerts/rules", manager, refused), refused);
        }
        int houses = 0;
        for (JsonNode rule : asked("GET", "/alerts/rules", owner, "")) {
            houses += rule.path("owner").asText().equals("the house") ? 1 : 0;
            if (rule.path("owner").asText().equals("the house")) {
                assertEquals(
                        404,
                        client.status(
                                "POST", "/alerts/rules/" + rule.path("rule").asInt() + "/end", owner, "{}"));
            }
        }
        assertEquals(1, houses, "of the house's rules an owner sees the one about accounts");
        assertEquals(404, client.status("POST", "/alerts/receivers/1/end", manager, "{}"), "another's receiver");
        for (String address : List.of("ftp://a.example/", "https://u:p@a.example/", "a", "https:///x", hook + "#a")) {
            assertEquals(400, client.status("POST", "/alerts/receivers", owner, receiver("webhook", address)), address);
        }
        for (String box : List.of("a", "a@b, c@d", "A <a@b>", "a@b\r\nBcc: c@d")) {
            assertEquals(400, client.status("POST", "/alerts/receivers", owner, receiver("mail", box)), box);
        }
        // A token that is taken back tells its holder nothing more.
        int told = at("/down").size();
        sealed.verb(0, "access", "revoke", "maria");
        sealed.house().cycle().assess(sealed.house().cycle().seal(sealed.foundation()));
        Thread.sleep(Duration.ofSeconds(2));
        assertEquals(told, at("/down").size());
    }

    private void tellsNoSecret(Path folder, String owner) throws Exception {
        String bare = ownersSecret.substring("whsec_".length());
        String all = received.toString()
                + sealed.verb(0, "alert", "tell")
                + sealed.verb(0, "alert", "dead")
                + client.send("GET", "/alerts", owner, "").body()
                + client.send("GET", "/alerts/receivers", owner, "").body();
        assertFalse(all.contains(bare) || all.contains(MAIL_PASSWORD));
        // Without the operator's word no webhook leads inside.
        Files.writeString(folder.resolve("home/alerts.properties"), "retry.seconds=1\n");
        sealed.close();
        sealed = SealedHouse.again(folder);
        for (String inside : List.of(
                "https://127.0.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://localhost/",
                "https://[::1]/",
                "https://10.0.0.1/",
                "https://192.168.1.1/",
                "https://[::ffff:127.0.0.1]/",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://[fd00::1]/",
                "https://100.64.0.1/",
                "http://93.184.216.34/")) {
            String refused = sealed.verb(2, "alert", "tell", "--webhook", inside);
            assertTrue(refused.contains("url"), refused);
        }
    }
}
