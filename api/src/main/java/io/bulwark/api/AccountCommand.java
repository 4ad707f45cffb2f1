package io.bulwark.api;

import io.bulwark.api.account.MarginCommand;
import io.bulwark.api.advice.AdviceVerbs;
import io.bulwark.api.crif.CrifCommand;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.margincall.CallVerbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verbs of accounts. */
@Command(
        name = "account",
        description = "An account: its margin explained to the unit, and what would become of it.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {MarginCommand.class, CrifCommand.class})
final class AccountCommand extends StepCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // its subcommands are what is taken of it
    private final AdviceVerbs advice = new AdviceVerbs();

    @Mixin
    @SuppressWarnings("UnusedVariable") // its subcommands are what is taken of it
    private final CallVerbs calls = new CallVerbs();
}
