package io.bulwark.api.proof;

import picocli.CommandLine.Command;

/** The verbs of this room, for whoever puts the command line together. */
@Command(
        subcommands = {
            AskCommand.class,
            ProveCommand.class,
            BundleCommand.class,
            RequestsCommand.class,
            WalletCommand.class
        })
public final class ProofVerbs {}
