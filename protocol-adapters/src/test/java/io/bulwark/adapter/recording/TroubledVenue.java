package io.bulwark.adapter.recording;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Stands before a venue, over HTTP on the loopback, and lets it behave as venues do on bad days: not at all, without end, or with other figures. */
public final class TroubledVenue implements AutoCloseable {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final long TRICKLE_MILLIS = 50;

    private final URI venue;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Mood mood = new Mood.Says(UnaryOperator.identity());

    /** How the venue behaves. */
    public sealed interface Mood {
        /**
         * It takes the question and does not answer.
         *
         * @param hold until it hangs up; longer than anybody waits
         */
        record Hangs(Duration hold) implements Mood {}

        /** It begins to answer and never ends. */
        record Trickles() implements Mood {}

        /**
         * It answers.
         *
         * @param edit what it makes of the true answer
         */
        record Says(UnaryOperator<String> edit) implements Mood {}
    }

    /**
     * Starts on a free port, sound at first.
     *
     * @param venue where the true answers come from
     */
    public TroubledVenue(URI venue) throws IOException {
        this.venue = venue;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
    }

    /** Where it answers, or does not. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on. */
    public void become(Mood next) {
        mood = next;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        client.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            switch (mood) {
                case Mood.Hangs(Duration hold) -> Thread.sleep(hold);
                case Mood.Trickles() -> trickle(exchange);
                case Mood.Says(UnaryOperator<String> edit) -> say(exchange, question, edit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        while (!Thread.currentThread().isInterrupted()) {
            body.write(' ');
            body.flush();
            Thread.sleep(TRICKLE_MILLIS);
        }
    }

    private void say(HttpExchange exchange, byte[] question, UnaryOperator<String> edit)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(venue + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(question));
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(CONTENT_TYPE))
                .ifPresent(type -> request.header(CONTENT_TYPE, type));
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        byte[] answer =
                edit.apply(new String(response.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.statusCode(), answer.length);
        exchange.getResponseBody().write(answer);
    }
}
