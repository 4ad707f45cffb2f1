package io.bulwark.adapter.feed;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/** A protocol's side of a push: signed files sent to a house, and what a house lists. */
public final class FeedPush implements AutoCloseable {
    private static final String HOUSE = "house";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI house;

    /**
     * To one house.
     *
     * @param house where it answers: scheme, host and port
     */
    public FeedPush(URI house) {
        this.house = house;
    }

    /**
     * What a house answered.
     *
     * @param status of HTTP
     * @param body JSON: a receipt, or a problem
     */
    public record Answer(int status, String body) {}

    /**
     * Sends a file.
     *
     * @throws VenueException if the house does not answer
     */
    public Answer send(FeedFile said, byte[] file, byte[] signature) throws VenueException {
        String what = said instanceof FeedFile.Report ? "/reports" : "/snapshots";
        return ask(
                HttpRequest.newBuilder(house.resolve("/venues/" + said.account().venue() + what))
                        .header("Content-Type", "application/json")
                        .header("Feed-Signature", HexFormat.of().formatHex(signature))
                        .POST(BodyPublishers.ofByteArray(file)));
    }

    /**
     * What a house lists, as a founding file without accounts.
     *
     * @throws VenueException if the house does not answer
     */
    public Answer listing() throws VenueException {
        return ask(HttpRequest.newBuilder(house.resolve("/listing")).GET());
    }

    private Answer ask(HttpRequest.Builder request) throws VenueException {
        try {
            HttpResponse<byte[]> answer = client.send(
                    request.timeout(ANSWER).build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new VenueException(
                    HOUSE,
                    Category.RETRY,
                    house + " does not answer: " + e.getClass().getSimpleName(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VenueException(HOUSE, Category.DEGRADE, "interrupted while waiting for an answer", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
