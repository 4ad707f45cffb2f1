package io.bulwark.api.proof;

import io.bulwark.api.door.StepCommand;
import picocli.CommandLine.Command;

/** Makes proofs: of one account, or of the house as a whole. */
@Command(
        name = "prove",
        description = {
            "Makes a proof: of an account's claim, of the book of the whole house, of its fund, of its contagion vectors. 'bulwark verify FILE' judges what it writes.",
            "Exit code 0: the file is written; 1: there is none, the line says why; 2: bad input."
        },
        synopsisSubcommandLabel = "WHAT",
        subcommands = {ProveAccountCommand.class, ProveBook.class, ProveFund.class, ProveContagion.class})
final class ProveCommand extends StepCommand {}
