package io.bulwark.api.http;

import io.bulwark.api.door.Problem;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.annotation.NonNull;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every answer that is not a success leaves through here, so that all have one shape. The detail of a failure on the house's side is masked: it goes to the log, never
 * to the caller.
 */
@Singleton
@Primary
final class ProblemResponses implements ErrorResponseProcessor<Problem> {
    private static final int VALUE_SHOWN_MAX = 100;
    private static final MediaType PROBLEM_JSON = MediaType.of(Problem.MEDIA_TYPE);

    @Override
    public @NonNull MutableHttpResponse<Problem> processResponse(
            @NonNull ErrorContext context, @NonNull MutableHttpResponse<?> response) {
        Problem problem = problem(context, response.status());
        if (response.status() == HttpStatus.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.status(problem.status()).body(problem).contentType(PROBLEM_JSON);
    }

    private static Problem problem(ErrorContext context, HttpStatus status) {
        String instance = context.getRequest().getPath();
        if (context.getRootCause().orElse(null) instanceof BadInput refusal) {
            return Problem.of(refusal, instance);
        }
        if (context.getRootCause().orElse(null) instanceof ConversionErrorException other) {
            return Problem.of(refusal(other), instance);
        }
        if (context.getRootCause().orElse(null) instanceof DatabaseException failure
                && status == HttpStatus.SERVICE_UNAVAILABLE) {
            return Problem.of(status, DatabaseExceptionHandler.words(failure), instance);
        }
        if (status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            return Problem.of(
                    status,
                    "The house failed to answer. The request changed nothing; the cause is in the server's log.",
                    instance);
        }
        return Problem.of(status, detail(context, status), instance);
    }

    /** What stands in the place of an argument and is none, in the house's words: the framework's name its classes. */
    private static BadInput refusal(ConversionErrorException other) {
        String value = other.getConversionError()
                .getOriginalValue()
                .map(String::valueOf)
                .orElse("nothing");
        return new BadInput(
                other.getArgument().getName(),
                value.substring(0, Math.min(value.length(), VALUE_SHOWN_MAX)),
                rule(other.getArgument().getType()));
    }

    private static String rule(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive()
                ? "must be a whole number in its range"
                : "must be of the form that the description gives";
    }

    private static String detail(ErrorContext context, HttpStatus status) {
        if (status == HttpStatus.NOT_FOUND && !context.hasErrors()) {
            return "Nothing is here.";
        }
        String said = context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return said.isEmpty() ? status.getReason() : said;
    }
}
