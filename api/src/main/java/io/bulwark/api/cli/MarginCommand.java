package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.inquiry.EpochView;
import io.bulwark.api.inquiry.JsonFields;
import io.bulwark.api.inquiry.MarginAnswer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The margin of one account, explained to the unit. */
@Command(
        name = "margin",
        description = {
            "The margin of the portfolio in FILE, or of a booked account, explained to the unit.",
            "FILE is JSON: {\"cash\": u, \"positions\": [{\"id\": ..., \"lots\": n}], \"paid\": [], \"collateral\": [], \"debt\": []}",
            "with cash in u = 0.0001 USD and whole lots. The table is the latest sealed epoch's, or --table's."
        })
public final class MarginCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A portfolio.")
    private @Nullable Path file;

    @Option(names = "--account", paramLabel = "N", description = "A booked account, by its number.")
    private @Nullable Integer account;

    @Mixin
    private final MarginSource source = new MarginSource();

    @Option(names = "--json", description = "Prints the JSON that the API gives.")
    private boolean json;

    @Override
    public Integer call() {
        if ((file == null) == (account == null)) {
            throw new BadInput("FILE", String.valueOf(file), "must be given, or --account, and not both");
        }
        MarginAnswer answer = file != null ? ofFile(file) : source.ask(view -> ofAccount(view, account));
        Printout printout = new Printout(spec.commandLine().getOut());
        if (json) {
            printout.json(answer);
        } else {
            printout.margin(answer);
        }
        return ExitCode.OK;
    }

    private MarginAnswer ofFile(Path portfolio) {
        JsonFields fields = JsonFields.read(InputFile.bytes(portfolio, JsonFields.BYTES_MAX));
        return source.ask(view -> MarginAnswer.of(fields, view.table()));
    }

    private static MarginAnswer ofAccount(EpochView view, @Nullable Integer number) {
        return view.accounts()
                .apply(number == null ? -1 : number)
                .map(lots -> MarginAnswer.of(lots, view.table()))
                .orElseThrow(() ->
                        new BadInput("--account", String.valueOf(number), "must be the number of a booked account"));
    }
}
