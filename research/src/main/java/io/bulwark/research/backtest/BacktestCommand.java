package io.bulwark.research.backtest;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.backtest.BookHistory;
import io.bulwark.netting.backtest.HouseBacktest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Margin against realised loss on any price file. */
@Command(
        name = "backtest",
        description = {
            "The table that the house would have sealed, day by day, against the loss that followed.",
            "By its own builder and rows of expected shortfall; long and short of a coin also beside other rules.",
            "Per book: breaches over 24 and 48 hours, Kupiec, Christoffersen, Acerbi-Szekely, traffic light, procyclicality.",
            "Files of one underlying are joined; bad prints are replaced and named. Needs no house."
        })
public final class BacktestCommand extends VerbCommand {
    private static final int LOOK_BACK_LEAST = 100;
    private static final int LOOK_BACK_MOST = 3_000;
    private static final String VENUES = "venues";

    @Parameters(
            arity = "1..*",
            paramLabel = "PRICES.csv",
            description = "Daily prices: date,open,high,low,close or date,NAME,NAME…")
    private List<Path> files = List.of();

    @Option(names = "--underlying", description = "Name of the underlying of files that do not name it.")
    private @Nullable String underlying;

    @Option(names = "--assets", split = ",", description = "Only these underlyings, in this order.")
    private List<String> assets = List.of();

    @Option(
            names = "--books",
            split = ",",
            description =
                    "linear, options, spreads, random:N (default: linear,options; linear,spreads for several underlyings); or venues alone.")
    private List<String> books = List.of();

    @Option(
            names = "--rule",
            description =
                    "published: the sealed table. Or a rule of the price range alone: stressfloor, static15, var99normal, "
                            + "var99hs250, sigma3, kurtosis, stress25, m4, m3, floor10y, buffer25.")
    private String rule = HouseBacktest.PUBLISHED;

    @Option(names = "--from", description = "First day judged, as 2021-01-01.")
    private @Nullable String from;

    @Option(names = "--to", description = "Last day judged.")
    private @Nullable String to;

    @Option(names = "--split", description = "Fit before this day, judge from it on.")
    private @Nullable String split;

    @Option(
            names = "--residuals",
            description = "Residuals at most of the tests of value at risk, 100 to 3000 (default 500).")
    private int residuals = 500;

    @Option(names = "--seed", description = "Seed of random books (default 1).")
    private long seed = 1;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Option(names = "--png", description = "Writes a picture of margin against loss per book.")
    private @Nullable Path png;

    @Option(names = "--html", description = "Writes a page with pictures and tables.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        if (residuals < LOOK_BACK_LEAST || residuals > LOOK_BACK_MOST) {
            throw new BadInput(
                    "--residuals", String.valueOf(residuals), "must be " + LOOK_BACK_LEAST + " to " + LOOK_BACK_MOST);
        }
        PriceSeries series =
                PriceSeries.read(files, Optional.ofNullable(underlying)).only(assets);
        if (books.stream().anyMatch(word -> word.strip().equalsIgnoreCase(VENUES))) {
            overVenues(series);
            return ExitCode.OK;
        }
        BookHistory history = history(series);
        BacktestRun run = BacktestRun.of(series, history, BookChoice.of(books, history, seed), request());
        print(run);
        write(png, () -> BacktestReport.png(run));
        write(html, () -> BacktestReport.html(run).getBytes(StandardCharsets.UTF_8));
        return ExitCode.OK;
    }

    /** They have tables of their own: what venues did has no place in those of other books. */
    private void overVenues(PriceSeries series) {
        if (books.size() > 1) {
            throw new BadInput("--books", String.join(",", books), "must name venues alone");
        }
        if (!rule.equals(HouseBacktest.PUBLISHED) || split != null || png != null) {
            throw new BadInput("--books", VENUES, "must not be given with --rule, --split or --png");
        }
        history(series);
        HouseBacktest.Request asked = request();
        VenueAnswer answer = VenueRun.of(series, asked);
        if (json) {
            new Printout(out()).json(answer);
        } else {
            out().print(VenueTable.text(answer));
            out().flush();
        }
        write(html, () -> VenueTable.html(answer).getBytes(StandardCharsets.UTF_8));
    }

    private static BookHistory history(PriceSeries series) {
        try {
            BookHistory history = BookHistory.of(series.prices());
            if (history.moves() <= HouseBacktest.FIRST_MOVE) {
                throw new BadInput(
                        "PRICES.csv",
                        history.moves() + " daily moves",
                        "must have more than " + HouseBacktest.FIRST_MOVE + " common to all underlyings");
            }
            return history;
        } catch (IllegalArgumentException e) {
            throw new BadInput("PRICES.csv", "", String.valueOf(e.getMessage()));
        }
    }

    private HouseBacktest.Request request() {
        boolean tails = books.stream().noneMatch(word -> word.startsWith("random"));
        int first = day("--from", from, 0);
        int last = day("--to", to, Integer.MAX_VALUE - 1);
        if (last < first) {
            throw new BadInput("--to", String.valueOf(to), "must not be before --from");
        }
        OptionalInt at = split == null ? OptionalInt.empty() : OptionalInt.of(day("--split", split, 0));
        return new HouseBacktest.Request(first, last, at, rule, residuals, tails);
    }

    private static int day(String option, @Nullable String date, int otherwise) {
        try {
            return date == null
                    ? otherwise
                    : Math.toIntExact(LocalDate.parse(date).toEpochDay());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new BadInput(option, String.valueOf(date), "must be a date as 2021-01-01");
        }
    }

    private void print(BacktestRun run) {
        if (json) {
            new Printout(out()).json(run.answer());
        } else {
            out().print(BacktestReport.text(run.answer()));
            out().flush();
        }
    }

    private interface Content {
        byte[] bytes();
    }

    private static void write(@Nullable Path file, Content content) {
        if (file != null) {
            OutputFile.write(file, content.bytes());
        }
    }
}
