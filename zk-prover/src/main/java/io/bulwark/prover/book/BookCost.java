package io.bulwark.prover.book;

/**
 * What a book took.
 *
 * @param accounts accounts counted
 * @param batches batches that they stand in
 * @param batchesProved batches proved anew; the others were kept
 * @param batchConstraints constraints of a batch
 * @param proveMillis time of all proofs and their check, ms
 * @param cpuMillis processor time of the same, ms
 */
public record BookCost(
        long accounts, long batches, long batchesProved, long batchConstraints, long proveMillis, long cpuMillis) {}
