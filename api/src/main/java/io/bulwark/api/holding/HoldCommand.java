package io.bulwark.api.holding;

import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.attestation.HoldingPurpose;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the house holds, signed by its quorum, for a book or for the fund. */
@Command(
        name = "hold",
        description = {
            "Has the quorum sign what the house holds in an epoch, each piece with what shows it. The file is JSON; docs/holdings.md says its form.",
            "Exit code 0: the signed list is written; 2: bad input."
        },
        synopsisSubcommandLabel = "WHAT")
public final class HoldCommand extends StepCommand {
    @Command(
            name = "book",
            description = "What the house holds for its reserves, for 'bulwark proof prove book --holdings'.")
    int book(
            @Parameters(paramLabel = "FILE", description = "What the house holds.") Path file,
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(names = "--out", required = true, paramLabel = "LIST", description = "Where the signed list goes.")
                    Path target) {
        return new HoldStep(HoldingPurpose.RESERVES, out()).run(file, epoch, target);
    }

    @Command(
            name = "fund",
            description =
                    "What it holds for its fund, for 'bulwark verify FILE --holdings'. Only cash counts: what pays in a crash is cash.")
    int fund(
            @Parameters(paramLabel = "FILE", description = "What the house holds for its fund.") Path file,
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(names = "--out", required = true, paramLabel = "LIST", description = "Where the signed list goes.")
                    Path target) {
        return new HoldStep(HoldingPurpose.FUND, out()).run(file, epoch, target);
    }
}
