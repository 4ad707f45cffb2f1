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

/** Answers a call for which the database was away with 503 and when to ask again, and any other failure of it with 500. */
@Singleton
final class DatabaseExceptionHandler implements ExceptionHandler<DatabaseException, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseExceptionHandler.class);
    private static final int RETRY_SECONDS = 1;

    private final ErrorResponseProcessor<?> responses;

    DatabaseExceptionHandler(ErrorResponseProcessor<?> responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, DatabaseException failure) {
        LOG.warn("{}: {}", request.getPath(), failure.getMessage());
        MutableHttpResponse<?> response = failure.isAway()
                ? HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_SECONDS))
                : HttpResponse.serverError();
        return responses.processResponse(
                ErrorContext.builder(request).cause(failure).build(), response);
    }
}
