package io.bulwark.api.door;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A verb: it answers on the outputs of whoever ran it, and with an {@link ExitCode}. */
public abstract class VerbCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** Where answers go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where progress and refusals go. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Shows how the verb is used. */
    protected final void usage() {
        spec.commandLine().usage(out());
    }
}
