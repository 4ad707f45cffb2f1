package io.bulwark.prover.binding;

import java.util.function.Function;

/**
 * What the native library answers: a value, or a refusal.
 *
 * @param <T> what is given when nothing is refused
 */
public sealed interface Answer<T> {

    /**
     * The library did what was asked.
     *
     * @param value its answer
     */
    record Given<T>(T value) implements Answer<T> {}

    /**
     * The library refused.
     *
     * @param refusal why
     */
    record Refused<T>(ProverRefusal refusal) implements Answer<T> {}

    /**
     * The value.
     *
     * @throws ProverException if this is a refusal
     */
    default T orElseThrow() {
        return switch (this) {
            case Given<T> given -> given.value();
            case Refused<T> refused -> throw new ProverException(refused.refusal());
        };
    }

    /** The answer with its value changed; a refusal stays as it is. */
    default <R> Answer<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Given<T> given -> new Given<>(change.apply(given.value()));
            case Refused<T> refused -> new Refused<>(refused.refusal());
        };
    }
}
