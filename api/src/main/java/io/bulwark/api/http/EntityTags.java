package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.Digest;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.MessageBodyHandlerRegistry;
import io.micronaut.http.body.MessageBodyWriter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;

/**
 * Tags what a route answered to whoever reads by the SHA-256 of its bytes (RFC 9110, 8.8.3): the tag of a risk table is the digest that its
 * epoch sealed. Whoever has these bytes already, as {@code If-None-Match} says, is answered 304 in their place.
 *
 * <p>Only an answer that would have been given is tagged or replaced. Who may not see something is answered as if he brought no tag, and a
 * look at an account that is another's is written down before.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class EntityTags {
    /** What anybody may have, anybody may keep, but asks for again before he shows it: another house may stand at this address tomorrow. */
    private static final String KEPT_BY_ANYBODY = "public, no-cache";

    private static final Set<HttpMethod> READS = EnumSet.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")");

    private final MessageBodyHandlerRegistry writers;

    EntityTags(MessageBodyHandlerRegistry writers) {
        this.writers = writers;
    }

    @ResponseFilter
    void tag(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Optional<RouteInfo<?>> route = RouteAttributes.getRouteInfo(request)
                .filter(found -> found.getAnnotationMetadata().hasAnnotation(OpenTo.class));
        Object body = RouteAttributes.getHeadBody(response).orElseGet(response::body);
        if (!READS.contains(request.getMethod())
                || response.code() != HttpStatus.OK.getCode()
                || route.isEmpty()
                || body == null
                || body instanceof Publisher) {
            return;
        }
        byte[] bytes = bytes(route.get(), response, body);
        String tag = "\"" + Digest.sha256(bytes).hex() + "\"";
        response.header(HttpHeaders.ETAG, tag);
        if (RouteRoles.of(route.get()).contains(Role.PUBLIC)
                && !response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
            response.header(HttpHeaders.CACHE_CONTROL, KEPT_BY_ANYBODY);
        }
        if (isKnown(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.status(HttpStatus.NOT_MODIFIED).body(null);
            response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
            response.getHeaders().remove("Content-Disposition");
        } else if (request.getMethod() == HttpMethod.GET) {
            response.bodyWriter(null).body(bytes);
        }
    }

    /** By weak comparison, as for every answer that a copy may stand for. */
    private static boolean isKnown(List<String> known, String tag) {
        for (String line : known) {
            if (line.strip().equals("*")) {
                return true;
            }
            Matcher named = TAG.matcher(line);
            while (named.find()) {
                if (named.group(1).equals(tag)) {
                    return true;
                }
            }
        }
        return false;
    }

    private byte[] bytes(RouteInfo<?> route, MutableHttpResponse<?> response, Object body) {
        return switch (body) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(UTF_8);
            default -> written(route, response, body);
        };
    }

    /** The bytes that the server would write of an answer. */
    private byte[] written(RouteInfo<?> route, MutableHttpResponse<?> response, Object body) {
        MediaType type = response.getContentType().orElse(MediaType.APPLICATION_JSON_TYPE);
        Class<?> declared = route.getResponseBodyType().getType();
        @SuppressWarnings("unchecked") // what a route answers is of the type that it declares, or of its own
        Argument<Object> form = (Argument<Object>)
                (declared != Object.class && declared.isInstance(body)
                        ? route.getResponseBodyType()
                        : Argument.ofInstance(body));
        MessageBodyWriter<Object> writer = writers.getWriter(form, List.of(type));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.writeTo(form, type, body, response.getHeaders(), bytes);
        return bytes.toByteArray();
    }
}
