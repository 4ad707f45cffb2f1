package io.bulwark.api.epoch;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.NodeHome;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes sealed epochs as files from which anybody computes them again. */
@Command(
        name = "publish",
        description = {
            "Writes sealed epochs into an empty folder, as files that any host can serve: signed epochs, their inputs and snapshots,"
                    + " tables in CSV, proofs.",
            "'bulwark epoch audit FOLDER' computes them again from these files alone. They hold positions and salts of every account:"
                    + " they are for auditors."
        })
final class PublishCommand extends VerbCommand {
    @Parameters(paramLabel = "FOLDER", description = "Where they go: a folder that is empty, or is made.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--newest",
            paramLabel = "N",
            defaultValue = "" + HouseFile.EPOCHS_MAX,
            description = "How many epochs, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int newest;

    @Override
    public Integer call() {
        if (newest < 1 || newest > HouseFile.EPOCHS_MAX) {
            throw new BadInput("--newest", String.valueOf(newest), "must be 1 to " + HouseFile.EPOCHS_MAX);
        }
        requireEmpty();
        Home home = Home.ofEnvironment();
        List<Long> written = NodeHome.isIn(home)
                ? published(new AuditBooks.OfNode(new NodeHome(home), ProverLibrary.load()))
                : OpenHouse.ask(house -> published(new AuditBooks.OfHouse(house)));
        out().println(
                        written.size() == 1
                                ? "epoch " + written.getFirst() + " is in " + folder
                                : "epochs " + written.getFirst() + " to " + written.getLast() + " are in " + folder);
        return ExitCode.OK;
    }

    private List<Long> published(AuditBooks books) {
        return new AuditWriting(books, new AuditFolder(folder)).write(newest);
    }

    private void requireEmpty() {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInput("FOLDER", folder.toString(), "must be a folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new BadInput("FOLDER", folder.toString(), "must be empty");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder, e);
        }
    }
}
