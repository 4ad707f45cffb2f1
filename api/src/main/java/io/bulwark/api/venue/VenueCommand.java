package io.bulwark.api.venue;

import io.bulwark.api.door.StepCommand;
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
            LinkCommand.class
        })
public final class VenueCommand extends StepCommand {}
