package io.bulwark.api.http;

import io.bulwark.clearing.document.BadInput;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Answers a refused input with 400 and its problem; it is the caller's affair, so nothing is logged. */
@Singleton
final class BadInputHandler implements ExceptionHandler<BadInput, HttpResponse<?>> {
    private final ErrorResponseProcessor<?> responses;

    BadInputHandler(ErrorResponseProcessor<?> responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, BadInput refusal) {
        ErrorContext context = ErrorContext.builder(request).cause(refusal).build();
        return responses.processResponse(context, HttpResponse.badRequest());
    }
}
