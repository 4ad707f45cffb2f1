package io.bulwark.adapter.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts bytes to other nodes. Who does not answer in time has not answered. */
public final class PeerTransport implements AutoCloseable {
    private static final int OK = 200;
    private static final int ANSWER_BYTES_MAX = 256 << 20;

    private final HttpClient client;
    private final Duration patience;

    /**
     * A transport.
     *
     * @param patience for a whole answer
     */
    public PeerTransport(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The answer to what is posted; empty if there was none, another than 200, or too long. */
    public Optional<byte[]> post(String url, String path, byte[] content) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(patience)
                .header("Content-Type", "application/cbor")
                .POST(BodyPublishers.ofByteArray(content))
                .build();
        // The client's own limit on time ends with the headers: a body that trickles would keep us for ever.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> come = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return come.statusCode() == OK ? Optional.of(come.body()) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                return Optional.empty();
            }
            throw new IllegalStateException("a call fails only by input and output", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
