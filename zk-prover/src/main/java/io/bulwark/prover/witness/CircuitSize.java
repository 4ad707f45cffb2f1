package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A circuit in one size: what keys are made for. */
public interface CircuitSize {
    /** The circuit's name in requests and file names. */
    String circuit();

    /** The sizes in their order, for file names. */
    String label();

    /** As the library reads it. */
    CanonicalValue encoded();

    /** A size that is said whole by a row of integers. */
    interface Row extends CircuitSize {
        /** The integers, in the order in which the library reads them. */
        IntStream sizes();

        @Override
        default String label() {
            return sizes().mapToObj(Integer::toString).collect(Collectors.joining("-"));
        }

        @Override
        default CanonicalValue encoded() {
            return CanonicalValue.array(
                    sizes().mapToObj(CanonicalValue::integer).toList());
        }
    }
}
