package io.bulwark.api.comparison;

import io.bulwark.api.account.AskedAccount;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One portfolio under every method. */
@Command(
        name = "compare",
        description = {
            "One portfolio under every method: isolated, cross, portfolio; static, value at risk, expected shortfall, stress.",
            "Over a sealed epoch of this house. --straddle prints the long straddle of the source text and needs no house."
        })
public final class CompareCommand extends VerbCommand {
    @Mixin
    private final AskedAccount asked = new AskedAccount();

    @Option(names = "--straddle", description = "The pinned long straddle instead of a portfolio.")
    private boolean straddle;

    @Option(names = "--json", description = "Prints the JSON that the API gives.")
    private boolean json;

    @Override
    public Integer call() {
        if (straddle && asked.named()) {
            throw new BadInput("--straddle", "beside a portfolio", "must stand alone");
        }
        Printout printout = new Printout(out());
        if (straddle) {
            StraddleAnswer answer = StraddleAnswer.sourceText();
            print(printout, answer, () -> ComparisonTable.straddle(out(), answer));
        } else {
            ComparisonAnswer answer = asked.ask(ComparisonAnswer::of);
            print(printout, answer, () -> ComparisonTable.portfolio(out(), answer));
        }
        return ExitCode.OK;
    }

    private void print(Printout printout, Object answer, Runnable text) {
        if (json) {
            printout.json(answer);
        } else {
            text.run();
        }
    }
}
