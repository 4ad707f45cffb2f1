package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.HexInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.buffer.HiddenDivision;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.fund.FundStatement;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.proof.VerifyingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
            "Proves and checks what the two members who lose most beyond what they hold lose together at most, in every scenario of the sealed vault",
            "table: nobody learns who they are and what they lose.",
            "Exit code 0: the proof is written; 4: it holds, and this check does not ask whose epoch and key it is; 1: it does not; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class FundCommand extends StepCommand {
    private static final long MICRO_PER_U = 100;
    private static final int LARGEST = 10;
    private static final int NOT_ANCHORED = 4;

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
                                    : house.home().proofs().resolve("epoch-" + sealed.number() + "-fund.json"));
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
                            names = "--key",
                            paramLabel = "VK",
                            description =
                                    "The verifying key. Default: the one that the file names, among this house's keys.")
                    @Nullable
                    Path key) {
        ProofBundle proof = read(file);
        FundStatement says = says(file, proof);
        VerifyingKey verifying = key(key, proof);
        if (!verifying.identity().equals(proof.key())) {
            return refused("refused: the proof is for verifying key "
                    + proof.key().hex() + "; have " + verifying.identity().hex());
        }
        if (seal != null
                && !HexInput.element("--seal", seal).equals(proof.publicInputs().seal())) {
            return refused("refused: seal must be " + seal + "; the proof shows "
                    + proof.publicInputs().seal().hex());
        }
        return switch (new Verifier(ProverLibrary.load(), verifying).verify(proof)) {
            case Verifier.Verification.Valid valid -> unanchored(says, proof);
            case Verifier.Verification.Invalid(String reason) -> refused("refused: " + reason);
        };
    }

    private int unanchored(FundStatement says, ProofBundle proof) {
        out().println("NOT ANCHORED; says, without anchor: " + words(says));
        out().println("  key         " + proof.key().hex());
        out().println("  epoch seal  " + proof.publicInputs().seal().hex());
        out().println("  margins     as the epoch seals them: who signed it, this check does not ask");
        return NOT_ANCHORED;
    }

    private static VerifyingKey key(@Nullable Path named, ProofBundle proof) {
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

    private static ProofBundle read(Path file) {
        try {
            return ProofBundle.ofJson(new String(InputFile.bytes(file, ProofBundle.TEXT_MAX), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new BadInput("FILE", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static FundStatement says(Path file, ProofBundle proof) {
        try {
            return FundStatement.of(proof.publicInputs());
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
            Files.writeString(target, proved.proof().toJson());
        } catch (IOException e) {
            throw new UncheckedIOException("fund " + target, e);
        }
        out().println("proved: " + words(FundStatement.of(proved.proof().publicInputs())));
        out().println("  over the margins that the epoch seals; an account without one is credited nothing");
        out().println("  the epoch asks " + Usd.text(proved.need()) + " USD; " + proved.constraints() + " constraints, "
                + proved.proveMillis() + " ms (" + proved.cpuMillis() + " ms of processor)");
        out().println("  written to " + target);
        return ExitCode.OK;
    }

    private static String words(FundStatement says) {
        return "in each of " + says.scenarios()
                + " sealed scenarios the two members who lose most beyond what they hold lose at most "
                + Usd.text(says.fund()) + " USD together";
    }
}
