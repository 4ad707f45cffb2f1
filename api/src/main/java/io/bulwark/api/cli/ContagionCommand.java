package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.Expectation;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.ContagionVector;
import io.bulwark.netting.buffer.LiquidityGroup;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.contagion.ContagionProof;
import io.bulwark.prover.contagion.ContagionProver;
import io.bulwark.prover.contagion.ContagionShape;
import io.bulwark.prover.proof.VerifyingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
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
            "Exit code 0: the proof is written, or holds; 1: it does not; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class ContagionCommand extends StepCommand {
    private static final long ANNOUNCED_SECONDS = 10;
    private static final String SIZES = "2-16-8-64-32-16";

    @Command(
            name = "prove",
            description =
                    "Proves the vectors of a sealed epoch and writes the proof, with the risk table and the tariff that it is about, to a file.")
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
                            file != null
                                    ? file
                                    : house.home().proofs().resolve("epoch-" + sealed.number() + "-contagion.cbor"));
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
            @Option(names = "--seal", paramLabel = "HEX", description = "The epoch digest that it must be about.")
                    @Nullable
                    String seal,
            @Option(
                            names = "--key",
                            paramLabel = "VK",
                            description = {
                                "The verifying key, of the circuit contagion in the sizes that the file names: a key does not say its circuit. Default: the one",
                                "that the file names, among this house's keys."
                            })
                    @Nullable
                    Path key) {
        ContagionProof proof = read(file);
        VerifyingKey verifying = key(key, proof);
        if (!verifying.identity().equals(proof.key())) {
            return refused("refused: the proof is for verifying key "
                    + proof.key().hex() + "; have " + verifying.identity().hex());
        }
        if (seal != null && !Expectation.element("--seal", seal).equals(proof.seal())) {
            return refused("refused: seal must be " + seal + "; the proof shows "
                    + proof.seal().hex());
        }
        return switch (proof.verify(ProverLibrary.load(), verifying)) {
            case Answer.Given<ContagionProof> given -> accepted(proof);
            case Answer.Refused<ContagionProof> refused -> refused("refused: " + refused.refusal());
        };
    }

    private int accepted(ContagionProof proof) {
        out().println("NOT ANCHORED; says, without anchor: " + words(proof));
        BufferTariff tariff = proof.tariff();
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
        out().println("  circuit     contagion " + proof.shape().label());
        out().println("  epoch seal  " + proof.seal().hex());
        out().println("  risk table  " + proof.table().digest().hex());
        out().println("  margins     " + proof.margins().hex());
        return ExitCode.OK;
    }

    private static VerifyingKey key(@Nullable Path named, ContagionProof proof) {
        if (named != null) {
            return VerifyCommand.read("--key", named);
        }
        return VerifyingKey.named(Home.ofEnvironment().folder().resolve("keys"), proof.key())
                .orElseThrow(() -> new BadInput(
                        "--key",
                        "",
                        "name the file of the verifying key " + proof.key().hex()
                                + "; this house has none of that digest for this circuit"));
    }

    private static ContagionProof read(Path file) {
        byte[] bytes = InputFile.bytes(file, ContagionProof.BYTES_MAX);
        try {
            return ContagionProof.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new BadInput("FILE", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private void announce(long seconds) {
        if (seconds % ANNOUNCED_SECONDS == 1) {
            err().println("making the keys of the certificate, once: " + seconds + " s");
        }
    }

    private int written(ContagionProver.Proved proved, Path target) {
        byte[] encoded = proved.proof().encode();
        try {
            Files.write(target, encoded);
        } catch (IOException e) {
            throw new UncheckedIOException("certificate " + target, e);
        }
        out().println("proved: " + words(proved.proof()));
        out().println("  " + proved.constraints() + " constraints, " + proved.proveMillis() + " ms ("
                + proved.cpuMillis() + " ms of processor)");
        out().println("  written to " + target + ": " + encoded.length + " bytes, of which the proof has "
                + proved.proof().proof().bytes().length);
        return ExitCode.OK;
    }

    private static String words(ContagionProof proof) {
        BufferTariff tariff = proof.tariff();
        long certain = tariff.certified().stream()
                .map(ContagionVector::rates)
                .filter(rates -> rates.stream().anyMatch(rate -> rate > 0))
                .count();
        return "the contagion vectors of " + tariff.scenarios().size() + " scenarios over "
                + tariff.groups().stream().map(LiquidityGroup::name).collect(Collectors.joining(", "))
                + " dominate one step of the cascade; " + certain + " of them are above 0";
    }
}
