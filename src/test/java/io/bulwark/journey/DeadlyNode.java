package io.bulwark.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A chain's node at whose so-many-th request whoever asks dies, by SIGKILL: at odd ones before the node hears it, at even ones after it
 * did what it was asked and before anybody knows.
 */
final class DeadlyNode implements AutoCloseable {
    private final URI node;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<Program> victim = Optional.empty();
    private int last;
    private int heard;

    DeadlyNode(URI node) throws IOException {
        this.node = node;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Runs a verb until it dies or ends.
     *
     * @param request at which it dies
     * @param verb without its node
     * @return what it printed if it ended before; empty if it died
     */
    Optional<String> run(Path home, int request, String... verb) throws IOException, InterruptedException {
        Program program;
        synchronized (this) {
            last = request;
            heard = 0;
            program = Program.start(
                    home,
                    Stream.concat(
                                    Stream.of(verb),
                                    Stream.of(
                                            "--node",
                                            "http://127.0.0.1:"
                                                    + server.getAddress().getPort()))
                            .toArray(String[]::new));
            victim = Optional.of(program);
        }
        int code = program.exitCode();
        return code == 0 ? Optional.of(program.output()) : died(program, code);
    }

    private synchronized Optional<String> died(Program program, int code) {
        if (heard < last) {
            throw new AssertionError("exit code " + code + " without dying: " + program.output());
        }
        return Optional.empty();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            heard++;
            boolean dies = heard == last;
            if (dies && last % 2 == 1) {
                victim.orElseThrow().kill();
                return;
            }
            byte[] answer = client.send(
                            HttpRequest.newBuilder(node)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            if (dies) {
                victim.orElseThrow().kill();
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
