package io.bulwark.api.advice;

import io.bulwark.api.account.AskedAccount;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--venue",
            paramLabel = "NAME",
            description =
                    "Instead: the margin as this venue's distance from acting goes from nothing to all that may be lost there.")
    private @Nullable String venue;

    @Option(names = "--svg", paramLabel = "FILE", description = "With --venue: writes the picture of it.")
    private @Nullable Path picture;

    @Override
    public Integer call() {
        if (venue != null) {
            standing(venue);
            return ExitCode.OK;
        }
        if (picture != null) {
            throw new BadInput("--svg", picture.toString(), "needs --venue: the picture is of how one venue stands");
        }
        OutlookAnswer answer = asked.ask(OutlookAnswer::of);
        if (json) {
            new Printout(out()).json(answer);
        } else {
            AdviceTable.outlook(out(), answer);
        }
        return ExitCode.OK;
    }

    private void standing(String venue) {
        StandingCurveAnswer answer = asked.ask((account, view) -> StandingCurveAnswer.of(account, view, venue));
        if (picture != null) {
            OutputFile.write(picture, StandingPicture.of(answer, asked.name()));
        }
        if (json) {
            new Printout(out()).json(answer);
        } else {
            AdviceTable.standing(out(), answer);
        }
    }
}
