package io.bulwark.api;

import io.bulwark.api.chain.KeyCommand;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.holding.HoldCommand;
import io.bulwark.api.key.CeremonyCommand;
import io.bulwark.api.proof.ProofVerbs;
import io.bulwark.api.verification.VerificationVerbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verbs of proofs, of both sides. */
@Command(
        name = "proof",
        description =
                "Proofs: asked for, made by owners and by the house, judged from files alone; and the keys that they rest on.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {HoldCommand.class, CeremonyCommand.class, KeyCommand.class})
final class ProofCommand extends StepCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // its subcommands are what is taken of it
    private final ProofVerbs making = new ProofVerbs();

    @Mixin
    @SuppressWarnings("UnusedVariable") // its subcommands are what is taken of it
    private final VerificationVerbs judging = new VerificationVerbs();
}
