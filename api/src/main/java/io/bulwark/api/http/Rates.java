package io.bulwark.api.http;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests a second one caller has answered: strangers by their address, others by their name. The house's own token is not
 * counted.
 */
@Singleton
final class Rates {
    private static final int CALLERS_MAX = 10_000;

    /** By caller; whoever asked least lately is forgotten first, and is then counted from nothing. */
    private final Map<String, RateLimiter> limiters = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
            return size() > CALLERS_MAX;
        }
    };

    private final RateLimiterConfig strangers;
    private final RateLimiterConfig callers;

    Rates(
            @Property(name = "bulwark.rate.strangers") int strangers,
            @Property(name = "bulwark.rate.callers") int callers) {
        this.strangers = aSecond(strangers);
        this.callers = aSecond(callers);
    }

    /** Whose rate it is. */
    enum Of {
        STRANGERS,
        CALLERS
    }

    private static RateLimiterConfig aSecond(int most) {
        return RateLimiterConfig.custom()
                .limitForPeriod(most)
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /**
     * Counts a request.
     *
     * @throws HttpStatusException 429 if there were too many in this second
     */
    void take(String caller, Of whose) {
        RateLimiter limiter = limiter(caller, whose);
        if (!limiter.acquirePermission()) {
            throw new HttpStatusException(
                    HttpStatus.TOO_MANY_REQUESTS, "Too many requests in this second: ask again in the next.");
        }
    }

    private synchronized RateLimiter limiter(String caller, Of whose) {
        return limiters.computeIfAbsent(
                caller,
                name -> RateLimiter.of(
                        name,
                        switch (whose) {
                            case STRANGERS -> strangers;
                            case CALLERS -> callers;
                        }));
    }
}
