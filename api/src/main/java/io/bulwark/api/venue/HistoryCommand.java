package io.bulwark.api.venue;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.HistoryReader;
import io.bulwark.house.pricefile.PriceFile;
import io.bulwark.netting.volatility.BadPrint;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import io.bulwark.netting.volatility.PriceFlag;
import io.bulwark.netting.volatility.PriceHistory;
import io.bulwark.netting.volatility.VolatilityParameters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The price history of a founding file, looked at before a house rests on it. */
@Command(
        name = "history",
        description = {
            "Checks the daily prices that a founding file names: days without a price, prints that the house's filter replaces,",
            "moves beyond it, and until when an epoch may be sealed over them. Needs no house.",
            "Exit code 0: nothing is missing and nothing replaced; 1: something is, by day; 2: a file is refused."
        })
final class HistoryCommand extends VerbCommand {
    /** Closes of two sources that lie further apart are named. */
    private static final double APART = 0.02;

    @Parameters(paramLabel = "FILE", description = "A founding file; price files that it names lie beside it.")
    private Path file = Path.of("");

    @Option(
            names = "--beside",
            paramLabel = "CSV",
            description =
                    "A second source of the same groups: days on which its close lies more than 2 %% from the first one's are named.")
    private @Nullable Path beside;

    @Override
    public Integer call() {
        FoundingFile founding = FoundingFile.read(InputFile.bytes(file, FoundingFile.BYTES_MAX));
        PriceHistory history = HistoryReader.read(
                        founding, file.toAbsolutePath().resolveSibling(""))
                .orElseThrow(() -> new BadInput("history", file.toString(), "must name at least one series of prices"));
        List<String> found = new ArrayList<>();
        for (DailyPrices prices : history.groups().values()) {
            found.addAll(look(prices, founding.parameterSet()));
        }
        if (beside != null) {
            PriceFile second = PriceFile.read(beside);
            for (DailyPrices prices : history.groups().values()) {
                DailyPrices other = second.history(prices.underlying())
                        .orElseThrow(() ->
                                new BadInput("--beside", second.name(), "must have prices of " + prices.underlying()));
                found.addAll(apart(prices, other));
            }
        }
        return found.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    /** Prints a series; returns what is missing in it or replaced. */
    private List<String> look(DailyPrices prices, ParameterSet parameters) {
        PrintWriter out = out();
        long age = parameters.value(VolatilityParameters.HISTORY_AGE);
        out.printf(
                "%s: %d days, %s to %s; an epoch may be sealed over them until %s%n",
                prices.underlying(),
                prices.size(),
                day(prices.epochDay(0)),
                day(prices.lastDay()),
                day(Math.toIntExact(prices.lastDay() + 1 + age)));
        Cleaned cleaned = PriceFilter.clean(prices, parameters);
        List<String> found = new ArrayList<>();
        for (BadPrint print : cleaned.removed()) {
            found.add(day(print.epochDay()) + ": " + print.field().name().toLowerCase(Locale.ROOT) + " " + print.value()
                    + " is read as " + print.replacement() + ": " + print.rule());
        }
        for (PriceFlag flag : cleaned.flagged()) {
            String line = line(flag);
            if (flag.kind() == PriceFlag.Kind.GAP) {
                found.add(line);
            } else {
                out.println("  stays: " + line);
            }
        }
        found.forEach(line -> out.println("  " + line));
        return found;
    }

    private static String line(PriceFlag flag) {
        String days = flag.firstDay() == flag.lastDay()
                ? day(flag.firstDay())
                : day(flag.firstDay()) + " to " + day(flag.lastDay());
        return days + ": "
                + switch (flag.kind()) {
                    case GAP -> "no price on %.0f days".formatted(flag.value());
                    case FLAT_RUN -> "the price stands still at " + flag.value();
                    case JUMP -> "a close %.4f (logarithm) from the last".formatted(flag.value());
                    case WIDE_DAY -> "a range of %.4f (logarithm) that open or close bear out".formatted(flag.value());
                };
    }

    /** Prints the days on which two sources part; returns them. */
    private List<String> apart(DailyPrices prices, DailyPrices other) {
        List<String> found = new ArrayList<>();
        int both = 0;
        for (int row = 0, next = 0; row < prices.size(); row++) {
            while (next < other.size() && other.epochDay(next) < prices.epochDay(row)) {
                next++;
            }
            if (next < other.size() && other.epochDay(next) == prices.epochDay(row)) {
                both++;
                if (Math.abs(other.close(next) / prices.close(row) - 1) > APART) {
                    found.add(day(prices.epochDay(row)) + ": closes at " + prices.close(row) + ", the second source at "
                            + other.close(next));
                }
            }
        }
        out().printf("%s: %d days in both sources%n", prices.underlying(), both);
        found.forEach(line -> out().println("  " + line));
        return found;
    }

    private static String day(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }
}
