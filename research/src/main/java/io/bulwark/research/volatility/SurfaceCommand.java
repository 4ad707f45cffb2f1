package io.bulwark.research.volatility;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The implied-volatility surface of a chain. */
@Command(
        name = "surface",
        description = {
            "Fits the implied-volatility surface of an option chain, free of static arbitrage, and says how good it is:",
            "the fit by expiry, refused quotes by rule, skew and 30-day index, the learned surface against the fitted one",
            "on held-out quotes, and what every shock of the joint grid leaves to be traded against.",
            "CHAIN is CSV, one option a row, prices in coins: option_type, strike or strike_price, maturity or expire_date,",
            "mark_price, and where known bid_price, ask_price, mark_iv (per cent), underlying_price (the forward),",
            "creation_timestamp (milliseconds). Exit code 0: fitted; 1: too few usable quotes; 2: bad input."
        })
public final class SurfaceCommand extends VerbCommand {
    private static final long BYTES_MAX = 16L << 20;
    private static final int PPM_A_PER_CENT = 10_000;

    @Parameters(paramLabel = "CHAIN", description = "The option chain.")
    @SuppressWarnings("NullAway.Init")
    private Path chain;

    @Option(
            names = "--at",
            description = "When the chain was read, 2024-05-24T19:07:00Z; without it the file or its marks say so.")
    private Optional<String> at = Optional.empty();

    @Option(
            names = "--range",
            defaultValue = "16",
            description = "X, the price range of the stresses, per cent: ${DEFAULT-VALUE}.")
    private double range;

    @Option(names = "--quick", description = "Leaves out the held-out quotes.")
    private boolean quick;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Option(names = "--html", description = "Writes a page with a picture of every expiry.")
    private Optional<Path> html = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (!(range > 0 && range < 95)) {
            throw new BadInput("--range", String.valueOf(range), "must be above 0 and below 95 per cent");
        }
        OptionChainFile file = OptionChainFile.parse(InputFile.text(chain, BYTES_MAX), atMillis());
        Optional<SurfaceReport.Result> result =
                SurfaceReport.of(file, (int) Math.round(range * PPM_A_PER_CENT), !quick);
        if (result.isEmpty()) {
            err().println("bulwark: no expiry of " + chain + " has six usable quotes");
            return ExitCode.NEGATIVE;
        }
        SurfaceReport report = result.orElseThrow().report();
        if (json) {
            new Printout(out()).json(report);
        } else {
            SurfaceText.print(report, out());
        }
        if (html.isPresent()) {
            Files.writeString(
                    html.orElseThrow(), SurfacePage.of(String.valueOf(chain.getFileName()), result.orElseThrow()));
        }
        return ExitCode.OK;
    }

    private OptionalLong atMillis() {
        try {
            return at.isPresent()
                    ? OptionalLong.of(Instant.parse(at.orElseThrow()).toEpochMilli())
                    : OptionalLong.empty();
        } catch (DateTimeParseException e) {
            throw new BadInput("--at", at.orElse(""), "must be a moment such as 2024-05-24T19:07:00Z");
        }
    }
}
