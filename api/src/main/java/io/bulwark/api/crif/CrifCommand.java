package io.bulwark.api.crif;

import io.bulwark.api.account.AskedAccount;
import io.bulwark.api.account.MarginSource;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.document.BadInput;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sensitivities in the Common Risk Interchange Format, out of the house and in. */
@Command(
        name = "crif",
        description = {
            "Sensitivities as CRIF rows: an account's deltas and vegas for other margin models, and rows back as a portfolio.",
            "The mapping and its sources: docs/risk-language/crif.md."
        },
        synopsisSubcommandLabel = "STEP")
public final class CrifCommand extends StepCommand {
    private static final int NAME_MAX = 100;

    @Command(
            name = "write",
            description = "The portfolio in FILE (JSON as in margin), or a booked account, as CRIF on standard output.")
    int write(
            @Mixin AskedAccount asked,
            @Option(
                            names = "--portfolio",
                            paramLabel = "ID",
                            defaultValue = "portfolio",
                            description = "PortfolioID of the rows. Default: portfolio.")
                    String portfolio) {
        if (portfolio.isBlank() || portfolio.length() > NAME_MAX || !portfolio.equals(portfolio.strip())) {
            throw new BadInput("--portfolio", portfolio, "must be a name of 1 to " + NAME_MAX + " characters");
        }
        List<CrifRow> rows = asked.ask((account, view) -> CrifSensitivities.of(account, view.table(), portfolio));
        CrifFile.write(rows, out());
        out().flush();
        return ExitCode.OK;
    }

    @Command(
            name = "read",
            description = {
                "CRIF rows as the portfolio that 'bulwark account margin FILE' takes, on standard output: the net delta of each risk group in whole",
                "lots of its perpetual, or of its coin. Rows that do not map are refused on standard error by line, field, value and rule.",
                "Exit code 0: every row is mapped; 2: some are refused, and the portfolio is that of the others."
            })
    int read(@Parameters(paramLabel = "FILE", description = "CRIF as CSV.") Path file, @Mixin MarginSource source) {
        CrifFile rows = CrifFile.read(InputFile.text(file, CrifFile.BYTES_MAX));
        CrifPortfolio answer = source.ask(view -> CrifPortfolio.of(rows, view.table()));
        new Printout(out()).json(answer.portfolio());
        answer.refusals()
                .forEach(refusal -> err().println(file + ":" + refusal.line() + ": " + refusal.field() + " "
                        + refusal.rule() + "; have "
                        + (refusal.value().isEmpty() ? "nothing" : refusal.value())));
        return answer.refusals().isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
    }
}
