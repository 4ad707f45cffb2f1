package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house that speaks TLS itself, beyond this machine too; and whoever listens, pretends to be it, or comes without. */
@OfHouse
class TlsJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String NAME = "https://house.example";

    @TempDir
    private Path folder;

    private CertifiedHost host;
    private CertifiedHost another;
    private Path certificate;
    private Path key;
    private int port;

    @BeforeEach
    void certify() throws Exception {
        certificate = folder.resolve("door.pem");
        key = folder.resolve("door.key");
        host = CertifiedHost.in(folder.resolve("host.p12"));
        another = CertifiedHost.in(folder.resolve("another.p12"), "-keyalg", "RSA", "-ext", "san=dns:localhost");
        host.certificate(certificate).key(key);
    }

    private String[] serving(String... further) {
        return Stream.concat(
                        Stream.of(
                                "sandbox",
                                "--home",
                                at("house"),
                                "--tls-certificate",
                                certificate.toString(),
                                "--tls-key",
                                key.toString()),
                        Stream.of(further))
                .toArray(String[]::new);
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }

    /** What cannot be is refused before a house is opened, by the option that says it. */
    @Test
    void shouldRefuseACertificateThatNobodyShouldTrustAndAnOpenDoorWithoutOne() throws Exception {
        refused(
                "--listen = 0.0.0.0: must be of this machine alone",
                "sandbox",
                "--listen",
                "0.0.0.0",
                "--origin",
                NAME);
        refused(
                "--listen = 0:0:0:0:0:0:0:0: must be of this machine alone",
                "sandbox",
                "--listen",
                "::",
                "--origin",
                NAME);
        refused("--listen = 127.0.0.2: must be 127.0.0.1 or ::1", "sandbox", "--listen", "127.0.0.2");
        refused("--listen = house.example: must be an address", "sandbox", "--listen", "house.example");
        refused("--tls-key: must be given", "sandbox", "--tls-certificate", certificate.toString());
        refused("--tls-certificate: must be given", "sandbox", "--tls-key", key.toString());
        refused("--origin: must be given with --listen 0.0.0.0", serving("--listen", "0.0.0.0"));
        refused("must begin with https://", serving("--origin", "http://house.example"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        refused("--tls-key = " + key + ": must be readable by its owner alone", serving());
        another.key(key);
        refused("--tls-key = " + key + ": must hold the key of the certificate", serving());
        CertifiedHost.in(folder.resolve("third.p12")).key(key);
        refused("--tls-key = " + key + ": must be the key of the certificate", serving());
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertFalse(refused("--tls-key = ", serving()).contains("c2VjcmV0"), "what the file holds is not said");
        Files.writeString(
                key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----\n");
        refused("without a password", serving());
        host.key(key);
        Files.writeString(certificate, "no certificate");
        refused("--tls-certificate = " + certificate + ": must hold certificates in PEM", serving());
        CertifiedHost.in(folder.resolve("old.p12"), "-keyalg", "EC", "-startdate", "-9d")
                .certificate(certificate)
                .key(key);
        refused("--tls-certificate = " + certificate + ": must be in force; it is from", serving());
        assertFalse(Files.exists(folder.resolve("house")), "no house was opened");
    }

    /** On a port that is taken, so that what is not refused for this reason is for that. */
    private String refused(String words, String... verb) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = said(2, verb, "--port", Integer.toString(taken.getLocalPort()));
            assertTrue(said.contains(words), words + " in: " + said);
            return said;
        }
    }

    @Test
    void shouldBeReachedByNobodyWhoDoesNotSpeakTlsWithItAndRenewItsCertificate() throws Exception {
        try (SandboxHouse house = SandboxHouse.over(serving("--listen", "0.0.0.0", "--origin", NAME))) {
            Matcher place = house.await("answers at " + NAME + " on port (\\d+) of 0\\.0\\.0\\.0");
            port = Integer.parseInt(place.group(1));
            String token =
                    house.await("browser: " + NAME + "/\\?token=([0-9a-f]{64})").group(1);
            answersByTls(token);
            keepsNoCookieOfAnother(token);
            saysNothingWithoutTls();
            isReachedByTheMachinesOwnAddress();
            isAskedByVerbs();
            renews();
        }
    }

    private HttpResponse<String> ask(CertifiedHost trusted, String path, String... headers) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(trusted)).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                    .timeout(PATIENCE);
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static SSLContext trusting(CertifiedHost trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", trusted.store().getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private void answersByTls(String token) throws Exception {
        HttpResponse<String> here = ask(host, "/health");
        assertEquals(200, here.statusCode());
        assertTrue(
                here.headers().firstValue("Strict-Transport-Security").isEmpty(),
                "other programs answer under localhost, by http");
        assertEquals(
                List.of("TLSv1.3"),
                here.sslSession().map(SSLSession::getProtocol).stream().toList());
        assertEquals(401, ask(host, "/accounts").statusCode());
        assertEquals(
                200, ask(host, "/accounts", "Authorization", "Bearer " + token).statusCode());
        assertEquals(
                403, ask(host, "/health", "Origin", "http://localhost:" + port).statusCode());
        assertEquals(
                200, ask(host, "/health", "Origin", "https://localhost:" + port).statusCode());
        assertThrows(SSLException.class, () -> ask(another, "/health"), "another's certificate");
        String named = raw(InetAddress.getLoopbackAddress(), "GET /health HTTP/1.1\r\nHost: house.example\r\n");
        assertTrue(named.startsWith("HTTP/1.1 200") && named.contains("Strict-Transport-Security: "), named);
        String strange = raw(InetAddress.getLoopbackAddress(), "GET /health HTTP/1.1\r\nHost: evil.example\r\n");
        assertTrue(strange.startsWith("HTTP/1.1 421"), strange);
    }

    /** What the link leaves in a browser is this host's alone; a name that any other port could have left is none. */
    private void keepsNoCookieOfAnother(String token) throws Exception {
        HttpResponse<String> welcome = ask(host, "/?token=" + token);
        String cookie = welcome.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(
                cookie.startsWith("__Host-bulwark=")
                        && Stream.of("; Secure", "; HTTPOnly", "; Path=/", "; SameSite=Strict")
                                .allMatch(cookie::contains)
                        && !cookie.contains("Domain"),
                cookie);
        String value = cookie.substring(0, cookie.indexOf(';'));
        assertEquals(200, ask(host, "/accounts", "Cookie", value).statusCode());
        assertEquals(
                401,
                ask(host, "/accounts", "Cookie", value.replace("__Host-", "")).statusCode());
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(host)).build()) {
            HttpResponse<String> begun = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/access/session"))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            begun.headers()
                    .allValues("Set-Cookie")
                    .forEach(left -> assertTrue(left.startsWith("__Host-bulwark-session="), left));
        }
    }

    /** Whoever speaks HTTP with it, or nothing that there is, is left without an answer, and cut. */
    private void saysNothingWithoutTls() throws Exception {
        for (String said : List.of("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n", "\u0016\u0003\u0001")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
                String answer;
                try {
                    answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                } catch (IOException reset) {
                    assertFalse(reset instanceof java.net.SocketTimeoutException, "held open after: " + said);
                    answer = "";
                }
                assertFalse(answer.contains("HTTP/"), answer);
            }
        }
        assertEquals(200, ask(host, "/health").statusCode());
    }

    private String raw(InetAddress place, String request) throws Exception {
        try (SSLSocket socket = (SSLSocket) trusting(host).getSocketFactory().createSocket(place, port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void isReachedByTheMachinesOwnAddress() throws Exception {
        List<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (InetAddress address : own) {
            String said = raw(address, "GET /health HTTP/1.1\r\nHost: house.example\r\n");
            assertTrue(said.startsWith("HTTP/1.1 200"), address + ": " + said);
        }
    }

    /** Verbs ask a house by https of whom its authority vouches for, and of nobody else. */
    private void isAskedByVerbs() throws Exception {
        String url = "https://localhost:" + port;
        another.certificate(folder.resolve("another.pem"));
        LinkKey.in(folder.resolve("owner.key")).signer(Scheme.EIP191);
        String[] asked = {"access", "sign-in", "--url", url, "--key", at("owner.key"), "--out", at("session")};
        String unknown = said(2, asked, "--ca", certificate.toString());
        assertTrue(unknown.contains("signer"), unknown);
        String pretended = said(2, asked, "--ca", at("another.pem"));
        assertTrue(pretended.contains("does not show that it is that house"), pretended);
        assertTrue(said(2, asked).contains("does not show that it is that house"));
        assertTrue(said(2, asked, "--ca", key.toString()).contains("--ca = " + key + ": must hold certificates"));
        String[] plain =
                Arrays.stream(asked).map(word -> word.replace("https", "http")).toArray(String[]::new);
        assertTrue(
                said(2, plain, "--ca", certificate.toString()).contains("must be for a house that is asked by https"));
        assertFalse(Files.exists(folder.resolve("session")));
        said(0, new String[] {"sandbox", "--example", at("mine")});
        String[] files = {at("mine/snapshot.json")};
        String good =
                said(0, new String[] {"venue", "validate", "--against", url, "--ca", certificate.toString()}, files);
        assertTrue(good.contains("snapshot.json"), good);
        Path token = Files.writeString(folder.resolve("token"), Files.readString(folder.resolve("house/token")));
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        String rules = said(
                0,
                new String[] {"alert", "rules", "--url", url, "--session", token.toString()},
                "--ca",
                certificate.toString());
        assertEquals("", rules, "there is no rule before the first epoch");
    }

    private static String said(int code, String[] verb, String... further) {
        Verb ran = Verb.alone(
                Stream.concat(Arrays.stream(verb), Arrays.stream(further)).toArray(String[]::new));
        assertEquals(code, ran.exitCode(), ran.output());
        return ran.output();
    }

    /** Half a renewal changes nothing; a whole one is shown to whoever comes next, in each form of a key that tools write. */
    private void renews() throws Exception {
        assertTrue(isShown(host));
        another.certificate(certificate);
        Thread.sleep(Duration.ofSeconds(7));
        assertEquals(200, ask(host, "/health").statusCode(), "the new certificate has no key yet");
        CertifiedHost.pem(
                key,
                "RSA PRIVATE KEY",
                PrivateKeyInfo.getInstance(another.key())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded());
        awaitShown(another);
        assertFalse(isShown(host));
        assertThrows(SSLException.class, () -> ask(host, "/health"));
        CertifiedHost.pem(
                key,
                "EC PRIVATE KEY",
                PrivateKeyInfo.getInstance(host.key())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded());
        host.certificate(certificate);
        awaitShown(host);
    }

    private void awaitShown(CertifiedHost wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isShown(wanted)) {
            assertTrue(System.nanoTime() < deadline, "the renewed certificate is not shown");
            Thread.sleep(200);
        }
        assertEquals(200, ask(wanted, "/health").statusCode());
    }

    /** Whether the door shows this certificate to whoever comes now and trusts no other. */
    private boolean isShown(CertifiedHost wanted) throws Exception {
        try (SSLSocket socket = (SSLSocket) trusting(wanted).getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            byte[] shown = ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getEncoded();
            return Arrays.equals(wanted.certificate(), shown);
        } catch (SSLException e) {
            return false;
        }
    }
}
