package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The recorded conversation with one venue.
 *
 * <p>A file is {@code {"venue", "source", "exchanges": […]}} with, for each exchange, {@code "request"} and {@code "response"} for plain HTTP (the request is verb and path,
 * with a body for POST), or {@code "method"}, {@code "params"}, {@code "result"} and optionally {@code "envelope"} for JSON-RPC. Responses and results are served byte for byte.
 */
public final class Recording {
    private static final String WHERE = "recording";

    private final JsonNode file;
    private final Map<String, byte[]> answers = new HashMap<>();
    private final Map<String, byte[]> envelopes = new HashMap<>();

    private Recording(byte[] json) {
        file = JsonText.tree(WHERE, "file", json);
        byte[] exchanges = member(JsonText.members(WHERE, "file", json), "exchanges");
        for (byte[] exchange : JsonText.elements(WHERE, "exchanges", exchanges)) {
            add(JsonText.members(WHERE, "exchange", exchange));
        }
    }

    /** Reads a recording. */
    public static Recording of(byte[] json) {
        return new Recording(json);
    }

    /** The recording of the demonstration for a venue. */
    public static Recording bundled(String venue) {
        String resource = "/recordings/" + venue + ".json";
        try (InputStream in = Recording.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("venue must have a recording; have no " + resource);
            }
            return of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A member of the file beside the exchanges, such as the market's addresses. */
    public JsonNode about(String member) {
        return file.path(member);
    }

    /** The recorded response to a plain request. */
    Optional<byte[]> response(String verbAndPath, byte[] body) {
        return Optional.ofNullable(answers.get(
                question(verbAndPath, body.length == 0 ? "" : tree(body).toString())));
    }

    /** The recorded result of a JSON-RPC question. */
    Optional<byte[]> result(String method, JsonNode params) {
        return Optional.ofNullable(answers.get(question(method, params.toString())));
    }

    /** What the venue's JSON-RPC envelope holds besides the result: members without braces, or nothing. */
    String envelope(String method, JsonNode params) {
        byte[] envelope = envelopes.get(question(method, params.toString()));
        if (envelope == null) {
            return "";
        }
        String object = new String(envelope, StandardCharsets.UTF_8).strip();
        return "," + object.substring(1, object.length() - 1);
    }

    private void add(Map<String, byte[]> exchange) {
        boolean rpc = exchange.containsKey("method");
        String subject = tree(member(exchange, rpc ? "method" : "request")).asText();
        byte[] parameters = exchange.getOrDefault(rpc ? "params" : "body", new byte[0]);
        String question =
                question(subject, parameters.length == 0 ? "" : tree(parameters).toString());
        if (answers.put(question, member(exchange, rpc ? "result" : "response")) != null) {
            throw new IllegalArgumentException("exchange must be recorded once; have twice " + question);
        }
        if (exchange.containsKey("envelope")) {
            envelopes.put(question, member(exchange, "envelope"));
        }
    }

    private static String question(String subject, String parameters) {
        return subject + " " + parameters;
    }

    private static JsonNode tree(byte[] json) {
        return JsonText.tree(WHERE, "exchange", json);
    }

    private static byte[] member(Map<String, byte[]> members, String name) {
        byte[] member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("recording must have " + name);
        }
        return member;
    }
}
