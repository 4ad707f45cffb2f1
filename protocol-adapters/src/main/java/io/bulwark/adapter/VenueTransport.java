package io.bulwark.adapter;

import io.bulwark.adapter.VenueException.Category;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a venue is called over HTTP: within its budget, with a limit on time and length, asked again with growing pauses, and left alone
 * while it is down, or for as long as its own headers ask. Everything that goes wrong becomes a {@link VenueException} that says what to do.
 */
public final class VenueTransport implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration REST_WHEN_DOWN = Duration.ofSeconds(30);
    private static final int CALLS_WATCHED = 10;

    private final String venue;
    private final URI endpoint;
    private final ReadBudget budget;
    private final HttpClient client;
    private final RateLimiter limiter;
    private final Retry retry;
    private final CircuitBreaker breaker;

    /** When the rest ends that the venue asked for, by {@link System#nanoTime}. */
    private final AtomicLong restEndsNanos = new AtomicLong(System.nanoTime());

    /**
     * A transport to one venue.
     *
     * @param venue the venue's name, for errors
     * @param endpoint scheme, host, port and a path prefix, without a trailing slash
     * @param budget how often and how long it may be asked
     */
    public VenueTransport(String venue, URI endpoint, ReadBudget budget) {
        this.venue = venue;
        this.endpoint = endpoint;
        this.budget = budget;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(budget.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.limiter = RateLimiter.of(
                venue,
                RateLimiterConfig.custom()
                        .limitForPeriod(budget.permits())
                        .limitRefreshPeriod(budget.period())
                        .timeoutDuration(budget.timeout())
                        .build());
        this.retry = Retry.of(
                venue,
                RetryConfig.custom()
                        .maxAttempts(budget.attempts())
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2.0))
                        .retryOnException(VenueTransport::worthAnotherTry)
                        .build());
        this.breaker = CircuitBreaker.of(
                venue,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(CALLS_WATCHED)
                        .minimumNumberOfCalls(CALLS_WATCHED)
                        .waitDurationInOpenState(REST_WHEN_DOWN)
                        .recordException(VenueTransport::silent)
                        .build());
    }

    /**
     * Asks by GET.
     *
     * @param path path and query, from the slash
     * @param headers such as an authorisation
     * @param weight what the question costs in the venue's budget
     */
    public byte[] get(String path, Map<String, String> headers, int weight) throws VenueException {
        HttpRequest.Builder request = request(path);
        headers.forEach(request::header);
        return call(request.GET().build(), weight);
    }

    /**
     * Asks by POST with a JSON body.
     *
     * @param path path and query, from the slash
     * @param headers such as an authorisation
     * @param body JSON
     * @param weight what the question costs in the venue's budget
     */
    public byte[] post(String path, Map<String, String> headers, byte[] body, int weight) throws VenueException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return call(request.POST(BodyPublishers.ofByteArray(body)).build(), weight);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint + path)).timeout(budget.timeout());
    }

    private byte[] call(HttpRequest request, int weight) throws VenueException {
        try {
            return retry.executeCheckedSupplier(() -> breaker.executeCheckedSupplier(() -> once(request, weight)));
        } catch (VenueException e) {
            throw worthAnotherTry(e)
                    ? failure(Category.DEGRADE, "no answer in " + budget.attempts() + " attempts: " + e.getMessage(), e)
                    : e;
        } catch (CallNotPermittedException e) {
            throw failure(Category.DEGRADE, "left alone for " + REST_WHEN_DOWN + " because it did not answer", e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call throws only venue exceptions", e);
        }
    }

    private byte[] once(HttpRequest request, int weight) throws VenueException {
        rest();
        if (!limiter.acquirePermission(weight)) {
            throw failure(
                    Category.RETRY,
                    "its budget of " + budget.permits() + " per " + budget.period() + " is spent",
                    null);
        }
        HttpResponse<byte[]> response = answer(request);
        Duration asked = VenueRest.asked(response.headers(), budget);
        long end = System.nanoTime() + asked.toNanos();
        restEndsNanos.accumulateAndGet(end, (one, other) -> one - other > 0 ? one : other);
        return accepted(request, response);
    }

    /** The rest that the venue asked for: short ones are waited for; during a long one it is not asked at all. */
    private void rest() throws VenueException {
        Duration left = Duration.ofNanos(restEndsNanos.get() - System.nanoTime());
        if (left.compareTo(budget.timeout()) > 0) {
            throw failure(
                    Category.DEGRADE, "asked to be left alone for another " + (left.toSeconds() + 1) + " s", null);
        }
        if (left.isPositive()) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /** The limit on time is ours: the client's own ends with the headers, and a body that trickles would keep us for ever. */
    private HttpResponse<byte[]> answer(HttpRequest request) throws VenueException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), budget.answerBytesMax()));
        String what = asked(request) + ": ";
        try {
            return answer.get(budget.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failure(Category.RETRY, what + "no whole answer in " + budget.timeout(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw failure(Category.RETRY, what + cause, cause);
            }
            throw new IllegalStateException("a call fails only by input and output", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            answer.cancel(true);
        }
    }

    /** What was asked, without the endpoint's own path: providers of nodes put their customers' keys there. */
    private String asked(HttpRequest request) {
        String own = endpoint.getPath() == null ? "" : endpoint.getPath();
        return (request.method() + " " + request.uri().getPath().substring(own.length())).strip();
    }

    private VenueException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return failure(Category.DEGRADE, "interrupted while waiting for an answer", cause);
    }

    private byte[] accepted(HttpRequest request, HttpResponse<byte[]> response) throws VenueException {
        int status = response.statusCode();
        if (status == 200) {
            return response.body();
        }
        throw failure(category(status), asked(request) + " answered " + status, null);
    }

    private static Category category(int status) {
        return switch (status) {
            case 401, 403, 418 -> Category.HALT;
            case 408, 425, 429, 500, 502, 503, 504 -> Category.RETRY;
            default -> Category.DEGRADE;
        };
    }

    private VenueException failure(Category category, String message, @Nullable Throwable cause) {
        return cause == null
                ? new VenueException(venue, category, message)
                : new VenueException(venue, category, message, cause);
    }

    /** What counts against a venue: no answer, and an answer that outlasts the patience of whoever asked. */
    private static boolean silent(Throwable failure) {
        return worthAnotherTry(failure) || failure.getCause() instanceof InterruptedException;
    }

    private static boolean worthAnotherTry(Throwable failure) {
        return failure instanceof VenueException e && e.category() == Category.RETRY;
    }
}
