package io.bulwark.api.advice;

import io.bulwark.api.comparison.CompareCommand;
import picocli.CommandLine.Command;

/** The verbs of this room, for whoever puts the command line together. */
@Command(subcommands = {SimulateCommand.class, CompareCommand.class, OutlookCommand.class})
public final class AdviceVerbs {}
