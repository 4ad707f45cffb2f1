package io.bulwark.prover.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a node and has no receipt the first times that one is asked for, as a node whose index lags behind its blocks. */
final class LateReceipts implements AutoCloseable {
    private final URI node;
    private final AtomicInteger left;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    LateReceipts(URI node, int times) throws IOException {
        this.node = node;
        left = new AtomicInteger(times);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::forward);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many more times there is no receipt. */
    int left() {
        return left.get();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] questions = exchange.getRequestBody().readAllBytes();
            HttpRequest request = HttpRequest.newBuilder(node)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(questions))
                    .build();
            byte[] answer = client.send(request, BodyHandlers.ofByteArray()).body();
            String asked = new String(questions, StandardCharsets.UTF_8);
            if (asked.contains("eth_getTransactionReceipt") && left.get() > 0) {
                left.decrementAndGet();
                String said = new String(answer, StandardCharsets.UTF_8);
                answer = said.replaceFirst("\"result\":.*\\}(?=\\}|\\]|$)", "\"result\":null}")
                        .getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
