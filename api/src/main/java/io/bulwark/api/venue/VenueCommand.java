package io.bulwark.api.venue;

import io.bulwark.adapter.VenueReader;
import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.founding.FoundingFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** The verbs of venues. */
@Command(
        name = "venue",
        description =
                "Venues: polled for what accounts hold, read, checked, pushed by protocols, linked to their owners.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            PollCommand.class,
            ReadCommand.class,
            ValidateCommand.class,
            PushCommand.class,
            AdmissionVerbs.Propose.class,
            AdmissionVerbs.Admit.class,
            HistoryCommand.class,
            LinkCommand.class,
            SupersedeCommand.class
        })
public final class VenueCommand extends StepCommand {
    /**
     * A reader for every venue that a founding file connects, by the file that says where venues answer and with which keys.
     *
     * @throws BadInput naming field and rule
     */
    public static List<VenueReader> readers(Path venues, FoundingFile founding) {
        return VenuesFile.read(venues).open(founding);
    }
}
