package io.bulwark.api.http;

import io.bulwark.clearing.database.DatabaseException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a call for which the database was away, or busy for longer than one waits, with 503 and when to ask again, and any other
 * failure of it with 500.
 */
@Singleton
final class DatabaseExceptionHandler implements ExceptionHandler<DatabaseException, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseExceptionHandler.class);
    private static final int RETRY_SECONDS = 1;
    private static final int BUSY_SECONDS = 10;

    private final ErrorResponseProcessor<?> responses;

    DatabaseExceptionHandler(ErrorResponseProcessor<?> responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, DatabaseException failure) {
        LOG.warn("{}: {}", request.getPath(), failure.getMessage());
        MutableHttpResponse<?> response = failure.isAway() || failure.isBusy()
                ? HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(
                                HttpHeaders.RETRY_AFTER,
                                Integer.toString(failure.isBusy() ? BUSY_SECONDS : RETRY_SECONDS))
                : HttpResponse.serverError();
        return responses.processResponse(
                ErrorContext.builder(request).cause(failure).build(), response);
    }

    /** What a caller is told: which it was, and that nothing happened. */
    static String words(DatabaseException failure) {
        return failure.isBusy()
                ? "The house has more to do than it can; ask again later. The request changed nothing."
                : "The database is away; ask again in a moment.";
    }
}
