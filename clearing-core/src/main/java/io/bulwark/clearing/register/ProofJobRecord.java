package io.bulwark.clearing.register;

import java.util.Optional;

/**
 * A proof job as the books know it.
 *
 * @param job what is to be proved
 * @param attempts how often a worker began
 * @param outcome how it ended; empty while it has not
 */
public record ProofJobRecord(ProofJob job, int attempts, Optional<ProofOutcome> outcome) {}
