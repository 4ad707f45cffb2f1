package io.bulwark.api.http;

import io.bulwark.house.proof.ProofJobs.OverQuota;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Answers who asks for more proofs than are made for one at a time with 429 and when to ask again. */
@Singleton
final class QuotaExceptionHandler implements ExceptionHandler<OverQuota, HttpResponse<?>> {
    /** In which time one of the proofs that wait is made. */
    private static final int RETRY_SECONDS = 10;

    private final ErrorResponseProcessor<?> responses;

    QuotaExceptionHandler(ErrorResponseProcessor<?> responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, OverQuota over) {
        return responses.processResponse(
                ErrorContext.builder(request)
                        .cause(over)
                        .errorMessage(String.valueOf(over.getMessage()))
                        .build(),
                HttpResponse.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_SECONDS)));
    }
}
