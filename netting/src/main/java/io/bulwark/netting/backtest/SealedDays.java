package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.netting.calibration.CalibrationPath;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.MarketStatistics;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceHistory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What a house that lists the underlyings of a history would have sealed on each of its days: ranges, apartness and the rows of expected
 * shortfall, by the house's own calibration under the governed numbers, from the days that were over.
 *
 * <p>A day is calibrated once, whoever asks; days are independent of each other, so several threads may.
 */
final class SealedDays {
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final BookHistory history;
    private final CalibrationPath path;
    private final Map<Integer, Sealed> days = new ConcurrentHashMap<>();

    /**
     * A day's part of the inputs of its table.
     *
     * @param statistics X and κ by group
     * @param shortfall rows of expected shortfall
     */
    record Sealed(MarketStatistics statistics, ExpectedShortfallRows shortfall) {}

    /** The days of a history under these governed numbers. */
    SealedDays(BookHistory history, ParameterSet parameters) {
        this.history = history;
        TreeMap<String, DailyPrices> prices = new TreeMap<>();
        IntStream.range(0, history.assets())
                .mapToObj(history::prices)
                .forEach(known -> prices.put(known.underlying(), known));
        Listing listing = new Listing(List.of(), groups(history), List.of(), List.of());
        this.path = CalibrationPath.of(listing, new PriceHistory(prices), parameters);
    }

    /** One group an underlying, numbered from 1 in their order. */
    static List<RiskGroup> groups(BookHistory history) {
        return IntStream.range(0, history.assets())
                .mapToObj(asset -> new RiskGroup(asset + 1, history.name(asset)))
                .toList();
    }

    /** Calibrates the days on which these moves begin, on as many processors as there are. */
    void prepare(int[] moves) {
        IntStream.of(moves).parallel().forEach(this::at);
    }

    /** What was sealed before a move: over the days up to that on which it begins. */
    Sealed at(int move) {
        return days.computeIfAbsent(move, begun -> {
            Calibration calibration = path.at((history.beginDay(begun) + 1) * MILLIS_PER_DAY);
            return new Sealed(calibration.statistics(), calibration.shortfall());
        });
    }
}
