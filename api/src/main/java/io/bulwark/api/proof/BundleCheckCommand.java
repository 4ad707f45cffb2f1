package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.wallet.WitnessBundle;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a witness bundle as its owner: what the house sealed of the account's margin is computed again. */
@Command(
        name = "check",
        description = {
            "Checks a bundle with its owner's wallet, without the house: every part leads to the epoch's digest, and initial margin, maintenance",
            "margin, equity and buffer, which the house sealed for the account and counts in whatever it proves of its fund, are computed again",
            "from the account's own lots and compared to 0.0001 USD. What it prints discloses the account: it is for its owner.",
            "Exit code 0: all is as it should be; 2: it is not, or bad input."
        })
final class BundleCheckCommand extends VerbCommand {
    @Mixin
    private final HomeBundle home = new HomeBundle();

    @Override
    public Integer call() {
        if (!home.isGiven()) {
            throw new BadInput("--bundle", "", "must be given, with --wallet");
        }
        HomeBundle.Opened opened = home.open();
        MarginLeaf margin = opened.bundle().margin().leaf();
        PrintWriter out = out();
        out.println("bundle of account " + opened.account() + " over epoch " + opened.epoch());
        out.println("  epoch seal          " + opened.seal());
        out.println("  member              " + margin.member());
        out.println("  initial margin      " + Usd.text(margin.initialMargin()) + " USD");
        out.println("  maintenance margin  " + Usd.text(margin.maintenanceMargin()) + " USD");
        out.println("  equity              " + Usd.text(margin.equity()) + " USD");
        out.println("  buffer              " + Usd.text(margin.buffer()) + " USD");
        out.println(
                opened.recomputed() == WitnessBundle.Recomputed.ALL
                        ? "  sealed as this account's own lots give them, all four"
                        : "  sealed as this account's own lots give them, but for the buffer: it holds an option, for which the house"
                                + " publishes nothing to compute a buffer from");
        return ExitCode.OK;
    }
}
