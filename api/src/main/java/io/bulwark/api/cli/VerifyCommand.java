package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.Expectation;
import io.bulwark.api.inquiry.Verification;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.ProofBundle;
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
        VerifyingKey named = key(bundle);
        Verification found = shown.judge(
                Verification.of(ProverLibrary.load(), named, bundle, expected), named, bundle.publicInputs());
        print(found, spec.commandLine().getOut());
        return found.accepted() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private static Optional<FieldElement> element(String option, @Nullable String text) {
        return Optional.ofNullable(text).map(t -> Expectation.element(option, t));
    }

    private VerifyingKey key(ProofBundle bundle) {
        if (key != null) {
            return read("--key", key);
        }
        return VerifyingKey.named(Home.ofEnvironment().folder().resolve("keys"), bundle.key())
                .orElseThrow(() -> new BadInput(
                        "--key",
                        "",
                        "name the file of the verifying key " + bundle.key().hex() + "; this house has none"));
    }

    /** The key in the file of an option. */
    static VerifyingKey read(String option, Path file) {
        try {
            return VerifyingKey.of(InputFile.bytes(file, VerifyingKey.FILE_BYTES_MAX));
        } catch (IllegalArgumentException e) {
            throw new BadInput(option, file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static void print(Verification found, PrintWriter out) {
        out.println(
                found.accepted()
                        ? "NOT ANCHORED; says, without anchor: " + found.says().orElse("")
                        : "refused: " + found.reason().orElse(""));
        out.println("  key         " + found.keyOrigin());
        out.println("  epoch seal  " + found.seal());
        out.println("  challenge   " + found.challenge());
        out.println("  scope       " + found.scope());
        out.println("  nullifier   " + found.nullifier());
        out.println("  claim       " + found.claim());
    }
}
