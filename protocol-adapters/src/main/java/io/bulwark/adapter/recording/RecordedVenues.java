package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Venues that answer from recordings, over HTTP on the loopback. An adapter gets an address and cannot tell the difference. */
public final class RecordedVenues implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "aave",
            "deribit",
            "hyperliquid",
            "dydx",
            "lyra",
            "perp",
            "okx",
            "bybit",
            "derive",
            "binance",
            "paradex",
            "drift");

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Starts the server on a free port.
     *
     * @param recordings by the name under which {@link #endpoint} finds them
     */
    public RecordedVenues(Map<String, Recording> recordings) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        recordings.forEach((venue, recording) ->
                server.createContext("/" + venue, exchange -> serve(exchange, "/" + venue, recording)));
        server.setExecutor(workers);
        server.start();
    }

    /** Starts the venues of the demonstration. */
    public static RecordedVenues bundled() throws IOException {
        Map<String, Recording> recordings = new HashMap<>();
        NAMES.forEach(venue -> recordings.put(venue, Recording.bundled(venue)));
        return new RecordedVenues(recordings);
    }

    /** Where a venue answers. */
    public URI endpoint(String venue) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + venue);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private static void serve(HttpExchange exchange, String prefix, Recording recording) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String request = exchange.getRequestMethod() + " "
                    + unsigned(exchange.getRequestURI().toString().substring(prefix.length()));
            Optional<byte[]> answer = recording.response(request, body);
            if (answer.isEmpty() && body.length > 0) {
                answer = rpc(recording, body);
            }
            byte[] response =
                    answer.orElseGet(() -> utf8("{\"error\":\"not recorded: " + request.replace('"', '\'') + "\"}"));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, response.length);
            exchange.getResponseBody().write(response);
        } catch (PayloadRefused e) {
            throw new IOException("request must be JSON", e);
        }
    }

    /** The question without what is new in every one and changes no answer: its time and its signature. */
    private static String unsigned(String pathAndQuery) {
        return pathAndQuery.replaceAll("[?&](recvWindow|timestamp|signature)=[^&]*", "");
    }

    private static Optional<byte[]> rpc(Recording recording, byte[] body) {
        JsonNode question = JsonText.tree("recording", "request", body);
        if (question.isArray()) {
            StringBuilder answers = new StringBuilder();
            question.forEach(q -> answers.append(answers.isEmpty() ? "[" : ",").append(answer(recording, q)));
            return Optional.of(utf8(answers.append(']').toString()));
        }
        return question.has("jsonrpc") ? Optional.of(utf8(answer(recording, question))) : Optional.empty();
    }

    private static String answer(Recording recording, JsonNode question) {
        String method = question.path("method").asText();
        JsonNode params = question.path("params");
        String head = "{\"jsonrpc\":\"2.0\",\"id\":" + question.path("id");
        return recording
                .result(method, params)
                .map(result -> head + ",\"result\":" + new String(result, StandardCharsets.UTF_8)
                        + recording.envelope(method, params) + "}")
                .orElseGet(() -> head + ",\"error\":{\"code\":-32601,\"message\":\"not recorded: " + method + "\"}}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
