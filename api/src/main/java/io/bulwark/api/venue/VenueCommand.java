package io.bulwark.api.venue;

import io.bulwark.api.door.StepCommand;
import picocli.CommandLine.Command;

/** The verbs of venues. */
@Command(
        name = "venue",
        description = "Venues: polled for what accounts hold, read, checked, linked to their owners.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            PollCommand.class,
            ReadCommand.class,
            ValidateCommand.class,
            HistoryCommand.class,
            LinkCommand.class,
            SupersedeCommand.class
        })
public final class VenueCommand extends StepCommand {}
