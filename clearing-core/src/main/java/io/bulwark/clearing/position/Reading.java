package io.bulwark.clearing.position;

import java.util.Arrays;
import java.util.Objects;

/**
 * One answer of a venue, as it came: the result without the transport's envelope (JSON-RPC id, timings).
 *
 * @param method the venue's method or path
 * @param parameters its parameters as sent, in one fixed text form
 * @param result the bytes of the result
 */
public record Reading(String method, String parameters, byte[] result) {
    /** Copies the bytes. */
    public Reading {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(parameters, "parameters");
        result = result.clone();
    }

    @Override
    public byte[] result() {
        return result.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reading that
                && method.equals(that.method)
                && parameters.equals(that.parameters)
                && Arrays.equals(result, that.result);
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, parameters, Arrays.hashCode(result));
    }

    @Override
    public String toString() {
        return method + " " + parameters + " (" + result.length + " bytes)";
    }
}
