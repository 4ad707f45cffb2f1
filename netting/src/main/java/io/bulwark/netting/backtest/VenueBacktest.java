package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.volatility.DailyPrices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Books over venues on a history: what the house asks before and after it charges what venues may do on their own, beside what is lost
 * where each venue acts by its own rule on the way through the day.
 *
 * <p>Money is in u of a notional of {@link #NOTIONAL}. A candle does not say whether its low or its high came first: the order in which
 * more is lost counts. Marks of a coin are the same at all venues of a day, since a series has one.
 */
public final class VenueBacktest {
    /** What a book is of, u. */
    public static final long NOTIONAL = DayTables.LOT_UNITS * DayTables.LOTS;

    private final BookHistory history;
    private final List<DailyPrices> candles;
    private final List<CrossVenueBook> books;
    private final VenueTables tables;
    private final DayStates states;
    private final long spread;

    /**
     * What to judge.
     *
     * @param firstDay epoch day on which the first window ends, or later
     * @param lastDay epoch day on which the last window ends, or earlier
     * @param lookBack residuals of expected shortfall at most
     * @param events whose worst windows are shown
     * @param later days after the series
     */
    public record Request(int firstDay, int lastDay, int lookBack, List<Event> events, List<LaterDay> later) {
        /** Copies. */
        public Request {
            events = List.copyOf(events);
            later = List.copyOf(later);
        }
    }

    /**
     * Days in which something happened.
     *
     * @param name of the event
     * @param firstDay epoch day
     * @param lastDay epoch day, counted too
     */
    public record Event(String name, int firstDay, int lastDay) {}

    /**
     * A day after the series on which a venue took winning positions: its margin is that of the series' last window.
     *
     * @param asset index of the coin
     * @param epochDay the day
     * @param venue name of the venue
     * @param taken price at which it did, millionths of the one before
     * @param end price at which the window ends
     */
    public record LaterDay(int asset, int epochDay, String venue, int taken, int end) {
        private PriceWay way() {
            return new PriceWay(List.of((long) taken, (long) end), Optional.of(new PriceWay.Deleveraging(venue, 0)));
        }
    }

    /**
     * What a venue did.
     *
     * @param venue its name
     * @param price at which, millionths of the price at the beginning
     * @param deleveraged whether it took a winning position at mark, not one that it was owed for
     */
    public record Act(String venue, int price, boolean deleveraged) {}

    /**
     * What a backtest says of one book. Margins and losses are shares of the notional, of whole u.
     *
     * @param book its name
     * @param firstDay epoch day on which the first window ends
     * @param lastDay the same of the last; days after the series are none of them
     * @param windows of a day
     * @param acted windows on whose way some venue closed something
     * @param unmoved format 2 against losses as if no venue had ever acted: what a backtest without venues sees
     * @param plain format 2, with what venues did
     * @param governed format 3 at the governed χ, the same losses
     * @param whole format 3 at twice the whole, the same losses
     * @param events the worst window of each
     */
    public record Verdict(
            String book,
            int firstDay,
            int lastDay,
            int windows,
            int acted,
            Covered unmoved,
            Covered plain,
            Covered governed,
            Covered whole,
            List<EventLoss> events) {
        /** Copies. */
        public Verdict {
            events = List.copyOf(events);
        }
    }

    /**
     * A margin against losses.
     *
     * @param breaches counts and tests at {@link BookVerdict#MARGIN_RATE}
     * @param averageMargin share of the notional
     * @param largestShortfall largest loss beyond the margin
     */
    public record Covered(CoverageTest breaches, double averageMargin, double largestShortfall) {}

    /**
     * A book in the window of an event in which it lost most, the first on ties.
     *
     * @param event name
     * @param endDay epoch day on which the window ends
     * @param loss with what venues did; gains below 0
     * @param unmoved loss if no venue had acted
     * @param plain margin of format 2
     * @param governed margin of format 3 at the governed χ
     * @param whole margin of format 3 at twice the whole
     * @param acts what venues did on the way, in the order of time
     */
    public record EventLoss(
            String event,
            int endDay,
            double loss,
            double unmoved,
            double plain,
            double governed,
            double whole,
            List<Act> acts) {
        /** Copies. */
        public EventLoss {
            acts = List.copyOf(acts);
        }

        /** Loss beyond a margin. */
        public double beyond(double margin) {
            return Math.max(0, loss - margin);
        }
    }

    /**
     * What is asked of a book, u.
     *
     * @param plain in format 2, which charges nothing of venues
     * @param governed in format 3 at the χ that is governed
     * @param whole in format 3 at twice the whole, as who guarantees starts
     */
    record Asked(long plain, long governed, long whole) {}

    /**
     * A book in a window.
     *
     * @param endDay epoch day
     * @param asked known when it begins
     * @param loss with what venues did, u; gains are negative
     * @param plain loss if no venue had acted, u
     * @param acts of venues, in the order of time
     */
    record Window(int endDay, Asked asked, long loss, long plain, List<Act> acts) {
        Window {
            acts = List.copyOf(acts);
        }

        /** Loss beyond a margin, u ≥ 0. */
        long beyond(long margin) {
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
    record Judged(CrossVenueBook book, List<Window> windows, List<Window> later) {
        Judged {
            windows = List.copyOf(windows);
            later = List.copyOf(later);
        }
    }

    private VenueBacktest(
            List<DailyPrices> candles, List<CrossVenueBook> books, Request request, ParameterSet parameters) {
        this.history = BookHistory.of(candles);
        this.candles = List.copyOf(candles);
        this.books = List.copyOf(books);
        List<String> coins =
                IntStream.range(0, history.assets()).mapToObj(history::name).toList();
        this.tables = new VenueTables(coins, books, parameters);
        this.states = new DayStates(
                history,
                new DayStates.Estimation(
                        MoveRule.named(MoveRule.STRESS_AND_FLOOR), 1, request.lookBack(), OptionalInt.empty()));
        this.spread = parameters.value(ScenarioParameters.LINEAR_SPREAD);
    }

    /**
     * Runs every canonical book over venues of every coin under the published rule of ranges.
     *
     * @param candles of the coins
     * @param parameters χ, credits and dislocations, and the spread of what a venue closes
     * @throws IllegalArgumentException if there is no window to judge
     */
    public static List<Verdict> run(List<DailyPrices> candles, Request request, ParameterSet parameters) {
        List<CrossVenueBook> books = new ArrayList<>();
        for (int asset = 0; asset < candles.size(); asset++) {
            books.addAll(CanonicalBooks.venues(asset, candles.get(asset).underlying()));
        }
        return judge(candles, books, request, parameters).stream()
                .map(judged -> VenueVerdict.of(judged, request.events()))
                .toList();
    }

    /** Runs some books, whose indices are those of the candles. */
    static List<Judged> judge(
            List<DailyPrices> candles, List<CrossVenueBook> books, Request request, ParameterSet parameters) {
        return new VenueBacktest(candles, books, request, parameters).judged(request);
    }

    private List<Judged> judged(Request request) {
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
            CrossVenueBook own = books.get(book);
            judged.add(new Judged(
                    own,
                    windows.get(book),
                    request.later().stream()
                            .filter(day -> day.asset() == own.asset())
                            .map(day -> window(own, day.epochDay(), last, List.of(day.way())))
                            .toList()));
        }
        return judged;
    }

    private Window window(CrossVenueBook book, Asked asked, int move) {
        int end = history.endDay(move);
        return window(book, end, asked, PriceWay.of(candles.get(book.asset()), history.beginDay(move), end));
    }

    private Window window(CrossVenueBook book, int endDay, Asked asked, List<PriceWay> ways) {
        VenueWalk.Outcome worst = ways.stream()
                .map(way -> VenueWalk.of(book, way, spread))
                .min(Comparator.comparingLong(VenueWalk.Outcome::profit))
                .orElseThrow();
        return new Window(endDay, asked, -worst.profit(), -worst.plain(), worst.acts());
    }
}
