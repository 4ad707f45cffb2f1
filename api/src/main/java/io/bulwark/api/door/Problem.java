package io.bulwark.api.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /**
     * What a house answered with 200, to a verb that asked one elsewhere.
     *
     * @param option the option that named the house, such as {@code --url}
     * @param status of HTTP
     * @param body what was answered
     * @throws BadInput if it is no JSON, or a problem: by the problem's field, value and rule
     */
    public static JsonNode unlessRefused(String option, int status, String body) {
        JsonNode said = said(option, status, body);
        if (status != HttpStatus.OK.getCode()) {
            throw refusal(status, said);
        }
        return said;
    }

    /**
     * What a house answered, a problem or not.
     *
     * @param option the option that named the house
     * @throws BadInput if it is no JSON
     */
    public static JsonNode said(String option, int status, String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BadInput(option, "status " + status, "must be a house that answers in JSON");
        }
    }

    /** A problem that a house answered, as the refusal which it tells. */
    public static BadInput refusal(int status, JsonNode said) {
        return new BadInput(
                said.path("field").asText("status"),
                said.path("value").asText(Integer.toString(status)),
                said.path("rule").asText(said.path("detail").asText("must be taken by the house")));
    }
}
