package io.bulwark.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.door.Caller;
import io.bulwark.clearing.access.AccessRegister.RequestKeys.Answer;
import io.bulwark.clearing.access.AccessRegister.RequestKeys.Known;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request again that was answered, by the key that its caller named it with ({@code Idempotency-Key},
 * draft-ietf-httpapi-idempotency-key-header), and does it no second time. It comes after the doorkeeper: who may no longer ask is not
 * answered by what he asked when he could. A request whose process ended before it answered is never done again under its key.
 */
@ServerFilter(
        patterns = {"/access/**", "/alerts/**", "/links", "/fund/receipts"},
        methods = HttpMethod.POST)
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class RepeatedRequests {
    private static final String HEADER = "Idempotency-Key";
    private static final String BEGUN = "bulwark.request-key";
    private static final Pattern FORM = Pattern.compile("\"?([!-~&&[^\"\\\\]]{1,64})\"?");
    private static final int ANSWER_MAX = 65_536;

    private final Optional<Access> access;
    private final JsonMapper json;

    RepeatedRequests(Optional<Access> access, JsonMapper json) {
        this.access = access;
        this.json = json;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> begin(HttpRequest<?> request, @Body byte[] body) {
        List<String> named = request.getHeaders().getAll(HEADER);
        String caller = caller(request);
        if (named.isEmpty() || caller.isEmpty() || access.isEmpty() || !takesKey(request)) {
            return null;
        }
        String key = key(named);
        return switch (access.get()
                .keys()
                .begin(caller, key, asked(request, body), access.get().now())) {
            case Known.Nothing _ -> {
                request.setAttribute(BEGUN, key);
                yield null;
            }
            case Known.Answered(Answer answer) ->
                HttpResponse.status(HttpStatus.valueOf(answer.status()))
                        .contentType(MediaType.of(answer.type()))
                        .header("Idempotent-Replayed", "true")
                        .body(answer.body());
            case Known.UnderWay _ ->
                throw new HttpStatusException(
                        HttpStatus.CONFLICT,
                        "A request of this key was begun and is not answered: it is under way, or was cut short. "
                                + "Look whether it was done before you ask by another key.");
            case Known.AnotherRequest _ ->
                throw new HttpStatusException(
                        HttpStatus.UNPROCESSABLE_ENTITY, "This key named another request: a key serves one.");
            case Known.TooMany _ ->
                throw new HttpStatusException(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "You named as many requests by keys as are kept: ask without one, or tomorrow.");
        };
    }

    private static boolean takesKey(HttpRequest<?> request) {
        return RouteAttributes.getRouteInfo(request)
                .filter(route -> route instanceof UriRouteInfo<?, ?> uri
                        && Access.takesKey("POST " + uri.getUriMatchTemplate().toPathString()))
                .isPresent();
    }

    private static String caller(HttpRequest<?> request) {
        return request.getAttribute(Caller.ATTRIBUTE, Caller.class)
                .map(Caller::name)
                .orElse("");
    }

    private static String key(List<String> named) {
        String said = named.getFirst().strip();
        var form = FORM.matcher(said);
        if (named.size() != 1 || !form.matches() || said.startsWith("\"") != said.endsWith("\"")) {
            throw new BadInput(
                    HEADER, String.join(", ", named), "must be one text of 1 to 64 characters without spaces");
        }
        return form.group(1);
    }

    private static Digest asked(HttpRequest<?> request, byte[] what) {
        byte[] where = ("POST " + request.getUri().getRawPath() + "?"
                        + request.getUri().getRawQuery() + "\n")
                .getBytes(UTF_8);
        return Digest.sha256(ByteBuffer.allocate(where.length + what.length)
                .put(where)
                .put(what)
                .array());
    }

    @ResponseFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void keep(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Optional<String> key = request.getAttribute(BEGUN, String.class);
        if (key.isEmpty()) {
            return;
        }
        int status = response.code();
        if (status >= HttpStatus.INTERNAL_SERVER_ERROR.getCode() || status == HttpStatus.TOO_MANY_REQUESTS.getCode()) {
            access.orElseThrow().keys().forget(caller(request), key.get());
            return;
        }
        String body = text(response.body());
        if (body.length() <= ANSWER_MAX) {
            String type = response.getContentType()
                    .orElse(MediaType.APPLICATION_JSON_TYPE)
                    .toString();
            access.orElseThrow().keys().answer(caller(request), key.get(), new Answer(status, type, body));
        }
    }

    private String text(@Nullable Object body) {
        try {
            return switch (body) {
                case null -> "";
                case String text -> text;
                case byte[] bytes -> new String(bytes, UTF_8);
                default -> json.writeValueAsString(body);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("an answer that is kept", e);
        }
    }
}
