package io.bulwark.api.verification;

import picocli.CommandLine.Command;

/** The verbs of this room, for whoever puts the command line together. */
@Command(subcommands = {VerifyCommand.class, KeysCommand.class})
public final class VerificationVerbs {}
