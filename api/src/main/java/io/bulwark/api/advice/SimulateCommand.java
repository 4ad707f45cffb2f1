package io.bulwark.api.advice;

import io.bulwark.api.account.MarginSource;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Printout;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
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
final class SimulateCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

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
        WhatIfAnswer answer = source.ask(view -> WhatIfAnswer.of(asked, view));
        if (json) {
            new Printout(spec.commandLine().getOut()).json(answer);
        } else {
            AdviceTable.whatIf(spec.commandLine().getOut(), answer);
        }
        return ExitCode.OK;
    }
}
