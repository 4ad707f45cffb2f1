package io.bulwark.api.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.exceptions.HttpStatusException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Stands before every resource, also before those that do not exist. What is for everybody is listed here, by path and method; all else needs the token, so that a
 * resource which nobody thought of is closed.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Doorkeeper {
    /** The name of the browser's cookie. */
    static final String COOKIE = "bulwark";

    private static final String BEARER = "Bearer ";
    /** No dots that lead upwards, no escapes: what is matched here is what is served. */
    private static final Pattern READ_BY_EVERYBODY = Pattern.compile(
            "/|/openapi\\.yml|/house\\.json|/keys/[0-9a-f]{64}|/epochs/[0-9]{1,19}/(table|tariff)|/venues/[0-9]{1,10}|/listing|/health(/liveness|/readiness)?|/(verifier|dashboard|home)/[a-z_]+(\\.[a-z]+)+");

    private static final String CHECKS = "/verification";

    /** A protocol's signature is what lets a push in. */
    private static final Pattern PUSHES = Pattern.compile("/venues/[0-9]{1,10}/(snapshots|reports)");

    private final Admission admission;

    Doorkeeper(Admission admission) {
        this.admission = admission;
    }

    @RequestFilter
    void admit(HttpRequest<?> request) {
        int port = request.getServerAddress().getPort();
        List<String> hosts = request.getHeaders().getAll(HttpHeaders.HOST);
        if (hosts.size() != 1 || !admission.knowsHost(hosts.getFirst(), port)) {
            throw new HttpStatusException(
                    HttpStatus.MISDIRECTED_REQUEST, "Host must be a name under which this house is reached.");
        }
        if (!request.getHeaders().getAll(HttpHeaders.ORIGIN).stream().allMatch(o -> admission.knowsOrigin(o, port))) {
            throw new HttpStatusException(HttpStatus.FORBIDDEN, "Origin must be this house's own, or absent.");
        }
        if (!forEverybody(request) && !knowsToken(request)) {
            throw new HttpStatusException(
                    HttpStatus.UNAUTHORIZED,
                    "This needs the token that lies in the house's home: open the link that was printed at start, or send it as a bearer token.");
        }
    }

    private static boolean forEverybody(HttpRequest<?> request) {
        HttpMethod method = request.getMethod();
        String path = request.getPath();
        return switch (method) {
            case GET, HEAD -> READ_BY_EVERYBODY.matcher(path).matches();
            case POST -> path.equals(CHECKS) || PUSHES.matcher(path).matches();
            case PUT, DELETE, OPTIONS, TRACE, CONNECT, PATCH, CUSTOM -> false;
        };
    }

    private boolean knowsToken(HttpRequest<?> request) {
        List<String> authorizations = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
        if (!authorizations.isEmpty()) {
            String said = authorizations.getFirst();
            return authorizations.size() == 1
                    && said.startsWith(BEARER)
                    && admission.token().isToken(said.substring(BEARER.length()));
        }
        return request.getCookies()
                .findCookie(COOKIE)
                .map(Cookie::getValue)
                .filter(admission.token()::isCookie)
                .isPresent();
    }
}
