package io.bulwark.api.http;

import io.bulwark.api.door.Problem;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.annotation.NonNull;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/**
 * Every answer that is not a success leaves through here, so that all have one shape. The detail of a failure on the house's side is masked: it goes to the log, never
 * to the caller.
 */
@Singleton
@Primary
final class ProblemResponses implements ErrorResponseProcessor<Problem> {
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

    private static String detail(ErrorContext context, HttpStatus status) {
        if (status == HttpStatus.NOT_FOUND && !context.hasErrors()) {
            return "Nothing is here.";
        }
        String said = context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return said.isEmpty() ? status.getReason() : said;
    }
}
