package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.Expectation;
import io.bulwark.api.inquiry.Verification;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.SealedTranscript;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.proof.PublishedKey;
import io.bulwark.prover.proof.VerifyingKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a proof from its file and the verifying key: no database, no network, nothing of the house. */
@Command(
        name = "verify",
        description = {
            "Checks a proof with the verifying key alone: no database, no network.",
            "Exit code 0: it holds and is about what was expected; 1: it does not; 2: the file is no proof."
        })
public final class VerifyCommand implements Callable<Integer> {
    static final long PROOF_BYTES_MAX = 64 << 10;
    static final long KEY_BYTES_MAX = 1 << 20;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The proof bundle that prove wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "VK",
            description = "The verifying key. Default: the one that the bundle names, among this house's keys.")
    private @Nullable Path key;

    @Option(
            names = "--ceremony",
            paramLabel = "TRANSCRIPT",
            description = {
                "The transcript of the sealed ceremony that the verifying key must come from: an unsafe key, which one machine made,",
                "is refused. Whether the transcript tells the truth says 'bulwark ceremony verify' of its folder."
            })
    private @Nullable Path ceremony;

    @Option(names = "--seal", paramLabel = "HEX", description = "The epoch digest that it must be about.")
    private @Nullable String seal;

    @Option(names = "--challenge", paramLabel = "HEX", description = "The challenge that it must answer.")
    private @Nullable String challenge;

    @Option(names = "--scope", paramLabel = "HEX", description = "The scope that it must be made for.")
    private @Nullable String scope;

    @Option(names = "--claim", paramLabel = "HEX", description = "The whole claim that it must make.")
    private @Nullable String claim;

    @Mixin
    private final ShownOnce shown = new ShownOnce();

    @Override
    public Integer call() {
        shown.check();
        ProofBundle bundle = Verification.read(InputFile.text(file, PROOF_BYTES_MAX));
        Expectation expected = new Expectation(
                element("--seal", seal),
                element("--challenge", challenge),
                element("--scope", scope),
                element("--claim", claim));
        PublishedKey published = key(bundle);
        Verification found = shown.judge(verification(bundle, published, expected), published, bundle.publicInputs());
        print(found, spec.commandLine().getOut());
        return found.accepted() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private Verification verification(ProofBundle bundle, PublishedKey key, Expectation expected) {
        if (ceremony == null) {
            return Verification.of(ProverLibrary.load(), key, bundle, expected);
        }
        SealedTranscript transcript = transcript(ceremony);
        if (!bundle.verifyingKey().equals(transcript.verifyingKey())) {
            return Verification.refused(
                    key,
                    bundle.publicInputs(),
                    "its verifying key (" + key.label() + ") is not the one that the ceremony made, "
                            + transcript.verifyingKey());
        }
        KeyOrigin origin = new KeyOrigin.Ceremony(transcript.sha256());
        return Verification.of(
                ProverLibrary.load(), new PublishedKey(key.key(), Optional.of(origin)), bundle, expected);
    }

    /** The transcript in the file of an option {@code --ceremony}. */
    static SealedTranscript transcript(Path file) {
        try {
            return SealedTranscript.of(InputFile.bytes(file, KEY_BYTES_MAX));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--ceremony", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static Optional<FieldElement> element(String option, @Nullable String text) {
        return Optional.ofNullable(text).map(t -> Expectation.element(option, t));
    }

    private PublishedKey key(ProofBundle bundle) {
        if (key != null) {
            return PublishedKey.unlabelled(VerifyingKey.of(InputFile.bytes(key, KEY_BYTES_MAX)));
        }
        return ProvingKeys.find(Home.ofEnvironment().folder().resolve("keys"), bundle.verifyingKey())
                .orElseThrow(() -> new BadInput(
                        "--key",
                        "",
                        "name the file of the verifying key "
                                + bundle.verifyingKey().hex() + "; this house has none of that digest"));
    }

    private static void print(Verification found, PrintWriter out) {
        out.println(
                found.accepted()
                        ? "accepted: " + found.says().orElse("")
                        : "refused: " + found.reason().orElse(""));
        out.println("  key         " + found.keyOrigin());
        out.println("  epoch seal  " + found.seal());
        out.println("  challenge   " + found.challenge());
        out.println("  scope       " + found.scope());
        out.println("  nullifier   " + found.nullifier());
        out.println("  claim       " + found.claim());
    }
}
