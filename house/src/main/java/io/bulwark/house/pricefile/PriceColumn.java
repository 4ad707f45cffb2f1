package io.bulwark.house.pricefile;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.volatility.DailyPrices;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Prices of one underlying as they are read, day by day; an intraday candle of the last day extends that day. */
final class PriceColumn {
    private final String underlying;
    private final List<Candle> days = new ArrayList<>();

    /** One day. */
    record Candle(int epochDay, double open, double high, double low, double close) {
        Candle extendedBy(Candle later) {
            return new Candle(epochDay, open, Math.max(high, later.high), Math.min(low, later.low), later.close);
        }
    }

    PriceColumn(String underlying) {
        this.underlying = underlying;
    }

    /** Adds a day; the days of a file increase strictly. */
    void add(Candle candle, String where) {
        if (!days.isEmpty() && candle.epochDay() <= days.getLast().epochDay()) {
            throw new BadInput(
                    where, LocalDate.ofEpochDay(candle.epochDay()).toString(), "must be later than the day before it");
        }
        days.add(candle);
    }

    /** Adds an intraday candle: the same day grows, an earlier one is refused. */
    void extend(Candle candle, String where) {
        if (!days.isEmpty() && days.getLast().epochDay() == candle.epochDay()) {
            days.add(days.removeLast().extendedBy(candle));
        } else {
            add(candle, where);
        }
    }

    boolean isEmpty() {
        return days.isEmpty();
    }

    DailyPrices prices() {
        return new DailyPrices(
                underlying,
                days.stream().mapToInt(Candle::epochDay).toArray(),
                days.stream().mapToDouble(Candle::open).toArray(),
                days.stream().mapToDouble(Candle::high).toArray(),
                days.stream().mapToDouble(Candle::low).toArray(),
                days.stream().mapToDouble(Candle::close).toArray());
    }
}
