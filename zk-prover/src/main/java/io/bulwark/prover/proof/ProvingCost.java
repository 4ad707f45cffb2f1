package io.bulwark.prover.proof;

import io.bulwark.prover.witness.ProofShape;

/**
 * What a proof took: for people and benchmarks, never for a decision.
 *
 * @param shape size of the circuit
 * @param constraints number of constraints
 * @param proveMillis time from request to proof by the clock, ms
 * @param cpuMillis processor time of it, all cores, ms
 */
public record ProvingCost(ProofShape shape, long constraints, long proveMillis, long cpuMillis) {}
