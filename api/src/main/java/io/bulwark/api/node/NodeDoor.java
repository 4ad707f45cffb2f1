package io.bulwark.api.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.round.RoundMessage;
import io.bulwark.house.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What a node answers other nodes and everybody, over the JDK's own server: a node runs beside six others on one machine in a test, and
 * answers five paths.
 *
 * <pre>
 * POST /node/messages    a signed message of a round: 204 if a node said it, else 403
 * POST /node/questions   a signed question: 200 with the answer, else 404
 * GET  /node             how the node stands, for people: no position, no secret
 * GET  /node/heads       a line an epoch that it sealed, number and digest: for whoever wants to be a witness
 * GET  /house.json       what everybody may know of the house: its nodes, list after list, and the epochs with their signatures
 * </pre>
 */
final class NodeDoor implements AutoCloseable {
    private static final int AT_ONCE = 64;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD = 400;
    private static final int FORBIDDEN = 403;
    private static final int UNKNOWN = 404;
    private static final int OTHER_METHOD = 405;
    private static final int TOO_LONG = 413;
    private static final int BUSY = 503;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(AT_ONCE);

    static {
        // Half-sent requests and held connections are cut by time, seconds; the server reads these once.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        System.setProperty("sun.net.httpserver.maxRspTime", "120");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        System.setProperty("jdk.httpserver.maxConnections", "1000");
    }

    /**
     * Opens it.
     *
     * @param shown what anybody may read, by its path
     */
    NodeDoor(InetSocketAddress listen, Node node, Map<String, Supplier<Optional<byte[]>>> shown) {
        try {
            server = HttpServer.create(listen, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("listen " + listen, e);
        }
        server.setExecutor(workers);
        server.createContext(
                "/node/messages",
                exchange -> posted(exchange, body -> {
                    boolean taken = node.take(body);
                    return new Reply(taken ? NO_CONTENT : FORBIDDEN, Optional.empty());
                }));
        server.createContext(
                "/node/questions",
                exchange -> posted(exchange, body -> {
                    Optional<byte[]> answer = node.answer(body);
                    return new Reply(answer.isPresent() ? OK : UNKNOWN, answer);
                }));
        shown.forEach((path, content) -> server.createContext(path, exchange -> {
            try (exchange) {
                Optional<byte[]> found =
                        exchange.getRequestURI().getPath().equals(path) ? content.get() : Optional.empty();
                reply(exchange, new Reply(found.isPresent() ? OK : UNKNOWN, found));
            }
        }));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private record Reply(int status, Optional<byte[]> content) {}

    /** Answers a posted body. */
    private interface Answering {
        Reply to(byte[] body);
    }

    private void posted(HttpExchange exchange, Answering answering) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                reply(exchange, new Reply(OTHER_METHOD, Optional.empty()));
            } else if (!room.tryAcquire()) {
                reply(exchange, new Reply(BUSY, Optional.empty()));
            } else {
                try {
                    byte[] body = exchange.getRequestBody().readNBytes(RoundMessage.BYTES_MAX + 1);
                    reply(
                            exchange,
                            body.length > RoundMessage.BYTES_MAX
                                    ? new Reply(TOO_LONG, Optional.empty())
                                    : answered(answering, body));
                } finally {
                    room.release();
                }
            }
        }
    }

    private static Reply answered(Answering answering, byte[] body) {
        try {
            return answering.to(body);
        } catch (CanonicalException e) {
            return new Reply(BAD, Optional.of((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return new Reply(BAD, Optional.of("must be a message of a round\n".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static void reply(HttpExchange exchange, Reply reply) throws IOException {
        byte[] content = reply.content().orElseGet(() -> new byte[0]);
        exchange.sendResponseHeaders(reply.status(), content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
