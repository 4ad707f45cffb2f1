package io.bulwark.research.wall;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ComputedEpoch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The book of today through what happened on other days. */
@Command(
        name = "wall",
        description = {
            "Takes the book of a sealed epoch through recorded events: what it loses, what margin covers, who pays the rest, the cascade sold at once and in batches,",
            "and what a collateral symbol that is not what it said would cost. With --seed a drawn book instead; that needs no house."
        })
public final class WallCommand extends VerbCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "EVENT",
            description =
                    "covid, luna, steth, ftx, usdc-market, usdc, jelly, oct10, xusd, drift, kelp, kelp-discount. Default: all.")
    private List<String> events = List.of();

    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.")
    private @Nullable Long epoch;

    @Option(names = "--seed", paramLabel = "N", description = "Draws a large book from this seed.")
    private @Nullable Long seed;

    @Option(names = "--accounts", paramLabel = "N", description = "Accounts of a drawn book (default 1000).")
    private int accounts = 1_000;

    @Option(names = "--gross", paramLabel = "N", description = "Gross size of a drawn book, million USD (default 500).")
    private long gross = 500;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page, a section an event.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        if (seed != null && epoch != null) {
            throw new BadInput(
                    "--epoch", epoch.toString(), "must not be given with --seed: a drawn book is of no epoch");
        }
        List<WallEvent> chosen = WallEvent.of(events);
        WallAnswer answer = seed != null
                ? ReplayWall.ofSeed(seed, accounts, gross, chosen)
                : OpenHouse.ask(house -> {
                    ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
                    return ReplayWall.ofEpoch(sealed, house.defaults().standing(sealed), chosen);
                });
        PrintWriter out = out();
        if (json) {
            new Printout(out).json(answer);
        } else {
            out.print(WallReport.text(answer));
            out.flush();
        }
        if (html != null) {
            OutputFile.write(html, WallReport.html(answer));
        }
        return ExitCode.OK;
    }
}
