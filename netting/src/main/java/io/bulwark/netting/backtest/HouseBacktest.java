package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.coverage.ShortfallCriticalValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Books on a history under the tables that the house would have sealed, day by day, or under a rule of ranges by its name;
 * over 24 and 48 hours, with everything that is to be said of each.
 *
 * <p>With a split the earlier part fits and the later one is judged: the traffic light at the end of the earlier part sets each
 * book's multiplier, and the later part's margins carry it.
 */
public final class HouseBacktest {
    /** Moves before the first that may be judged: residuals need a seed and a hundred of themselves. */
    public static final int FIRST_MOVE = FilteredHistory.SEED_DAYS + 120;

    /** The name under which the tables that the house would have sealed are judged. */
    public static final String PUBLISHED = "published";

    private static final int TWO_DAYS = 2;
    private static final Long ONE = 1_000_000L;

    private HouseBacktest() {}

    /**
     * One rule over one book; margins are shares of the notional.
     *
     * @param book its name
     * @param rule its name
     * @param breaches windows whose loss exceeded the margin
     * @param averageMargin mean
     * @param largestMargin greatest
     * @param peakToTrough largest ratio of the greatest to the least margin within a year
     * @param beyond all loss beyond the margin together
     */
    public record RuleLine(
            String book,
            String rule,
            int breaches,
            double averageMargin,
            double largestMargin,
            double peakToTrough,
            double beyond) {}

    /**
     * What to judge.
     *
     * @param firstDay epoch day on which the first window ends, or later
     * @param lastDay epoch day on which the last window ends, or earlier
     * @param split first epoch day of the part that is judged; empty for no split
     * @param rule name of the price range's rule
     * @param lookBack residuals of expected shortfall at most
     * @param tails whether value at risk and expected shortfall are tested
     */
    public record Request(int firstDay, int lastDay, OptionalInt split, String rule, int lookBack, boolean tails) {}

    /**
     * A part of the history.
     *
     * @param name whole, fit or judged
     * @param books verdict and daily series of every book
     * @param rules the sealed tables beside other rules, of every book that is one perpetual; empty where no sealed table is judged
     */
    public record Part(String name, List<Judged> books, List<RuleLine> rules) {
        /** Copies. */
        public Part {
            books = List.copyOf(books);
            rules = List.copyOf(rules);
        }
    }

    /**
     * A book with its series.
     *
     * @param verdict what is said
     * @param day what it is said of: windows of 24 hours
     */
    public record Judged(BookVerdict verdict, BookSeries day) {}

    /**
     * Runs a backtest.
     *
     * @throws IllegalArgumentException if the rule is not known, or a part has no window
     */
    public static List<Part> run(BookHistory history, List<Book> books, Request request, ParameterSet parameters) {
        int first = Math.max(request.firstDay(), history.endDay(Math.min(FIRST_MOVE, history.moves() - 1)));
        Optional<BookBacktest.House> house = request.rule().equals(PUBLISHED)
                ? Optional.of(new BookBacktest.House(new SealedTables.SealedDays(history, parameters), parameters))
                : Optional.empty();
        List<BookResult> day = results(history, books, request, first, 1, house);
        List<BookResult> twoDays = results(history, books, request, first, TWO_DAYS, house);
        if (request.split().isEmpty()) {
            return List.of(part(
                    "whole",
                    history,
                    books,
                    judged(day, twoDays, first, request.lastDay(), List.of(), parameters),
                    house.isPresent()));
        }
        int split = request.split().getAsInt();
        List<Judged> fit = judged(day, twoDays, first, split - 1, List.of(), parameters);
        List<Long> multipliers = fit.stream()
                .map(j -> j.verdict().tail().map(BookVerdict.Tail::multiplier).orElse(ONE))
                .toList();
        return List.of(
                part("fit", history, books, fit, house.isPresent()),
                part(
                        "judged",
                        history,
                        books,
                        judged(day, twoDays, split, request.lastDay(), multipliers, parameters),
                        house.isPresent()));
    }

    private static Part part(String name, BookHistory history, List<Book> books, List<Judged> judged, boolean sealed) {
        List<RuleLine> rules = IntStream.range(0, books.size())
                .filter(book -> sealed && RuleComparison.knows(books.get(book)))
                .boxed()
                .flatMap(book -> RuleComparison.of(
                        history, books.get(book), judged.get(book).day())
                        .stream())
                .toList();
        return new Part(name, judged, rules);
    }

    private static List<BookResult> results(
            BookHistory history,
            List<Book> books,
            Request request,
            int first,
            int horizonDays,
            Optional<BookBacktest.House> house) {
        MoveRule rule = MoveRule.named(house.isPresent() ? MoveRule.STRESS_AND_FLOOR : request.rule());
        Windows windows = Windows.overlapping(first, Math.max(first, request.lastDay()), horizonDays);
        DayStates.Estimation estimation =
                new DayStates.Estimation(rule, horizonDays, request.lookBack(), OptionalInt.empty());
        boolean tails = request.tails() && horizonDays == 1;
        return house.map(by -> BookBacktest.sealed(history, books, windows, estimation, by, tails))
                .orElseGet(() ->
                        BookBacktest.house(history, books, windows, estimation, new BookBacktest.Scope(tails, false)));
    }

    private static List<Judged> judged(
            List<BookResult> day,
            List<BookResult> twoDays,
            int first,
            int last,
            List<Long> multipliers,
            ParameterSet parameters) {
        int windows = day.getFirst().series().between(first, last).size();
        if (windows == 0) {
            throw new IllegalArgumentException("days to judge must be in the history after its first " + FIRST_MOVE
                    + " moves; have epoch days " + first + " to " + last);
        }
        ShortfallCriticalValues simulated = BookVerdict.simulate(windows);
        List<Judged> judged = new ArrayList<>();
        for (int book = 0; book < day.size(); book++) {
            double factor = multipliers.isEmpty() ? 1 : multipliers.get(book) / (double) ONE;
            BookResult result = day.get(book);
            BookSeries part = result.series().between(first, last).times(factor);
            BookSeries twice = twoDays.get(book).series().between(first, last).times(factor);
            Optional<TailSeries> tail = result.tail().map(series -> series.between(result.series(), first, last));
            judged.add(new Judged(BookVerdict.of(part, twice, tail, simulated, parameters), part));
        }
        return judged;
    }
}
