package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.witness.CircuitSize;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One step of {@code proof prove}: what the house proves of itself. */
abstract class ProveStep implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Where answers go. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where progress and refusals go. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Says in one line why there is no proof. */
    final int refused(String reason) {
        err().println("bulwark: not proved: " + reason);
        return ExitCode.NEGATIVE;
    }

    /** The circuit of some sizes, which the prover may refuse. */
    static <S extends CircuitSize> S ofSizes(String sizes, Supplier<S> shape) {
        try {
            return shape.get();
        } catch (IllegalArgumentException e) {
            throw new BadInput("--shape", sizes, String.valueOf(e.getMessage()));
        }
    }
}
