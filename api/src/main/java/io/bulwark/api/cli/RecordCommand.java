package io.bulwark.api.cli;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.AaveRecorder;
import io.bulwark.api.cycle.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records again what the lending protocol's real contracts answer. */
@Command(
        name = "record",
        description =
                "Deploys Aave V3 on a local chain, lets accounts supply, borrow and crash, and records what its adapter asks and is answered.")
public final class RecordCommand implements Callable<Integer> {
    private static final String AAVE = "aave";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "PROTOCOL", arity = "0..1", defaultValue = AAVE, description = "aave, the one there is.")
    private String protocol = AAVE;

    @Option(
            names = "--bed",
            paramLabel = "FOLDER",
            required = true,
            description = "The test bed, its npm packages installed.")
    @SuppressWarnings("NullAway.Init")
    private Path bed;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the recording goes.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Override
    public Integer call() throws IOException, VenueException {
        if (!protocol.equals(AAVE)) {
            throw new BadInput("PROTOCOL", protocol, "must be " + AAVE);
        }
        if (!Files.isDirectory(bed.resolve("node_modules"))) {
            throw new BadInput(
                    "--bed",
                    bed.toString(),
                    "must be the test bed with its packages installed: npm ci --ignore-scripts");
        }
        int accounts = AaveRecorder.record(bed, out);
        spec.commandLine().getOut().println("recorded " + accounts + " accounts to " + out);
        return ExitCode.OK;
    }
}
