package io.bulwark.api.advice;

import io.bulwark.api.account.MarginSource;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changes would do to a portfolio. */
@Command(
        name = "simulate",
        description = {
            "Base portfolio + changes -> margin, before and after; nothing is booked.",
            "FILE is JSON: {\"account\": N | \"portfolio\": {...}, \"changes\": [{\"in\": \"positions\", \"id\": ..., \"lots\": n}, {\"in\": \"cash\", \"amount\": u}]}",
            "with in one of cash, positions, paid, collateral, debt; the portfolio as in margin. The table is the latest sealed epoch's, or --table's."
        })
final class SimulateCommand extends VerbCommand {
    @Parameters(paramLabel = "FILE", description = "The what-if.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private final MarginSource source = new MarginSource();

    @Option(names = "--json", description = "Prints the JSON that the API gives.")
    private boolean json;

    @Override
    public Integer call() {
        JsonFields asked = JsonFields.read(InputFile.bytes(file, JsonFields.BYTES_MAX));
        WhatIfAnswer answer = source.ask(view -> WhatIfAnswer.of(asked, view, WhatIfAnswer.Detail.ALWAYS));
        if (json) {
            new Printout(out()).json(answer);
        } else {
            AdviceTable.whatIf(out(), answer);
        }
        return ExitCode.OK;
    }
}
