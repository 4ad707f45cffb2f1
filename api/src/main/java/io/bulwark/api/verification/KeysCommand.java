package io.bulwark.api.verification;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Judge;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys that a verifier was handed. */
@Command(
        name = "keys",
        description = "Keys that a verifier was handed.",
        synopsisSubcommandLabel = "STEP",
        subcommands = KeysCommand.CheckStep.class)
final class KeysCommand extends StepCommand {
    /** Compiles what a record names. */
    @Command(
            name = "check",
            description = {
                "Compiles the circuit that a key's record names, in seconds, and compares: a key of another circuit under that name is refused. What was",
                "compiled is noted, and verify counts it beside what the release itself knows."
            })
    static final class CheckStep extends VerbCommand {
        @Parameters(paramLabel = "VK", description = "The file of a verifying key.")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        @Option(
                names = "--compiled",
                paramLabel = "FILE",
                description = "Where it is noted. Default: its file in the home.")
        private @Nullable Path compiled;

        @Override
        public Integer call() {
            VerifyingKey key = VerifyingKeys.read("VK", file);
            return switch (new Judge(ProverLibrary.load()).checkKey(key)) {
                case Answer.Given<Digest>(Digest circuit) -> {
                    new CompiledCircuits(compiled != null ? compiled : CompiledCircuits.ofHome()).note(circuit);
                    out().println("compiled: key " + key.identity() + " is of circuit "
                            + key.record().circuit() + ", "
                            + key.record().constraints() + " constraints");
                    yield ExitCode.OK;
                }
                case Answer.Refused<Digest> refused -> {
                    err().println("bulwark: REFUSED: " + refused.refusal());
                    yield ExitCode.NEGATIVE;
                }
            };
        }
    }
}
