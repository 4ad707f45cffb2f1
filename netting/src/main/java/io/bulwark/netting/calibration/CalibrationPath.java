package io.bulwark.netting.calibration;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.netting.forecast.SealedForecast;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.volatility.PriceHistory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The calibrations of one history, epoch after epoch: each reads only the days that were over, and what epochs have in common is
 * estimated once. Several threads may ask.
 */
final class CalibrationPath {
    private final Digest history;
    private final ParameterSet parameters;
    private final List<RiskGroup> moving;
    private final List<GroupPath> groups;

    private CalibrationPath(Digest history, ParameterSet parameters, List<RiskGroup> moving, List<GroupPath> groups) {
        this.history = history;
        this.parameters = parameters;
        this.moving = moving;
        this.groups = groups;
    }

    /**
     * Over every group that moves.
     *
     * @param listing groups, of which all but the numéraire must have prices
     * @param history daily prices
     * @param parameters the governed numbers
     * @throws IllegalArgumentException naming the group whose prices are missing or too few
     */
    static CalibrationPath of(Listing listing, PriceHistory history, ParameterSet parameters) {
        return of(listing, history, parameters, Integer.MAX_VALUE - 1);
    }

    /** The same over the days up to one. */
    static CalibrationPath of(Listing listing, PriceHistory history, ParameterSet parameters, int lastDay) {
        List<RiskGroup> moving = listing.groups().stream()
                .filter(group -> !group.name().equals(Market.NUMERAIRE))
                .sorted(Comparator.comparingInt(RiskGroup::number))
                .toList();
        List<GroupPath> groups = moving.stream()
                .map(group -> history.of(group.name())
                        .map(prices -> new GroupPath(prices.until(lastDay), parameters))
                        .orElseThrow(() -> new IllegalArgumentException("history must have prices of every group but "
                                + Market.NUMERAIRE + "; it has none of " + group.name())))
                .toList();
        return new CalibrationPath(history.digest(), parameters, moving, groups);
    }

    /** The calibration of an epoch without learned volatilities. */
    Calibration at(long timeMillis) {
        return at(timeMillis, new TreeMap<>());
    }

    /** The calibration of an epoch. */
    Calibration at(long timeMillis, SortedMap<String, SealedForecast> forecasts) {
        int lastDay = Calibration.lastDay(timeMillis);
        List<GroupEstimate> estimates = IntStream.range(0, groups.size())
                .mapToObj(i -> groups.get(i)
                        .until(
                                lastDay,
                                Optional.ofNullable(forecasts.get(moving.get(i).name()))))
                .toList();
        return new Calibration(history, lastDay, parameters, moving, estimates, forecasts);
    }
}
