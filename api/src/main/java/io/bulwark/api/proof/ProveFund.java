package io.bulwark.api.proof;

import io.bulwark.api.door.OutputFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.fund.FundStatement;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The insurance fund in zero knowledge: what the two largest losses beyond what is held ask of it at most, in every sealed scenario. */
@Command(
        name = "fund",
        description = {
            "Proves what the two members who lose most beyond what they hold lose together at most, in every scenario of the sealed vault table: nobody",
            "learns who they are and what they lose. Beside the proof it writes the vault table that it is about. Whoever is given them checks the proof with",
            "'bulwark verify FILE'; what is held for the fund is signed with 'bulwark proof hold fund' and given beside it."
        })
final class ProveFund extends ProveStep {
    @Option(
            names = "--fund",
            paramLabel = "U",
            description = "What the fund holds, u = 0.0001 USD. Default: exactly what the epoch asks of it.")
    private @Nullable Long fund;

    @Option(
            names = "--shape",
            paramLabel = "SIZES",
            description = {
                "Sizes of the circuit: levels (4^levels accounts), positions, lines, instruments, assets, members. Default: the",
                "first of the house's own that has room, 2-16-8-64-16-16, 2-16-8-128-64-16 or 3-16-8-128-64-64."
            })
    private @Nullable String sizes;

    @Override
    public Integer call() {
        if (fund != null && fund < 0) {
            throw new BadInput("--fund", fund.toString(), "must be at least 0");
        }
        return prove(
                "fund.json",
                (house, epoch) -> house.fund()
                        .prove(
                                shape(epoch),
                                epoch,
                                fund != null ? fund : epoch.cover().need(),
                                seconds -> announce("fund", seconds)),
                this::write);
    }

    private FundShape shape(ComputedEpoch epoch) {
        String asked = sizes;
        return asked == null
                ? FundShape.rung(epoch.vaultTable(), epoch.places())
                : BadInput.refusing(
                        "--shape",
                        asked,
                        () -> FundShape.of(asked, epoch.vaultTable().rowCount()));
    }

    private void write(FundProver.Proved proved, ComputedEpoch epoch, Path target) {
        Path table = target.resolveSibling(target.getFileName() + ".table");
        OutputFile.write(target, proved.proof().toJson());
        OutputFile.write(table, epoch.vaultTable().encode());
        out().println("proved: " + words(FundStatement.of(proved.proof().publicInputs())));
        out().println("  over the margins that the epoch seals; an account without one is credited nothing");
        out().println(
                        "  over every account, whether it rests on the fund or not, and whoever could take what it holds");
        out().println("  " + Reliance.of(epoch).text(epoch));
        out().println("  the epoch asks " + Usd.text(proved.need()) + " USD; " + proved.constraints() + " constraints, "
                + proved.took().toMillis() + " ms (" + proved.processor().toMillis() + " ms of processor)");
        out().println("  written to " + target + ", with the vault table " + table);
    }

    private static String words(FundStatement says) {
        return "in each of " + says.scenarios()
                + " sealed scenarios the two members who lose most beyond what they hold lose at most "
                + Usd.text(says.fund()) + " USD together";
    }
}
