package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Whoever asks at the door of a sealed house: programs by a library, attackers byte by byte. */
final class DoorClient {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final SealedHouse sealed;

    DoorClient(SealedHouse sealed) {
        this.sealed = sealed;
    }

    /** The session of whoever holds a token, as a browser begins it. */
    String session(String token) throws Exception {
        HttpResponse<String> in = send("POST", "/access/session", token, "{}");
        assertEquals(200, in.statusCode(), in.body());
        assertTrue(
                in.headers().firstValue("set-cookie").orElse("").matches("(?i).*; httponly.*"),
                in.headers().toString());
        return JSON.readTree(in.body()).path("token").asText();
    }

    String session(String name, Scheme scheme) throws Exception {
        LinkKey key = LinkKey.in(sealed.key(name));
        String text = challenge(key.signer(scheme));
        HttpResponse<String> in = send("POST", "/access/sign-in", "", signed(text, scheme, sign(key, text, scheme)));
        assertEquals(200, in.statusCode(), in.body());
        return JSON.readTree(in.body()).path("token").asText();
    }

    String challenge(String signer) throws Exception {
        HttpResponse<String> answer = send("POST", "/access/challenge", "", "{\"signer\": \"" + signer + "\"}");
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body()).path("text").asText();
    }

    static String sign(LinkKey key, String text, Scheme scheme) {
        return "0x" + HexFormat.of().formatHex(key.sign(new Text(text), scheme).bytes());
    }

    static String signed(String text, Scheme scheme, String signature) {
        return JSON.createObjectNode()
                .put("text", text)
                .put("scheme", scheme.name().toLowerCase(Locale.ROOT))
                .put("signature", signature)
                .toString();
    }

    String prepare(String session, String action, String to, String scope) throws Exception {
        HttpResponse<String> answer = send(
                "POST",
                "/access/consents/prepare",
                session,
                "{\"action\": \"%s\", \"account\": 1, \"grantee\": \"%s\", \"scope\": \"%s\", \"days\": 3}"
                        .formatted(action, to, scope));
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    String consent(String session, String action, String to, String scope, Scheme scheme) throws Exception {
        JsonNode prepared = JSON.readTree(prepare(session, action, to, scope));
        LinkKey key = LinkKey.in(sealed.key("mine"));
        LinkSignature by = scheme == Scheme.EIP712
                ? key.sign(new Typed(prepared.path("text").asText(), typed(prepared)), scheme)
                : key.sign(new Text(prepared.path("text").asText()), scheme);
        return signedBy(prepared, by);
    }

    /** EIP-712 as a wallet computes it, from the JSON that it is given. */
    static Digest typed(JsonNode prepared) throws IOException {
        return WalletDigest.of(JSON.readTree(prepared.path("typed").asText()));
    }

    static String signedBy(JsonNode prepared, LinkSignature by) {
        return ((ObjectNode) prepared.deepCopy())
                .put("scheme", by.scheme().name().toLowerCase(Locale.ROOT))
                .put("signer", by.signer())
                .put("signature", "0x" + HexFormat.of().formatHex(by.bytes()))
                .toString();
    }

    /** A text that a wallet signs. */
    record Text(String text) implements LinkSignature.Signable {
        @Override
        public Optional<Digest> typed() {
            return Optional.empty();
        }

        @Override
        public long chainId() {
            return 1;
        }
    }

    /** Typed data that a wallet signs. */
    record Typed(String text, Digest digest) implements LinkSignature.Signable {
        @Override
        public Optional<Digest> typed() {
            return Optional.of(digest);
        }

        @Override
        public long chainId() {
            return 1;
        }
    }

    int status(String method, String path, String bearer, String body) throws Exception {
        HttpResponse<InputStream> answer = HTTP.send(request(method, path, bearer, body), BodyHandlers.ofInputStream());
        answer.body().close();
        assertTrue(answer.statusCode() < 500, method + " " + path + " " + answer.statusCode());
        return answer.statusCode();
    }

    HttpResponse<String> send(String method, String path, String bearer, String body) throws Exception {
        return HTTP.send(request(method, path, bearer, body), BodyHandlers.ofString());
    }

    HttpRequest request(String method, String path, String bearer, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(sealed.door().address() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return request.build();
    }

    String raw(String request) throws IOException {
        URI address = sealed.door().address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
