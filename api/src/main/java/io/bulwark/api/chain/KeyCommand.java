package io.bulwark.api.chain;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A verifying key as contracts take it. */
@Command(
        name = "key",
        description = "The Solidity verifier of a verifying key, on standard output; it says who made the key.")
public final class KeyCommand extends VerbCommand {
    @Parameters(paramLabel = "VK", description = "The file of a verifying key.")
    @SuppressWarnings("NullAway.Init")
    private Path key;

    @Override
    public Integer call() {
        out().print(ContractFiles.verifier(key));
        out().flush();
        return ExitCode.OK;
    }
}
