package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.HexInput;
import io.bulwark.clearing.epoch.CanonicalReader;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.ContagionVector;
import io.bulwark.netting.buffer.LiquidityGroup;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.contagion.ContagionProver;
import io.bulwark.prover.contagion.ContagionShape;
import io.bulwark.prover.contagion.ContagionStatement;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.proof.VerifyingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The certificate of the contagion vectors in zero knowledge: one step of the cascade does not exceed them. */
@Command(
        name = "contagion",
        description = {
            "Proves and checks that the contagion vectors which the house publishes dominate one step of the cascade over all sealed accounts,",
            "in every scenario: so they are not understated, and nobody learns what anybody holds.",
            "Exit code 0: the proof is written; 4: it holds, and this check does not ask whose epoch and key it is; 1: it does not; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class ContagionCommand extends StepCommand {
    private static final long ANNOUNCED_SECONDS = 10;
    private static final long TABLE_BYTES_MAX = 1 << 26;
    private static final long TARIFF_BYTES_MAX = 1 << 20;
    private static final int NOT_ANCHORED = 4;
    private static final String SIZES = "2-16-8-64-32-16";

    @Command(
            name = "prove",
            description =
                    "Proves the vectors of a sealed epoch and writes the proof to a file, and beside it the risk table and the tariff that it is about.")
    int prove(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(
                            names = "--shape",
                            paramLabel = "SIZES",
                            defaultValue = SIZES,
                            description = {
                                "Sizes of the circuit: levels (4^levels accounts), positions, lines, entries (instruments that are no options, and two for",
                                "each asset), places (unwind sets by group), members. Default: ${DEFAULT-VALUE}."
                            })
                    String sizes,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Where the proof goes. Default: in the home's folder of proofs.")
                    @Nullable
                    Path file) {
        return OpenHouse.ask(house -> {
            ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
            Answer<ContagionProver.Proved> answer =
                    house.contagion().prove(tariff -> shape(sizes, tariff), sealed, this::announce);
            return switch (answer) {
                case Answer.Given<ContagionProver.Proved>(ContagionProver.Proved proved) ->
                    written(
                            proved,
                            sealed,
                            file != null
                                    ? file
                                    : house.home().proofs().resolve("epoch-" + sealed.number() + "-contagion.json"));
                case Answer.Refused<ContagionProver.Proved> refused -> refused("not proved: " + refused.refusal());
            };
        });
    }

    private static ContagionShape shape(String sizes, BufferTariff tariff) {
        try {
            return ContagionShape.of(sizes, tariff);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--shape", sizes, String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "verify",
            description = {
                "Checks a certificate with the verifying key alone: no database, no network.",
                "What follows from table and tariff is computed anew; that the seal is an epoch of the house's is what its signatures say."
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "The file that prove wrote.") Path file,
            @Option(
                            names = "--table",
                            paramLabel = "FILE",
                            required = true,
                            description = "The risk table: FILE.table of prove, or GET /epochs/N/table.")
                    Path table,
            @Option(
                            names = "--tariff",
                            paramLabel = "FILE",
                            required = true,
                            description = "The tariff: FILE.tariff of prove, or GET /epochs/N/tariff.")
                    Path tariff,
            @Option(names = "--seal", paramLabel = "HEX", description = "The epoch digest that it must be about.")
                    @Nullable
                    String seal,
            @Option(
                            names = "--key",
                            paramLabel = "VK",
                            description = {
                                "The verifying key. Default: the one that the file names, among this house's keys."
                            })
                    @Nullable
                    Path key) {
        ProofBundle proof = read(file);
        RiskTable read = table(table);
        BufferTariff published = tariff(tariff);
        VerifyingKey verifying = key(key, proof);
        if (!verifying.identity().equals(proof.key())) {
            return refused("refused: the proof is for verifying key "
                    + proof.key().hex() + "; have "
                    + verifying.identity().hex());
        }
        FieldElement shown = proof.publicInputs().seal();
        if (seal != null && !HexInput.element("--seal", seal).equals(shown)) {
            return refused("refused: seal must be " + seal + "; the proof shows " + shown.hex());
        }
        ProverLibrary library = ProverLibrary.load();
        return switch (ContagionStatement.of(library, shape(verifying), read, published)) {
            case Answer.Refused<ContagionStatement> refused -> refused("refused: " + refused.refusal());
            case Answer.Given<ContagionStatement>(ContagionStatement says) ->
                says.over(shown).equals(proof.publicInputs())
                        ? holds(library, verifying, proof, published, read)
                        : refused("refused: the proof is not about this risk table and tariff");
        };
    }

    private static ContagionShape shape(VerifyingKey key) {
        try {
            return ContagionShape.of(key.record().shape());
        } catch (IllegalArgumentException e) {
            throw new BadInput("--key", key.identity().hex(), "must be of a certificate: " + e.getMessage());
        }
    }

    private int holds(
            ProverLibrary library, VerifyingKey key, ProofBundle proof, BufferTariff tariff, RiskTable table) {
        return switch (new Verifier(library, key).verify(proof)) {
            case Verifier.Verification.Valid valid -> unanchored(proof, tariff, table);
            case Verifier.Verification.Invalid(String reason) -> refused("refused: " + reason);
        };
    }

    private int unanchored(ProofBundle proof, BufferTariff tariff, RiskTable table) {
        out().println("NOT ANCHORED; says, without anchor: " + words(tariff));
        for (int k = 0; k < tariff.groups().size(); k++) {
            int group = k;
            LiquidityGroup named = tariff.groups().get(k);
            out().println("  " + named.name() + ": at most "
                    + tariff.certified().stream()
                            .mapToInt(vector -> vector.down(group))
                            .max()
                            .orElseThrow()
                    + " ppm down and "
                    + tariff.certified().stream()
                            .mapToInt(vector -> vector.up(group))
                            .max()
                            .orElseThrow()
                    + " ppm up");
        }
        out().println("  key         " + proof.key().hex());
        out().println("  epoch seal  " + proof.publicInputs().seal().hex());
        out().println("  risk table  " + table.digest().hex());
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
                        "name the file of the verifying key "
                                + proof.key().hex()
                                + "; this house has none of that digest for this circuit"));
    }

    private static ProofBundle read(Path file) {
        try {
            return ProofBundle.ofJson(new String(InputFile.bytes(file, ProofBundle.TEXT_MAX), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new BadInput("FILE", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static RiskTable table(Path file) {
        try {
            return RiskTable.decode(InputFile.bytes(file, TABLE_BYTES_MAX));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--table", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static BufferTariff tariff(Path file) {
        try {
            return BufferTariff.of(CanonicalReader.read(InputFile.bytes(file, TARIFF_BYTES_MAX)));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--tariff", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private void announce(long seconds) {
        if (seconds % ANNOUNCED_SECONDS == 1) {
            err().println("making the keys of the certificate, once: " + seconds + " s");
        }
    }

    private int written(ContagionProver.Proved proved, ComputedEpoch epoch, Path target) {
        BufferTariff tariff = epoch.buffer().orElseThrow().buffer().tariff();
        Path table = target.resolveSibling(target.getFileName() + ".table");
        Path published = target.resolveSibling(target.getFileName() + ".tariff");
        try {
            Files.writeString(target, proved.proof().toJson());
            Files.write(table, epoch.table().encode());
            Files.write(published, tariff.encode());
        } catch (IOException e) {
            throw new UncheckedIOException("certificate " + target, e);
        }
        out().println("proved: " + words(tariff));
        out().println("  over the margins that the epoch seals; " + proved.constraints() + " constraints, "
                + proved.proveMillis() + " ms (" + proved.cpuMillis() + " ms of processor)");
        out().println("  written to " + target + ", with " + table + " and " + published);
        return ExitCode.OK;
    }

    private static String words(BufferTariff tariff) {
        long certain = tariff.certified().stream()
                .map(ContagionVector::rates)
                .filter(rates -> rates.stream().anyMatch(rate -> rate > 0))
                .count();
        return "the contagion vectors of " + tariff.scenarios().size() + " scenarios over "
                + tariff.groups().stream().map(LiquidityGroup::name).collect(Collectors.joining(", "))
                + " dominate one step of the cascade; " + certain + " of them are above 0";
    }
}
