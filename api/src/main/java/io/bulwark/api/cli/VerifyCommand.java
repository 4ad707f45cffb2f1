package io.bulwark.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.inquiry.Verification;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Judge;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.witness.PublicInputs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a file from files alone: no database, no network, nothing of the house. */
@Command(
        name = "verify",
        description = {
            "Judges a proof of any circuit from files alone: no database, no network.",
            "Exit code 0: TRUSTED, it holds and everything that it must be tied to fits; 4: NOT ANCHORED, it holds and something was not given, which is named;",
            "1: REFUSED, it does not hold or something differs; 2: a file is none."
        })
public final class VerifyCommand implements Callable<Integer> {
    static final long PROOF_BYTES_MAX = 64 << 10;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The proof file, as every verb writes it that proves.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private final VerifierOptions verifier = new VerifierOptions();

    @Option(names = "--json", description = "Prints the judgement as POST /verification answers it.")
    private boolean json;

    @Override
    public Integer call() {
        byte[] content = InputFile.bytes(file, PROOF_BYTES_MAX);
        String proof = new String(content, UTF_8);
        ProverLibrary library = ProverLibrary.load();
        Judgement judged = switch (new Judge(library)
                .judge(proof, verifier.keys(content), verifier.houseFile(), verifier.expectation(library))) {
            case Answer.Given<Judgement>(Judgement judgement) -> judgement;
            case Answer.Refused<Judgement> refused ->
                throw new BadInput(
                        "FILE",
                        refused.refusal().where(),
                        "must be readable: " + refused.refusal().code());
        };
        return print(
                judged.outcome() == Judgement.Outcome.TRUSTED
                        ? verifier.shownBefore(judged, Digest.sha256(content))
                                .map(reason -> Verification.refused(judged, reason))
                                .orElse(judged)
                        : judged);
    }

    /** The key in the file of an option. */
    static VerifyingKey read(String option, Path file) {
        try {
            return VerifyingKey.of(InputFile.bytes(file, VerifyingKey.FILE_BYTES_MAX));
        } catch (IllegalArgumentException e) {
            throw new BadInput(option, file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private int print(Judgement judged) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new Printout(out).json(Verification.of(judged, Optional.empty()));
        } else {
            lines(judged, out);
        }
        return code(judged.outcome());
    }

    private static int code(Judgement.Outcome outcome) {
        return switch (outcome) {
            case TRUSTED -> ExitCode.OK;
            case UNANCHORED -> ExitCode.NOT_ANCHORED;
            case REFUSED -> ExitCode.NEGATIVE;
        };
    }

    private static void lines(Judgement judged, PrintWriter out) {
        out.println(judged.firstWords()
                + switch (judged.outcome()) {
                    case TRUSTED -> ": " + judged.sentence().orElse("");
                    case UNANCHORED ->
                        "; says, without anchor: " + judged.sentence().orElse("");
                    case REFUSED -> ": " + judged.reason().orElse("");
                });
        if (judged.outcome() == Judgement.Outcome.UNANCHORED) {
            judged.missing().forEach(pin -> out.println("  not given: " + pin.name() + ": " + pin.words()));
        }
        judged.asOf()
                .ifPresent(
                        date -> out.println("  as of       " + date + ", a date that was named in the clock's place"));
        PublicInputs shown = judged.publicInputs();
        out.println("  key         " + judged.key() + (judged.origin().isEmpty() ? "" : ", " + judged.origin()));
        judged.epoch().ifPresent(number -> out.println("  epoch       " + number));
        out.println("  epoch seal  " + shown.seal());
        out.println("  challenge   " + shown.challenge());
        out.println("  scope       " + shown.scope());
        out.println("  nullifier   " + shown.nullifier());
        out.println("  statement   " + shown.statement());
    }
}
