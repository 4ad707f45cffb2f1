package io.bulwark.adapter.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Stands before a recorded venue, over HTTP on the loopback: lets in whom the venue would let in, keeps what was asked, and answers what a test wants answered. */
public final class GuardedVenue implements AutoCloseable {
    /**
     * A question as it came.
     *
     * @param exchange with its headers
     * @param path path and query
     * @param body of a POST
     * @param number counts the questions, from 0
     */
    public record Question(HttpExchange exchange, String path, String body, int number) {
        /** A header, empty if it is not there. */
        public String header(String name) {
            String value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? "" : value;
        }
    }

    /** What it makes of the true answer. */
    @FunctionalInterface
    public interface Edit {
        /** The answer that is given. */
        String of(Question question, String answer);
    }

    private final URI venue;
    private final Predicate<Question> admits;
    private final Edit edit;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<Question> asked = new CopyOnWriteArrayList<>();

    /**
     * Starts on a free port.
     *
     * @param venue where the true answers come from
     * @param admits whom it answers; anybody else gets 401
     * @param edit what it makes of the true answers
     */
    public GuardedVenue(URI venue, Predicate<Question> admits, Edit edit) throws IOException {
        this.venue = venue;
        this.admits = admits;
        this.edit = edit;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
    }

    /** Where it answers. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked, in the order of asking. */
    public List<Question> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        client.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Question question = new Question(exchange, exchange.getRequestURI().toString(), body, asked.size());
            asked.add(question);
            if (!admits.test(question)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(venue + question.path()))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            byte[] answer = edit.of(question, response.body()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.statusCode(), answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
