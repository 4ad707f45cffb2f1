package io.bulwark.api.door;

/** A verb whose steps are its subcommands: without a step it shows how it is used. */
public abstract class StepCommand extends VerbCommand {
    @Override
    public final Integer call() {
        usage();
        return ExitCode.OK;
    }
}
