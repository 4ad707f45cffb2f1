package io.bulwark.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;

/** A client that asks over the wire, as somebody who knows the token would. */
public final class Asked {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final AccessToken TOKEN = AccessToken.draw(new SecureRandom());

    /** Admits who knows the token that is sent here. */
    public static final Admission ADMISSION = new Admission(TOKEN, Admission.Opens.EVERYTHING, List.of());

    private final URI address;

    public Asked(URI address) {
        this.address = address;
    }

    /** A request with the token. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + TOKEN.text());
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    public HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    static byte[] bytes(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
