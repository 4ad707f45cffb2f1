package io.bulwark.api.chain;

import io.bulwark.api.door.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A verifying key as contracts take it. */
@Command(
        name = "key",
        description = "The Solidity verifier of a verifying key, on standard output; it says who made the key.")
public final class KeyCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "VK", description = "The file of a verifying key.")
    @SuppressWarnings("NullAway.Init")
    private Path key;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ContractFiles.verifier(key));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
