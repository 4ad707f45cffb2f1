package io.bulwark.prover.proof;

/** Hears about once a second that a set-up is still running. */
@FunctionalInterface
public interface SetupProgress {
    /** Hears nothing. */
    SetupProgress SILENT = seconds -> {};

    /**
     * The set-up is running.
     *
     * @param seconds whole seconds since it began, from 0 on
     */
    void running(long seconds);
}
