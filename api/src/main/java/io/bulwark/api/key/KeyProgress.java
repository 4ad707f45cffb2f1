package io.bulwark.api.key;

import io.bulwark.prover.proof.SetupProgress;
import java.io.PrintWriter;

/** Says once a second that the circuit's keys are being made. */
public final class KeyProgress {
    private KeyProgress() {}

    public static SetupProgress on(PrintWriter err) {
        return seconds -> {
            if (seconds > 0) {
                err.println("making the keys of the circuit: " + seconds + " s (about a minute, once)");
            }
        };
    }
}
