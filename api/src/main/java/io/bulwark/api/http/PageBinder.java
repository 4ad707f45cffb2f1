package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.door.Caller;
import io.bulwark.clearing.document.BadInput;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.http.uri.UriBuilder;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hands a route the part of its list that is asked for. A cursor carries a code over its place, the path and who asks, under a key that
 * follows from the token of the home: one that was made elsewhere, for another or for another list is refused.
 */
@Singleton
final class PageBinder implements TypedRequestArgumentBinder<Caller.Page> {
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int CODE_BYTES = 16;
    private static final int TEXT_MAX = 500;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;

    PageBinder(Admission admission) {
        this.key = admission.token().cursorKey();
    }

    @Override
    public Argument<Caller.Page> argumentType() {
        return Argument.of(Caller.Page.class);
    }

    @Override
    public BindingResult<Caller.Page> bind(ArgumentConversionContext<Caller.Page> context, HttpRequest<?> source) {
        Optional<Integer> limit = one(source, LIMIT).map(PageBinder::number);
        Optional<String> after = one(source, CURSOR).map(cursor -> place(source, cursor));
        Caller.Page page = new Caller.Page(
                limit,
                after,
                place -> UriBuilder.of(here(source.getUri()))
                        .replaceQueryParam(CURSOR, cursor(source, place))
                        .build()
                        .toString());
        return () -> Optional.of(page);
    }

    /** Without what a client may have said of host and scheme. */
    private static URI here(URI asked) {
        return URI.create(asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery()));
    }

    private static Optional<String> one(HttpRequest<?> source, String name) {
        List<String> said = source.getParameters().getAll(name);
        if (said.size() > 1) {
            throw new BadInput(name, said.toString(), "must be given once");
        }
        return said.stream().findFirst();
    }

    private static Integer number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new BadInput(LIMIT, text, "must be 1 to " + Caller.Page.MOST);
        }
        return Integer.valueOf(text);
    }

    private String cursor(HttpRequest<?> source, String place) {
        byte[] said = place.getBytes(UTF_8);
        return ENCODER.encodeToString(ByteBuffer.allocate(CODE_BYTES + said.length)
                .put(code(source, said))
                .put(said)
                .array());
    }

    private String place(HttpRequest<?> source, String cursor) {
        BadInput refused = new BadInput(
                CURSOR, cursor, "must be one that this door gave you for this list, in the Link of an answer");
        if (cursor.length() > TEXT_MAX) {
            throw refused;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            byte[] code = new byte[Math.min(CODE_BYTES, bytes.remaining())];
            bytes.get(code);
            byte[] said = new byte[bytes.remaining()];
            bytes.get(said);
            if (!MessageDigest.isEqual(code, code(source, said))) {
                throw refused;
            }
            return new String(said, UTF_8);
        } catch (IllegalArgumentException nothing) {
            throw refused;
        }
    }

    private byte[] code(HttpRequest<?> source, byte[] place) {
        try {
            Mac code = Mac.getInstance(ALGORITHM);
            code.init(new SecretKeySpec(key, ALGORITHM));
            code.update((CallerBinder.of(source).name() + "\n" + source.getPath() + "\n").getBytes(UTF_8));
            return ByteBuffer.allocate(CODE_BYTES)
                    .put(code.doFinal(place), 0, CODE_BYTES)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
