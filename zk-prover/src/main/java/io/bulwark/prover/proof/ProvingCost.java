package io.bulwark.prover.proof;

import io.bulwark.prover.witness.ProofShape;
import java.math.BigDecimal;

/**
 * What a proof took: for people and benchmarks, never for a decision.
 *
 * @param shape size of the circuit
 * @param constraints number of constraints
 * @param proveMillis time from request to proof by the clock, ms
 * @param cpuMillis processor time of it, all cores, ms
 */
public record ProvingCost(ProofShape shape, long constraints, long proveMillis, long cpuMillis) {
    private static final int MILLIS_SCALE = 3;

    /** Time from request to proof by the clock, seconds. */
    public BigDecimal proveSeconds() {
        return BigDecimal.valueOf(proveMillis, MILLIS_SCALE);
    }

    /** Processor time, all cores, seconds. */
    public BigDecimal cpuSeconds() {
        return BigDecimal.valueOf(cpuMillis, MILLIS_SCALE);
    }
}
