package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.Expectation;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.buffer.HiddenDivision;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.fund.FundProof;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.proof.VerifyingKey;
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

/** The insurance fund in zero knowledge: the two largest losses beyond margin are covered in every sealed scenario. */
@Command(
        name = "fund",
        description = {
            "Proves and checks that the insurance fund covers, in every scenario of the sealed vault table, the two members who lose most beyond",
            "their margin: nobody learns who they are and what they lose.",
            "Exit code 0: the proof is written, or holds; 1: it does not; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class FundCommand extends StepCommand {
    private static final long MICRO_PER_U = 100;
    private static final int LARGEST = 10;

    @Command(
            name = "prove",
            description = "Proves the fund of a sealed epoch and writes it to a file that anybody may be given.")
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
                            file != null
                                    ? file
                                    : house.home().proofs().resolve("epoch-" + sealed.number() + "-fund.cbor"));
                case Answer.Refused<FundProver.Proved> refused -> refused("not proved: " + refused.refusal());
            };
        });
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

    @Command(name = "verify", description = "Checks a fund with the verifying key alone: no database, no network.")
    int verify(
            @Parameters(paramLabel = "FILE", description = "The file that prove wrote.") Path file,
            @Option(names = "--seal", paramLabel = "HEX", description = "The epoch digest that it must be about.")
                    @Nullable
                    String seal,
            @Option(
                            names = "--shape",
                            paramLabel = "SIZES",
                            defaultValue = "2-16-8-64-16-16",
                            description = {
                                "Sizes of the circuit that a key of this house is looked for, as prove takes them. A key does not say its circuit:",
                                "whoever names one with --key knows that it is the fund's. Default: ${DEFAULT-VALUE}."
                            })
                    String sizes,
            @Option(
                            names = "--key",
                            paramLabel = "VK",
                            description =
                                    "The verifying key. Default: the one that the file names, among this house's keys.")
                    @Nullable
                    Path key) {
        FundProof proof = read(file);
        VerifyingKey verifying = key(key, sizes, proof);
        if (!verifying.identity().equals(proof.key())) {
            return refused("refused: the proof is for verifying key "
                    + proof.key().hex() + "; have " + verifying.identity().hex());
        }
        if (seal != null && !Expectation.element("--seal", seal).equals(proof.seal())) {
            return refused("refused: seal must be " + seal + "; the proof shows "
                    + proof.seal().hex());
        }
        return switch (proof.verify(ProverLibrary.load(), verifying)) {
            case Answer.Given<FundProof> given -> accepted(proof);
            case Answer.Refused<FundProof> refused -> refused("refused: " + refused.refusal());
        };
    }

    private int accepted(FundProof proof) {
        out().println("NOT ANCHORED; says, without anchor: " + words(proof));
        out().println("  key         " + proof.key().hex());
        out().println("  epoch seal  " + proof.seal().hex());
        out().println("  margins     " + proof.margins().hex());
        return ExitCode.OK;
    }

    private static VerifyingKey key(@Nullable Path named, String sizes, FundProof proof) {
        if (named != null) {
            return VerifyCommand.read("--key", named);
        }
        return VerifyingKey.named(Home.ofEnvironment().folder().resolve("keys"), proof.key())
                .orElseThrow(() -> new BadInput(
                        "--key",
                        "",
                        "name the file of the verifying key " + proof.key().hex()
                                + "; this house has none of that digest among its funds'"));
    }

    private static FundProof read(Path file) {
        byte[] bytes = InputFile.bytes(file, FundProof.BYTES_MAX);
        try {
            return FundProof.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new BadInput("FILE", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private void announce(long seconds) {
        if (seconds > 0) {
            err().println("making the keys of the fund: " + seconds + " s (once)");
        }
    }

    private int written(FundProver.Proved proved, Path target) {
        try {
            Files.write(target, proved.proof().encode());
        } catch (IOException e) {
            throw new UncheckedIOException("fund " + target, e);
        }
        out().println("proved: " + words(proved.proof()));
        out().println("  the epoch asks " + Usd.text(proved.need()) + " USD; " + proved.constraints() + " constraints, "
                + proved.proveMillis() + " ms (" + proved.cpuMillis() + " ms of processor)");
        out().println("  written to " + target);
        return ExitCode.OK;
    }

    private static String words(FundProof proof) {
        return "a fund of " + Usd.text(proof.fund())
                + " USD covers the two members who lose most beyond their margin in each of " + proof.scenarios()
                + " sealed scenarios";
    }
}
