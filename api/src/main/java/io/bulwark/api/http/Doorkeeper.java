package io.bulwark.api.http;

import io.bulwark.api.access.Access;
import io.bulwark.api.access.Access.Brought;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands before every resource, also before those that do not exist. Each route says by {@link OpenTo} whose it is; one that says nothing
 * is the operator's, so that a
 * resource which nobody thought of is closed.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class Doorkeeper {
    /**
     * What the framework serves and everybody may read: health, and files of pages. No dots that lead upwards, no escapes: what is
     * matched here is what is served.
     */
    private static final Pattern READ_BY_EVERYBODY =
            Pattern.compile("/health(/liveness|/readiness)?|/(verifier|dashboard|home|reference)/[a-z_-]+(\\.[a-z]+)+");

    private static final Set<HttpMethod> READS = EnumSet.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Admission admission;
    private final Optional<Access> access;
    private final Rates rates;
    private final ExecutorService blocking;

    Doorkeeper(
            Admission admission,
            Optional<Access> access,
            Rates rates,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.admission = admission;
        this.access = access;
        this.rates = rates;
        this.blocking = blocking;
    }

    @RequestFilter
    CompletionStage<HttpRequest<?>> admit(HttpRequest<?> request) {
        requireNames(request);
        Set<Role> open = open(request);
        Optional<Brought> brought = Brought.by(request);
        if (brought.isEmpty() || open.contains(Role.PUBLIC)) {
            rates.take("from " + request.getRemoteAddress().getAddress(), Rates.Of.STRANGERS);
            return CompletableFuture.completedFuture(admitted(request, Caller.STRANGER, open));
        }
        if (brought.get().isCookie() && !READS.contains(request.getMethod()) && !isFromItsOwnPage(request)) {
            throw new HttpStatusException(
                    HttpStatus.FORBIDDEN,
                    "A request by cookie that changes something must come from a page of this house.");
        }
        if (isHouse(brought.get())) {
            return CompletableFuture.completedFuture(admitted(request, admission.house(), open));
        }
        if (access.isEmpty()) {
            throw unknown();
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    Caller caller = access.get()
                            .caller(brought.get(), request.getMethodName() + " " + request.getPath())
                            .orElseThrow(() -> refusedStranger(request));
                    rates.take(caller.name(), Rates.Of.CALLERS);
                    return admitted(request, caller, open);
                },
                blocking);
    }

    private HttpStatusException refusedStranger(HttpRequest<?> request) {
        rates.take("from " + request.getRemoteAddress().getAddress(), Rates.Of.STRANGERS);
        return unknown();
    }

    private void requireNames(HttpRequest<?> request) {
        int port = request.getServerAddress().getPort();
        List<String> hosts = request.getHeaders().getAll(HttpHeaders.HOST);
        if (hosts.size() != 1 || !admission.knowsHost(hosts.getFirst(), port)) {
            throw new HttpStatusException(
                    HttpStatus.MISDIRECTED_REQUEST, "Host must be a name under which this house is reached.");
        }
        if (!request.getHeaders().getAll(HttpHeaders.ORIGIN).stream().allMatch(o -> admission.knowsOrigin(o, port))) {
            throw new HttpStatusException(HttpStatus.FORBIDDEN, "Origin must be this house's own, or absent.");
        }
    }

    /** A browser says of every such request from where it comes; what says nothing is no page, and brings no cookie. */
    private static boolean isFromItsOwnPage(HttpRequest<?> request) {
        return request.getHeaders().contains(HttpHeaders.ORIGIN)
                || "same-origin".equals(request.getHeaders().get("Sec-Fetch-Site"));
    }

    private boolean isHouse(Brought brought) {
        return switch (brought) {
            case Brought.Bearer(String secret) -> admission.token().isToken(secret);
            case Brought.HouseCookie(String value) -> admission.token().isCookie(value);
            case Brought.SessionCookie _, Brought.Nonsense _ -> false;
        };
    }

    /** Whose the route of a request is; of what is no route: whoever is known, who then finds nothing. */
    private static Set<Role> open(HttpRequest<?> request) {
        Optional<RouteInfo<?>> route = RouteAttributes.getRouteInfo(request);
        if (READS.contains(request.getMethod())
                && READ_BY_EVERYBODY.matcher(request.getPath()).matches()) {
            return EnumSet.allOf(Role.class);
        }
        return route.map(RouteRoles::of).orElseGet(() -> EnumSet.complementOf(EnumSet.of(Role.PUBLIC)));
    }

    private static HttpRequest<?> admitted(HttpRequest<?> request, Caller caller, Set<Role> open) {
        if (!open.contains(Role.PUBLIC) && open.stream().noneMatch(caller::is)) {
            if (caller.equals(Caller.STRANGER)) {
                throw unknown();
            }
            throw new HttpStatusException(
                    HttpStatus.FORBIDDEN,
                    "This is for " + words(open) + "; you come as " + words(caller.roles()) + ".");
        }
        CallerBinder.keep(request, caller);
        return request;
    }

    private static String words(Set<Role> roles) {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.PUBLIC && roles.contains(role))
                .map(Role::word)
                .collect(Collectors.joining(", "));
    }

    private static HttpStatusException unknown() {
        return new HttpStatusException(
                HttpStatus.UNAUTHORIZED,
                "This needs a token that is in force, as a bearer token, or a session: sign in, or open the link "
                        + "that was printed at start.");
    }
}
