package io.bulwark.api.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A verb whose steps are its subcommands: without a step it shows how it is used. */
abstract sealed class StepCommand implements Runnable
        permits BookCommand,
                CeremonyCommand,
                ChainCommand,
                ContagionCommand,
                CrifCommand,
                DefaultCommand,
                FundCommand,
                LinkCommand,
                RequestsCommand,
                WalletCommand {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public final void run() {
        spec.commandLine().usage(out());
    }

    /** Where answers go. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where progress and refusals go. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Says in one line why the answer is no. */
    final int refused(String reason) {
        err().println("bulwark: " + reason);
        return ExitCode.NEGATIVE;
    }
}
