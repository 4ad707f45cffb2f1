package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;

/** A circuit in one size: what keys are made for. */
public interface CircuitSize {
    /** The circuit's name in requests and file names. */
    String circuit();

    /** The sizes in their order, for file names. */
    String label();

    /** As the library reads it. */
    CanonicalValue encoded();
}
