package io.bulwark.research.backtest;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.backtest.HouseBacktest;
import io.bulwark.netting.backtest.VenueBacktest;
import io.bulwark.netting.backtest.VenueBacktest.LaterDay;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.research.wall.WallEvent;
import io.bulwark.research.wall.WallEvent.Deleveraging;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Books over venues through price files, and through the days that are recorded otherwise. */
final class VenueRun {
    private static final String EVENTS = "/io/bulwark/research/backtest/venue-events.csv";

    private VenueRun() {}

    /** A line of the events: ISO dates, both counted. */
    record EventDays(String event, String firstDay, String lastDay) {
        VenueBacktest.Event days() {
            return new VenueBacktest.Event(event, day(firstDay), day(lastDay));
        }
    }

    /** Runs every canonical book over venues of every coin. */
    static VenueAnswer of(PriceSeries series, HouseBacktest.Request asked) {
        List<DailyPrices> prices = series.prices();
        ParameterSet founding = ParameterSet.founding();
        VenueBacktest.Request request = new VenueBacktest.Request(
                asked.firstDay(),
                asked.lastDay(),
                asked.lookBack(),
                WallEvent.rows(EVENTS, EventDays.class).stream()
                        .map(EventDays::days)
                        .toList(),
                later(prices));
        List<VenueBacktest.Verdict> books =
                BadInput.refusing("backtest", "", () -> VenueBacktest.run(prices, request, founding));
        int first = books.getFirst().firstDay();
        int last = books.getFirst().lastDay();
        return new VenueAnswer(
                prices.stream().map(DailyPrices::underlying).toList(),
                founding.value(PlacementParameters.PREFUNDING),
                BacktestRun.date(first),
                BacktestRun.date(last),
                notes(series, request.later(), first, last),
                books);
    }

    /** Recorded days of deleveraging that no series of the coin has. */
    private static List<LaterDay> later(List<DailyPrices> prices) {
        List<LaterDay> later = new ArrayList<>();
        for (int asset = 0; asset < prices.size(); asset++) {
            for (Deleveraging day : Deleveraging.recorded()) {
                boolean missing = day.epochDay() > prices.get(asset).lastDay();
                if (missing && day.coin().equals(prices.get(asset).underlying())) {
                    // First what the venue takes, then the lowest mark: no close of the day is recorded.
                    later.add(new LaterDay(
                            asset, day.epochDay(), day.venue(), day.ppm(day.first()), day.ppm(day.lowest())));
                }
            }
        }
        return later;
    }

    private static List<String> notes(PriceSeries series, List<LaterDay> later, int first, int last) {
        List<String> notes = new ArrayList<>(BacktestRun.notes(series, List.of()));
        for (DailyPrices prices : series.prices()) {
            double[] high = prices.high();
            double[] low = prices.low();
            long closesOnly = IntStream.range(0, prices.size())
                    .filter(day -> prices.epochDay(day) >= first && prices.epochDay(day) <= last)
                    .filter(day -> high[day] == low[day])
                    .count();
            if (closesOnly > 0) {
                notes.add(prices.underlying() + ": of " + closesOnly
                        + " days only closes are known, so a venue is seen to act there only where the close makes it");
            }
        }
        for (LaterDay day : later) {
            notes.add(series.prices().get(day.asset()).underlying() + ": " + BacktestRun.date(day.epochDay())
                    + " is in no file; it is walked by recorded closings of deleveraging to the lowest mark of the day,"
                    + " against the margin of "
                    + BacktestRun.date(last));
        }
        return notes;
    }

    private static int day(String date) {
        return Math.toIntExact(LocalDate.parse(date).toEpochDay());
    }
}
