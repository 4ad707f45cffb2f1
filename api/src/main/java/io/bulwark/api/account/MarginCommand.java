package io.bulwark.api.account;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.venuemargin.VenueMarginAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The margin of one account, explained to the unit. */
@Command(
        name = "margin",
        description = {
            "The margin of the portfolio in FILE, or of a booked account, explained to the unit.",
            "FILE is JSON: {\"cash\": u, \"positions\": [{\"id\": ..., \"lots\": n}], \"paid\": [], \"collateral\": [], \"debt\": []}",
            "with cash in u = 0.0001 USD and whole lots. The table is the latest sealed epoch's, or --table's."
        })
public final class MarginCommand extends VerbCommand {
    @Mixin
    private final AskedAccount asked = new AskedAccount();

    @Option(names = "--json", description = "Prints the JSON that the API gives.")
    private boolean json;

    @Option(
            names = "--venue-margin",
            description = "Prints what the published engines of other venues would ask for the same holdings.")
    private boolean venueMargin;

    @Override
    public Integer call() {
        Printout printout = new Printout(out());
        return venueMargin ? venues(printout) : margin(printout);
    }

    private int venues(Printout printout) {
        VenueMarginAnswer answer = asked.ask((account, view) -> VenueMarginAnswer.of(account, view.table()));
        if (json) {
            printout.json(answer);
        } else {
            new MarginTable(out()).venues(answer);
        }
        return ExitCode.OK;
    }

    private int margin(Printout printout) {
        MarginAnswer answer = asked.ask(MarginAnswer::of);
        if (json) {
            printout.json(answer);
        } else {
            new MarginTable(out()).margin(answer);
        }
        return ExitCode.OK;
    }
}
