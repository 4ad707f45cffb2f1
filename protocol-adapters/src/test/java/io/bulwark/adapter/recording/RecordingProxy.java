package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bulwark.adapter.JsonText;
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
import java.util.LinkedHashMap;
import java.util.Map;

/** Stands between an adapter and a JSON-RPC node and keeps what was asked and answered, in the order of first asking. */
final class RecordingProxy implements AutoCloseable {
    private static final String WHERE = "recording";

    private final URI node;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Map<String, byte[]> exchanges = new LinkedHashMap<>();

    RecordingProxy(URI node) throws IOException {
        this.node = node;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::forward);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The exchanges as JSON, one on each line. */
    String exchanges() {
        StringBuilder lines = new StringBuilder();
        exchanges.forEach((question, result) -> lines.append(lines.isEmpty() ? "" : ",\n")
                .append("    {")
                .append(question)
                .append(",\"result\":")
                .append(new String(result, StandardCharsets.UTF_8))
                .append('}'));
        return lines.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] questions = exchange.getRequestBody().readAllBytes();
            byte[] answers = ask(questions);
            keep(questions, answers);
            exchange.sendResponseHeaders(200, answers.length);
            exchange.getResponseBody().write(answers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] ask(byte[] questions) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(questions))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        return response.body();
    }

    private void keep(byte[] questions, byte[] answers) {
        JsonNode asked = JsonText.tree(WHERE, "request", questions);
        for (byte[] answer : JsonText.elements(WHERE, "response", answers)) {
            Map<String, byte[]> members = JsonText.members(WHERE, "response", answer);
            JsonNode question = asked.get(Integer.parseInt(new String(members.get("id"), StandardCharsets.UTF_8)));
            byte[] result = members.get("result");
            if (result == null) {
                throw new IllegalStateException(
                        "node must answer " + question + "; have " + new String(answer, StandardCharsets.UTF_8));
            }
            exchanges.putIfAbsent(
                    "\"method\":" + question.get("method") + ",\"params\":" + question.get("params"), result);
        }
    }
}
