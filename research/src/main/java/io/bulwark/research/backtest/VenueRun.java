package io.bulwark.research.backtest;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.backtest.CanonicalBooks;
import io.bulwark.netting.backtest.PriceWay;
import io.bulwark.netting.backtest.VenueBacktest;
import io.bulwark.netting.backtest.VenueBacktest.Asked;
import io.bulwark.netting.backtest.VenueBacktest.Judged;
import io.bulwark.netting.backtest.VenueBacktest.LaterDay;
import io.bulwark.netting.backtest.VenueBacktest.Window;
import io.bulwark.netting.backtest.VenueBook;
import io.bulwark.netting.backtest.VenueVerdict;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.research.wall.Deleveraging;
import io.bulwark.research.wall.WallEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Books over venues through price files, and through the days that are recorded otherwise. */
final class VenueRun {
    private static final String EVENTS = "/io/bulwark/research/backtest/venue-events.csv";

    private VenueRun() {}

    /** Days of an event, both ends counted. */
    record Event(String event, String firstDay, String lastDay) {
        Optional<Window> worst(Judged judged) {
            return VenueVerdict.worst(judged, day(firstDay), day(lastDay));
        }
    }

    /** Runs every canonical book over venues of every coin. */
    static VenueAnswer of(PriceSeries series, VenueBacktest.Request request) {
        List<DailyPrices> prices = series.prices();
        ParameterSet founding = ParameterSet.founding();
        List<VenueBook> books = IntStream.range(0, prices.size())
                .boxed()
                .flatMap(asset -> CanonicalBooks.venues(asset, prices.get(asset).underlying()).stream())
                .toList();
        List<LaterDay> later = later(prices);
        List<Judged> judged =
                BadInput.refusing("backtest", "", () -> VenueBacktest.run(prices, books, request, later, founding));
        List<Window> windows = judged.getFirst().windows();
        return new VenueAnswer(
                prices.stream().map(DailyPrices::underlying).toList(),
                founding.value(PlacementParameters.PREFUNDING),
                VenueBacktest.NOTIONAL,
                BacktestRun.date(windows.getFirst().endDay()),
                BacktestRun.date(windows.getLast().endDay()),
                notes(series, later, windows),
                judged.stream().map(VenueVerdict::of).toList(),
                WallEvent.rows(EVENTS, Event.class).stream()
                        .flatMap(event -> judged.stream().flatMap(book -> loss(event, book)))
                        .toList());
    }

    private static Stream<VenueAnswer.EventLoss> loss(Event event, Judged judged) {
        return event.worst(judged).stream()
                .map(w -> new VenueAnswer.EventLoss(
                        event.event(),
                        judged.book().name(),
                        BacktestRun.date(w.endDay()),
                        w.loss(),
                        w.plain(),
                        w.asked(),
                        new Asked(
                                w.beyond(w.asked().plain()),
                                w.beyond(w.asked().governed()),
                                w.beyond(w.asked().whole())),
                        w.acts()));
    }

    /** Recorded days of deleveraging that no series of the coin has. */
    private static List<LaterDay> later(List<DailyPrices> prices) {
        List<LaterDay> later = new ArrayList<>();
        for (int asset = 0; asset < prices.size(); asset++) {
            for (Deleveraging day : Deleveraging.recorded()) {
                boolean missing = day.epochDay() > prices.get(asset).lastDay();
                if (missing && day.coin().equals(prices.get(asset).underlying())) {
                    later.add(new LaterDay(asset, day.epochDay(), way(day)));
                }
            }
        }
        return later;
    }

    /** First what the venue takes, then the lowest mark: no close of the day is recorded. */
    private static PriceWay way(Deleveraging day) {
        return new PriceWay(
                List.of(day.ppm(day.first()), day.ppm(day.lowest())),
                Optional.of(new PriceWay.Deleveraging(day.venue(), 0)));
    }

    private static List<String> notes(PriceSeries series, List<LaterDay> later, List<Window> windows) {
        List<String> notes = new ArrayList<>(BacktestRun.notes(series, List.of()));
        int first = windows.getFirst().endDay();
        int last = windows.getLast().endDay();
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
                    + " is in no file; it is walked by recorded closings of deleveraging to the lowest mark of the day, against the margin of "
                    + BacktestRun.date(last));
        }
        return notes;
    }

    private static int day(String date) {
        return Math.toIntExact(LocalDate.parse(date).toEpochDay());
    }
}
