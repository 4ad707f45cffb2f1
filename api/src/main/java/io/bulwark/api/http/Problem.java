package io.bulwark.api.http;

import io.bulwark.api.cycle.BadInput;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem detail of RFC 9457. {@code field}, {@code value} and {@code rule} are extension members: they stand flat in the object where an input was refused, and are
 * absent otherwise.
 */
@Serdeable
@Schema(description = "A problem detail (RFC 9457); field, value and rule stand where an input was refused.")
record Problem(
        @Schema(description = "about:blank, or a URN that names the kind of problem")
        String type,

        @Schema(description = "The kind of problem in words")
        String title,

        @Schema(description = "The HTTP status, repeated") int status,

        @Schema(description = "What happened to this request")
        String detail,

        @Schema(description = "The path that was asked for") String instance,

        @Schema(description = "Path of the refused field, such as changes[0].lots") @Nullable
        String field,

        @Schema(description = "What stood there, shortened") @Nullable
        String value,

        @Schema(description = "What would have been accepted") @Nullable
        String rule) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** A problem that its status says all about. */
    static Problem of(HttpStatus status, String detail, String instance) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail, instance, null, null, null);
    }

    /** An input that the caller can correct: 400, with field, value and rule. */
    static Problem of(BadInput refusal, String instance) {
        return new Problem(
                "urn:bulwark:problem:bad-input",
                "The input was refused",
                HttpStatus.BAD_REQUEST.getCode(),
                refusal.field() + ": " + refusal.value() + " is refused; " + refusal.rule(),
                instance,
                refusal.field(),
                refusal.value(),
                refusal.rule());
    }
}
