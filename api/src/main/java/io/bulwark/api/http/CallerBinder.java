package io.bulwark.api.http;

import io.bulwark.api.door.Caller;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Hands a route who asks. */
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Caller> {

    @Override
    public Argument<Caller> argumentType() {
        return Argument.of(Caller.class);
    }

    @Override
    public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> source) {
        return () -> Optional.of(of(source));
    }

    /** Who asks. */
    static Caller of(HttpRequest<?> request) {
        return request.getAttribute(Caller.ATTRIBUTE, Caller.class).orElse(Caller.STRANGER);
    }

    /** Keeps who asks with what he asks. */
    static void keep(HttpRequest<?> request, Caller caller) {
        request.setAttribute(Caller.ATTRIBUTE, caller);
    }
}
