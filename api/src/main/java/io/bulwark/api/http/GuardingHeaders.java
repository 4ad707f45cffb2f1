package io.bulwark.api.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * What every answer tells browsers: to keep nothing unless it says otherwise, to guess no type, to show it in no frame and to no other
 * origin. The last filter that an answer passes, also one by which {@link Doorkeeper} refuses.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class GuardingHeaders {
    private final Admission admission;

    GuardingHeaders(Admission admission) {
        this.admission = admission;
    }

    @ResponseFilter
    void guard(HttpRequest<?> request, MutableHttpResponse<?> response) {
        set(response, "X-Content-Type-Options", "nosniff");
        set(response, "Referrer-Policy", "no-referrer");
        set(response, "X-Frame-Options", "DENY");
        set(response, "Cross-Origin-Resource-Policy", "same-origin");
        set(response, "Cross-Origin-Opener-Policy", "same-origin");
        set(response, "Content-Security-Policy", "frame-ancestors 'none'");
        set(response, HttpHeaders.CACHE_CONTROL, "no-store");
        if (admission.isPinned(request.getHeaders().get(HttpHeaders.HOST))) {
            set(response, "Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static void set(MutableHttpResponse<?> response, String name, String value) {
        if (!response.getHeaders().contains(name)) {
            response.header(name, value);
        }
    }
}
