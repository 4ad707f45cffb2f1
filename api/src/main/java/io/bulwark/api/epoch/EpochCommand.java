package io.bulwark.api.epoch;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.api.riskarray.ExportCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.Witness;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.NodeHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of sealed epochs. */
@Command(
        name = "epoch",
        description = "Sealed epochs: recomputed, watched, and as other programs and contracts take them.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            ReplayCommand.class,
            BooksCommand.class,
            PricesCommand.class,
            ExportCommand.class,
            MonitorCommand.class,
            MirrorCommand.class,
            PublishCommand.class,
            AuditCommand.class,
            DifferenceCommand.class
        })
public final class EpochCommand extends StepCommand {
    @Command(
            name = "attest",
            description =
                    "A sealed epoch signed for contracts by the quorum members of this machine, on standard output.")
    int attest(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch) {
        new Printout(out())
                .json(OpenHouse.ask(house ->
                        house.attestForChains(OpenHouse.epoch(house, epoch).sealed())));
        return ExitCode.OK;
    }

    @Command(
            name = "heads",
            description = {
                "A line an epoch, its number and its digest, on standard output.",
                "Whoever keeps it elsewhere notices books that end earlier, or that were sealed anew: epoch books --witness FILE."
            })
    int heads() {
        if (NodeHome.isIn(Home.ofEnvironment())) {
            new NodeHome(Home.ofEnvironment())
                    .witness()
                    .seen()
                    .forEach((number, digest) -> out().println(number + " " + digest));
            return ExitCode.OK;
        }
        OpenHouse.ask(house -> house.epochs().epochs(1, Integer.MAX_VALUE))
                .forEach(epoch -> out().println(Witness.line(epoch)));
        return ExitCode.OK;
    }

    @Command(
            name = "house",
            description =
                    "The house file, which provers and verifiers keep: founding document, signed list of keys, newest epochs with signatures.")
    int house(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where it goes. Default: standard output.")
                    @Nullable
                    Path file,
            @Option(
                            names = "--newest",
                            paramLabel = "N",
                            defaultValue = "" + HouseFile.EPOCHS_MAX,
                            description = "How many epochs it holds, 1 to 1000. Default: ${DEFAULT-VALUE}.")
                    int newest) {
        if (newest < 1 || newest > HouseFile.EPOCHS_MAX) {
            throw new BadInput("--newest", String.valueOf(newest), "must be 1 to " + HouseFile.EPOCHS_MAX);
        }
        Home home = Home.ofEnvironment();
        Map<String, Object> json = (NodeHome.isIn(home)
                        ? HouseFile.of(new NodeHome(home), newest)
                        : OpenHouse.ask(house -> HouseFile.of(house, newest)))
                .json();
        if (file == null) {
            new Printout(out()).json(json);
            return ExitCode.OK;
        }
        try (PrintWriter written = new PrintWriter(Files.newBufferedWriter(file))) {
            new Printout(written).json(json);
            if (written.checkError()) {
                throw new UncheckedIOException(new IOException(file + " was not written whole"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ExitCode.OK;
    }
}
