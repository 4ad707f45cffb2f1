package io.bulwark.api.door;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A verb whose steps are its subcommands: without a step it shows how it is used. */
public abstract class StepCommand implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public final void run() {
        spec.commandLine().usage(out());
    }

    /** Where answers go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where progress and refusals go. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Says in one line why the answer is no. */
    protected final int refused(String reason) {
        err().println("bulwark: " + reason);
        return ExitCode.NEGATIVE;
    }
}
