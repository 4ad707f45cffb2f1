package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of the running server against what nobody well-meaning sends, by whoever may see everything, so that nothing is turned away
 * before it is read: no answer is the server's own fault, none tells what stands behind the door, and nothing of it stays in memory.
 */
@Drawn(1)
@OfHouse
final class HostileInputTest {
    private static final int TOO_LARGE = 1_100_000;
    private static final int DEEP = 100_000;
    private static final int ANSWER_MAX = 1 << 16;
    private static final int PATIENCE_MILLIS = 20_000;

    /** What a whole round may leave behind in the heap, bytes. */
    private static final long LEFT_MAX = 8L << 20;

    /** Words of what stands behind the door: stack traces, classes, queries, folders. */
    private static final Pattern INSIDE =
            Pattern.compile("\\tat |Exception|io\\.bulwark|io\\.micronaut|io\\.netty|com\\.fasterxml|jackson|StreamRead"
                    + "|java\\.|org\\.postgresql|select |/home|/tmp");

    private static SealedHouse sealed;
    private static String token;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        sealed = SealedHouse.in(folder);
        token = sealed.door().link().getQuery().substring("token=".length());
    }

    @AfterAll
    static void close() {
        sealed.close();
    }

    @Test
    void shouldRefuseAndForgetWhatNobodyWellMeaningSends() throws Exception {
        List<String> wrong = new ArrayList<>(round());
        long once = held();
        wrong.addAll(round());
        long left = held() - once;
        assertEquals("", String.join("\n", wrong));
        assertTrue(left < LEFT_MAX, left + " bytes of a round stay in memory");
        System.out.println("hostile input: " + asked + " requests, a round leaves " + left + " bytes");
    }

    private static int asked;

    /** All requests; what was wrong with the answers. */
    private static List<String> round() throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (RouteTable.Row row : RouteTable.rows()) {
            if (row.method().equals("POST")) {
                for (Map.Entry<String, byte[]> body : bodies().entrySet()) {
                    String type =
                            body.getKey().startsWith("type ") ? body.getKey().substring(5) : "application/json";
                    String more = body.getKey().startsWith("gzip") ? "Content-Encoding: gzip\r\n" : "";
                    check(row, body.getKey(), head(row.method(), row.path(), type, more, body.getValue()), wrong);
                }
                check(row, "chunks that are none", chunks(row), wrong);
            }
            for (Map.Entry<String, String> path : paths(row).entrySet()) {
                check(
                        row,
                        path.getKey(),
                        head(row.method(), path.getValue(), "application/json", "", "{}".getBytes(UTF_8)),
                        wrong);
            }
            // Headers are read before it is known whose they are.
            for (Map.Entry<String, String> header : row.route().matches("GET /fund|POST /margin")
                    ? headers().entrySet()
                    : Set.<Map.Entry<String, String>>of()) {
                check(
                        row,
                        header.getKey(),
                        head(row.method(), row.path(), "application/json", header.getValue(), "{}".getBytes(UTF_8)),
                        wrong);
            }
        }
        return wrong;
    }

    private static Map<String, byte[]> bodies() throws IOException {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("larger than any body", ("{\"a\": \"" + "x".repeat(TOO_LARGE) + "\"}").getBytes(UTF_8));
        bodies.put("deep arrays", "[".repeat(DEEP).getBytes(UTF_8));
        bodies.put("deep objects", "{\"a\":".repeat(DEEP).getBytes(UTF_8));
        bodies.put("deep in a field", ("{\"changes\": " + "[".repeat(DEEP) + "]".repeat(DEEP) + "}").getBytes(UTF_8));
        bodies.put("a number of many digits", ("{\"account\": " + "9".repeat(DEEP) + "}").getBytes(UTF_8));
        bodies.put("an exponent", "{\"account\": 1e999999999, \"cash\": \"1e999999999\"}".getBytes(UTF_8));
        bodies.put("many fields", fields(20_000).getBytes(UTF_8));
        bodies.put("one name twice", "{\"account\": 1, \"account\": 2}".getBytes(UTF_8));
        bodies.put("no text", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        bodies.put("half a character", "{\"\\ud800\": \"\\udc00\\ud800\"}".getBytes(UTF_8));
        bodies.put("zeros", new byte[1_000]);
        bodies.put("two values", "{} {}".getBytes(UTF_8));
        bodies.put("a list", "[{}]".getBytes(UTF_8));
        bodies.put("nothing", "null".getBytes(UTF_8));
        bodies.put("a name of scripts", "{\"<script>alert(1)</script>\": \"'; drop table epoch; --\"}".getBytes(UTF_8));
        bodies.put("gzip of much", gzip(50 << 20));
        bodies.put("type text/plain", "{}".getBytes(UTF_8));
        bodies.put("type application/x-www-form-urlencoded", "account=1".getBytes(UTF_8));
        bodies.put("type multipart/form-data; boundary=", "--\r\n\r\n".getBytes(UTF_8));
        bodies.put("type nothing/\"", "{}".getBytes(UTF_8));
        return bodies;
    }

    private static String fields(int many) {
        StringBuilder text = new StringBuilder("{\"account\": 1");
        for (int i = 0; i < many; i++) {
            text.append(", \"f").append(i).append("\": ").append(i);
        }
        return text.append('}').toString();
    }

    private static byte[] gzip(int zeros) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] part = new byte[1 << 16];
            for (int written = 0; written < zeros; written += part.length) {
                out.write(part);
            }
        }
        return packed.toByteArray();
    }

    /** Paths with something else in the place of what they name, and questions behind them. */
    private static Map<String, String> paths(RouteTable.Row row) {
        Map<String, String> paths = new LinkedHashMap<>();
        Matcher named = Pattern.compile("\\{[a-z]+}").matcher(row.route());
        String route = row.route().substring(row.route().indexOf(' ') + 1);
        if (named.find()) {
            for (String other : List.of(
                    "-1",
                    "2147483648",
                    "9223372036854775808",
                    "1.5",
                    "%00",
                    "%ff%fe",
                    "..%2f..%2fetc%2fpasswd",
                    "%27%3bdrop%20table%20epoch%3b--",
                    "x".repeat(4_000))) {
                paths.put("path " + other, route.replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(other)));
            }
        }
        for (String question : List.of(
                "limit=99999999999999999999&epoch=-1&account=1.5&cursor=%00",
                "limit=1&limit=2&epoch=1&epoch=2",
                "limit=&epoch=&account=&cursor=&token=",
                "%ff=%fe&%00=%00&=&&&%",
                "scale=NaN&scale=1e999&ETH=-Infinity&row=%27",
                "q=" + "x".repeat(60_000))) {
            paths.put(
                    "question " + question.substring(0, Math.min(60, question.length())), row.path() + "?" + question);
        }
        return paths;
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("a long header", "X: " + "x".repeat(100_000) + "\r\n");
        headers.put("many headers", "X: y\r\n".repeat(20_000));
        headers.put("what nobody accepts", "Accept: nothing/at-all\r\n");
        headers.put("no media range", "Accept: ;;;,,,\r\nAccept-Language: \u0001\r\n");
        headers.put("cookies", "Cookie: " + "a=b; ".repeat(1_000) + "\r\n");
        headers.put(
                "a tag without end",
                "If-None-Match: \"\r\nIf-Match: W/\r\nRange: bytes=9-1\r\nLast-Event-ID: \u00ff\r\n");
        headers.put("two lengths", "Content-Length: 7\r\n");
        headers.put("a length and chunks", "Transfer-Encoding: chunked\r\n");
        headers.put("another protocol", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n");
        headers.put("a trace", "traceparent: 00-zz\r\ntracestate: " + "a=b,".repeat(600) + "\r\n");
        return headers;
    }

    private static byte[] head(String method, String path, String type, String more, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write((method + " " + path + " HTTP/1.1\r\nHost: "
                        + sealed.door().address().getAuthority() + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: " + type + "\r\nConnection: close\r\n" + more
                        + (method.equals("GET") ? "" : "Content-Length: " + body.length + "\r\n") + "\r\n")
                .getBytes(ISO_8859_1));
        if (!method.equals("GET")) {
            request.write(body);
        }
        return request.toByteArray();
    }

    private static byte[] chunks(RouteTable.Row row) {
        return (row.method() + " " + row.path() + " HTTP/1.1\r\nHost: "
                        + sealed.door().address().getAuthority() + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n")
                .getBytes(ISO_8859_1);
    }

    private static void check(RouteTable.Row row, String what, byte[] request, List<String> wrong)
            throws IOException, InterruptedException {
        String said = answer(request);
        for (int again = 0; said.startsWith("HTTP/1.1 429") && again < 50; again++) {
            Thread.sleep(100);
            said = answer(request);
        }
        asked++;
        String where = row.route() + ", " + what + ": ";
        if (!said.isEmpty() && !said.matches("(?s)HTTP/1\\.[01] [234][0-9][0-9] .*")) {
            wrong.add(where + said.lines().findFirst().orElse(""));
        }
        // What the house means to say begins with a figure or a page; what went wrong is a problem.
        String body = said.substring(Math.max(0, said.indexOf("\r\n\r\n")));
        Matcher inside = INSIDE.matcher(said.matches("(?s)HTTP/1\\.[01] 4.*") ? body : "");
        if (inside.find() || body.contains(token)) {
            wrong.add(where + "tells "
                    + body.substring(0, Math.min(400, body.length())).strip());
        }
    }

    /** What came back, as far as it says something; empty where the door was shut. */
    private static String answer(byte[] request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), sealed.door().address().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (SocketException shut) {
                // A door that has heard enough need not hear the rest; what it said stands.
            }
            return read(socket.getInputStream());
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        try {
            for (int n = in.read(part); n >= 0 && said.size() < ANSWER_MAX; n = in.read(part)) {
                said.write(part, 0, n);
                if (said.toString(ISO_8859_1).contains("text/event-stream")) {
                    break;
                }
            }
        } catch (SocketTimeoutException silent) {
            return "nothing in " + PATIENCE_MILLIS + " ms after " + said.toString(UTF_8);
        } catch (SocketException shut) {
            // Shut without a word, or after one.
        }
        return said.toString(UTF_8);
    }

    private static long held() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(200);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
