package io.bulwark.api.cli;

import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.buffer.HiddenDivision;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.fund.FundStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The insurance fund in zero knowledge: what the two largest losses beyond what is held ask of it at most, in every sealed scenario. */
@Command(
        name = "fund",
        description = {
            "Proves what the two members who lose most beyond what they hold lose together at most, in every scenario of the sealed vault table: nobody",
            "learns who they are and what they lose. Whoever is given the proof checks it with 'bulwark verify FILE'; what is held for the fund is signed with",
            "'fund hold' and given beside it. Exit code 0: the file is written; 1: there is none; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class FundCommand extends StepCommand {
    private static final long MICRO_PER_U = 100;
    private static final int LARGEST = 10;

    @Command(
            name = "prove",
            description =
                    "Proves the fund of a sealed epoch and writes it to a file that anybody may be given, and beside it the vault table that it is about.")
    int prove(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(
                            names = "--fund",
                            paramLabel = "U",
                            description =
                                    "What the fund holds, u = 0.0001 USD. Default: exactly what the epoch asks of it.")
                    @Nullable
                    Long fund,
            @Option(
                            names = "--shape",
                            paramLabel = "SIZES",
                            defaultValue = "2-16-8-64-16-16",
                            description = {
                                "Sizes of the circuit: levels (4^levels accounts), positions, lines, instruments, assets, members. Default:",
                                "${DEFAULT-VALUE}."
                            })
                    String sizes,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Where the proof goes. Default: in the home's folder of proofs.")
                    @Nullable
                    Path file) {
        if (fund != null && fund < 0) {
            throw new BadInput("--fund", fund.toString(), "must be at least 0");
        }
        return OpenHouse.ask(house -> {
            ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
            long held = fund != null ? fund : sealed.cover().need();
            Answer<FundProver.Proved> answer =
                    house.fund().prove(shape(sizes, sealed.vaultTable().rowCount()), sealed, held, this::announce);
            return switch (answer) {
                case Answer.Given<FundProver.Proved>(FundProver.Proved proved) ->
                    written(
                            proved,
                            sealed,
                            file != null
                                    ? file
                                    : house.home().proofs().resolve("epoch-" + sealed.number() + "-fund.json"));
                case Answer.Refused<FundProver.Proved> refused -> refused("not proved: " + refused.refusal());
            };
        });
    }

    @Command(
            name = "hold",
            description = {
                "Has the quorum sign what the house holds for its fund in an epoch, each piece with what shows it, for 'bulwark verify FILE --holdings'.",
                "The file is JSON; docs/holdings.md says its form. Only cash counts: what pays in a crash is cash."
            })
    int hold(
            @Parameters(paramLabel = "FILE", description = "What the house holds for its fund.") Path file,
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(names = "--out", required = true, paramLabel = "LIST", description = "Where the signed list goes.")
                    Path target) {
        return new HoldStep(HoldingPurpose.FUND, out()).run(file, epoch, target);
    }

    private static FundShape shape(String sizes, long rows) {

        try {
            return FundShape.of(sizes, Math.toIntExact(rows));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--shape", sizes, String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "undeclared",
            description = {
                "By how much an owner whom nobody knows could lower the contagion vectors by dividing one of the ten largest accounts in two",
                "whose parts both hold their margin and buffer."
            })
    int undeclared(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch) {
        List<HiddenDivision> divisions = OpenHouse.ask(house -> divisions(OpenHouse.epoch(house, epoch)));
        divisions.forEach(found -> out().println(String.format(
                Locale.ROOT,
                "account %-8s %8d ppm  %s",
                found.account(),
                found.fallPpm(),
                found.fallPpm() == 0
                        ? "no division that is admitted lowers any rate"
                        : found.positionPercent() + " % of the positions on " + found.equityPercent()
                                + " % of the equity")));
        return ExitCode.OK;
    }

    private static List<HiddenDivision> divisions(ComputedEpoch epoch) {
        HouseBuffer buffer = epoch.buffer()
                .orElseThrow(() -> new BadInput(
                        "--epoch",
                        String.valueOf(epoch.number()),
                        "must be an epoch with a contagion buffer: the house publishes none"));
        Map<String, Long> margins = new HashMap<>();
        epoch.accounts()
                .forEach(a -> a.margin()
                        .stated()
                        .ifPresent(s -> margins.put(
                                Integer.toString(a.number()), Math.multiplyExact(s.initialMargin(), MICRO_PER_U))));
        return HiddenDivision.of(buffer.system(), buffer.buffer().tariff().vega(), margins, LARGEST);
    }

    private void announce(long seconds) {
        if (seconds > 0) {
            err().println("making the keys of the fund: " + seconds + " s (once)");
        }
    }

    private int written(FundProver.Proved proved, ComputedEpoch epoch, Path target) {
        Path table = target.resolveSibling(target.getFileName() + ".table");
        try {
            Files.writeString(target, proved.proof().toJson());
            Files.write(table, epoch.vaultTable().encode());
        } catch (IOException e) {
            throw new UncheckedIOException("fund " + target, e);
        }
        out().println("proved: " + words(FundStatement.of(proved.proof().publicInputs())));
        out().println("  over the margins that the epoch seals; an account without one is credited nothing");
        out().println("  the epoch asks " + Usd.text(proved.need()) + " USD; " + proved.constraints() + " constraints, "
                + proved.proveMillis() + " ms (" + proved.cpuMillis() + " ms of processor)");
        out().println("  written to " + target + ", with the vault table " + table);
        return ExitCode.OK;
    }

    private static String words(FundStatement says) {
        return "in each of " + says.scenarios()
                + " sealed scenarios the two members who lose most beyond what they hold lose at most "
                + Usd.text(says.fund()) + " USD together";
    }
}
