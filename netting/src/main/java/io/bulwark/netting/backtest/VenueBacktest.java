package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.volatility.DailyPrices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Books over venues on a history: what the house asks before and after it charges what venues may do on their own, beside what is lost where each
 * venue acts by its own rule on the way through the day.
 *
 * <p>Money is in u of a notional of {@link #NOTIONAL}. A candle does not say whether its low or its high came first: the order in which
 * more is lost counts. Marks of a coin are the same at all venues of a day, since a series has one.
 */
public final class VenueBacktest {
    /** What a book is of, u. */
    public static final long NOTIONAL = DayTables.LOT_UNITS * DayTables.LOTS;

    private final BookHistory history;
    private final List<DailyPrices> candles;
    private final List<VenueBook> books;
    private final VenueTables tables;
    private final DayStates states;
    private final long spread;

    /**
     * What to judge.
     *
     * @param firstDay epoch day on which the first window ends, or later
     * @param lastDay epoch day on which the last window ends, or earlier
     * @param lookBack residuals of expected shortfall at most
     */
    public record Request(int firstDay, int lastDay, int lookBack) {}

    /**
     * A way that is known of a day after the series: its margin is that of the series' last window.
     *
     * @param asset index of the coin
     * @param epochDay the day
     * @param way through it
     */
    public record LaterDay(int asset, int epochDay, PriceWay way) {}

    /**
     * What is asked of a book, u.
     *
     * @param plain in format 2, which charges nothing of venues
     * @param governed in format 3 at the χ that is governed
     * @param whole in format 3 at twice the whole, as who guarantees starts
     */
    public record Asked(long plain, long governed, long whole) {}

    /**
     * What a venue did.
     *
     * @param venue its name
     * @param price at which, millionths of the price at the beginning
     * @param deleveraged whether it took a winning position at mark, not one that it was owed for
     */
    public record Act(String venue, long price, boolean deleveraged) {}

    /**
     * A book in a window.
     *
     * @param endDay epoch day
     * @param asked known when it begins
     * @param loss with what venues did, u; gains are negative
     * @param plain loss if no venue had acted, u
     * @param acts of venues, in the order of time
     */
    public record Window(int endDay, Asked asked, long loss, long plain, List<Act> acts) {
        /** Copies. */
        public Window {
            acts = List.copyOf(acts);
        }

        /** Loss beyond a margin, u ≥ 0. */
        public long beyond(long margin) {
            return Math.max(0, loss - margin);
        }
    }

    /**
     * A book over a history.
     *
     * @param book which
     * @param windows of a day, in the order of time
     * @param later the same on days after the series
     */
    public record Judged(VenueBook book, List<Window> windows, List<Window> later) {
        /** Copies. */
        public Judged {
            windows = List.copyOf(windows);
            later = List.copyOf(later);
        }
    }

    private VenueBacktest(List<DailyPrices> candles, List<VenueBook> books, Request request, ParameterSet parameters) {
        this.history = BookHistory.of(candles);
        this.candles = List.copyOf(candles);
        this.books = List.copyOf(books);
        List<String> coins =
                IntStream.range(0, history.assets()).mapToObj(history::name).toList();
        this.tables = new VenueTables(coins, books, parameters);
        this.states = new DayStates(
                history,
                new DayStates.Estimation(
                        MoveRule.named(MoveRule.PUBLISHED), 1, request.lookBack(), OptionalInt.empty()));
        this.spread = parameters.value(ScenarioParameters.LINEAR_SPREAD);
    }

    /**
     * Runs a backtest under the published rule of ranges.
     *
     * @param candles of the coins, in the order of the books' indices
     * @param later days after the series
     * @param parameters χ, credits and dislocations, and the spread of what a venue closes
     * @throws IllegalArgumentException if there is no window to judge
     */
    public static List<Judged> run(
            List<DailyPrices> candles,
            List<VenueBook> books,
            Request request,
            List<LaterDay> later,
            ParameterSet parameters) {
        return new VenueBacktest(candles, books, request, parameters).judged(request, later);
    }

    private List<Judged> judged(Request request, List<LaterDay> later) {
        int first =
                Math.max(request.firstDay(), history.endDay(Math.min(HouseBacktest.FIRST_MOVE, history.moves() - 1)));
        int[] starts = Windows.overlapping(first, Math.max(first, request.lastDay()), 1)
                .starts(history);
        if (starts.length == 0) {
            throw new IllegalArgumentException("days to judge must be in the history after its first "
                    + HouseBacktest.FIRST_MOVE + " moves; have epoch days " + first + " to " + request.lastDay());
        }
        List<List<Window>> windows = books.stream()
                .map(book -> (List<Window>) new ArrayList<Window>())
                .toList();
        List<Asked> asked = List.of();
        for (int move : starts) {
            asked = tables.asked(states.at(move));
            for (int book = 0; book < books.size(); book++) {
                windows.get(book).add(window(books.get(book), asked.get(book), move));
            }
        }
        List<Judged> judged = new ArrayList<>();
        for (int book = 0; book < books.size(); book++) {
            Asked last = asked.get(book);
            VenueBook own = books.get(book);
            judged.add(new Judged(
                    own,
                    windows.get(book),
                    later.stream()
                            .filter(day -> day.asset() == own.asset())
                            .map(day -> window(own, day.epochDay(), last, List.of(day.way())))
                            .toList()));
        }
        return judged;
    }

    private Window window(VenueBook book, Asked asked, int move) {
        int end = history.endDay(move);
        return window(book, end, asked, PriceWay.of(candles.get(book.asset()), history.beginDay(move), end));
    }

    private Window window(VenueBook book, int endDay, Asked asked, List<PriceWay> ways) {
        VenueWalk.Outcome worst = ways.stream()
                .map(way -> VenueWalk.of(book, way, spread))
                .min(Comparator.comparingLong(VenueWalk.Outcome::profit))
                .orElseThrow();
        return new Window(endDay, asked, -worst.profit(), -worst.plain(), worst.acts());
    }
}
