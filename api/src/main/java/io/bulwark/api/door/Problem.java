package io.bulwark.api.door;

import io.bulwark.clearing.document.BadInput;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * A problem detail of RFC 9457. {@code field}, {@code value} and {@code rule} are extension members: they stand flat in the object where an input was refused, and are
 * absent otherwise.
 */
@Serdeable
public record Problem(
        String type,

        String title,

        int status,

        String detail,

        String instance,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> field,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> value,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> rule) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem that its status says all about. */
    public static Problem of(HttpStatus status, String detail, String instance) {
        return new Problem(
                "about:blank",
                status.getReason(),
                status.getCode(),
                detail,
                instance,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** An input that the caller can correct: 400, with field, value and rule. */
    public static Problem of(BadInput refusal, String instance) {
        return new Problem(
                "urn:bulwark:problem:bad-input",
                "The input was refused",
                HttpStatus.BAD_REQUEST.getCode(),
                refusal.field() + ": " + refusal.value() + " is refused; " + refusal.rule(),
                instance,
                Optional.of(refusal.field()),
                Optional.of(refusal.value()),
                Optional.of(refusal.rule()));
    }
}
