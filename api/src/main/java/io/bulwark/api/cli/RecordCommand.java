package io.bulwark.api.cli;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.AaveRecorder;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import io.bulwark.adapter.recording.DerivativesRecorder;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records again what the real contracts of a protocol answer. */
@Command(
        name = "record",
        description =
                "Deploys a protocol on a local chain, lets accounts use it, and records what its adapter asks and is answered.")
public final class RecordCommand implements Callable<Integer> {
    private static final String AAVE = "aave";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "PROTOCOL",
            arity = "0..1",
            defaultValue = AAVE,
            description = "aave (lending), lyra (options) or perp (perpetuals).")
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
        Optional<Protocol> derivatives = Stream.of(Protocol.values())
                .filter(p -> p.venue().equals(protocol))
                .findFirst();
        if (!protocol.equals(AAVE) && derivatives.isEmpty()) {
            throw new BadInput("PROTOCOL", protocol, "must be aave, lyra or perp");
        }
        Path packages = derivatives.map(d -> bed.resolve(d.venue())).orElse(bed);
        if (!Files.isDirectory(bed.resolve("node_modules")) || !Files.isDirectory(packages.resolve("node_modules"))) {
            throw new BadInput(
                    "--bed",
                    bed.toString(),
                    "must be the test bed with its packages installed: npm ci --ignore-scripts");
        }
        int accounts = derivatives.isPresent()
                ? DerivativesRecorder.record(derivatives.get(), bed, out)
                : AaveRecorder.record(bed, out);
        spec.commandLine().getOut().println("recorded " + accounts + " accounts to " + out);
        return ExitCode.OK;
    }
}
