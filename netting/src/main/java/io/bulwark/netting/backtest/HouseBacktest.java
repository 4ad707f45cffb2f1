package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.coverage.ShortfallCriticalValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Books on a history under the house's margin formula, over 24 and 48 hours, with everything that is to be said of each.
 *
 * <p>With a split the earlier part fits and the later one is judged: the traffic light at the end of the earlier part sets each
 * book's multiplier, and the later part's margins carry it.
 */
public final class HouseBacktest {
    /** Moves before the first that may be judged: residuals need a seed and a hundred of themselves. */
    public static final int FIRST_MOVE = FilteredHistory.SEED_DAYS + 120;

    /** The name of the published rule of price ranges. */
    public static final String PUBLISHED = "published";

    private static final int TWO_DAYS = 2;
    private static final Long ONE = 1_000_000L;

    private HouseBacktest() {}

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
     */
    public record Part(String name, List<Judged> books) {
        /** Copies. */
        public Part {
            books = List.copyOf(books);
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
        List<BookResult> day = results(history, books, request, first, 1);
        List<BookResult> twoDays = results(history, books, request, first, TWO_DAYS);
        if (request.split().isEmpty()) {
            return List.of(new Part("whole", judged(day, twoDays, first, request.lastDay(), List.of(), parameters)));
        }
        int split = request.split().getAsInt();
        List<Judged> fit = judged(day, twoDays, first, split - 1, List.of(), parameters);
        List<Long> multipliers = fit.stream()
                .map(j -> j.verdict().tail().map(BookVerdict.Tail::multiplier).orElse(ONE))
                .toList();
        return List.of(
                new Part("fit", fit),
                new Part("judged", judged(day, twoDays, split, request.lastDay(), multipliers, parameters)));
    }

    private static List<BookResult> results(
            BookHistory history, List<Book> books, Request request, int first, int horizonDays) {
        MoveRule rule = MoveRule.named(request.rule());
        Windows windows = Windows.overlapping(first, Math.max(first, request.lastDay()), horizonDays);
        return BookBacktest.house(
                history,
                books,
                windows,
                new DayStates.Estimation(rule, horizonDays, request.lookBack(), OptionalInt.empty()),
                new BookBacktest.Scope(
                        request.tails() && horizonDays == 1, request.rule().equals(PUBLISHED)));
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
