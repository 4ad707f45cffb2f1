package io.bulwark.api.advice;

import io.bulwark.api.account.AskedAccount;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far an account is from liquidation, and what would cure a call. */
@Command(
        name = "outlook",
        description = {
            "What costs an account most, how far prices, volatilities and time are from its liquidation,",
            "the ways out of a call, cheapest first, and the largest trades. Over a sealed epoch of this house."
        })
final class OutlookCommand extends VerbCommand {
    @Mixin
    private final AskedAccount asked = new AskedAccount();

    @Option(names = "--json", description = "Prints the JSON that the API gives.")
    private boolean json;

    @Override
    public Integer call() {
        OutlookAnswer answer = asked.ask(OutlookAnswer::of);
        if (json) {
            new Printout(out()).json(answer);
        } else {
            AdviceTable.outlook(out(), answer);
        }
        return ExitCode.OK;
    }
}
