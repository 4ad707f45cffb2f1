package io.bulwark.netting.calibration;

import static io.bulwark.clearing.epoch.CanonicalValue.array;
import static io.bulwark.clearing.epoch.CanonicalValue.integer;
import static io.bulwark.clearing.epoch.CanonicalValue.text;

import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.netting.correlation.Correlation;
import io.bulwark.netting.correlation.CorrelationParameters;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.scenario.Market;
import io.bulwark.netting.scenario.MarketStatistics;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.SurfaceRule;
import io.bulwark.netting.tail.FilteredResiduals;
import io.bulwark.netting.tail.JointWorlds;
import io.bulwark.netting.tail.RadiusStrata;
import io.bulwark.netting.tail.ShortfallRows;
import io.bulwark.netting.tail.TailParameters;
import io.bulwark.netting.tail.WorldMix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The estimates of one epoch, from the part of the price history that was over before it.
 */
public final class Calibration {
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final double PPM = 1e6;
    private static final double PER_BILLION = 1e9;

    private final Digest history;
    private final int lastDay;
    private final ParameterSet parameters;
    private final List<RiskGroup> listed;
    private final List<GroupEstimate> groups;
    private final Correlation correlation;

    private Calibration(
            Digest history, int lastDay, ParameterSet parameters, List<RiskGroup> listed, List<GroupEstimate> groups) {
        this.history = history;
        this.lastDay = lastDay;
        this.parameters = parameters;
        this.listed = listed;
        this.groups = groups;
        this.correlation = correlation(groups, parameters);
    }

    /**
     * Estimates every group that moves.
     *
     * @param listing groups, of which all but the numéraire must have prices
     * @param history daily prices
     * @param timeMillis the epoch's time: days that end after it are not read
     * @param parameters the governed numbers
     * @throws IllegalArgumentException naming the group whose prices are missing or too few
     */
    public static Calibration of(Listing listing, PriceHistory history, long timeMillis, ParameterSet parameters) {
        int lastDay = Math.toIntExact(Math.floorDiv(timeMillis, MILLIS_PER_DAY)) - 1;
        List<RiskGroup> moving = listing.groups().stream()
                .filter(group -> !group.name().equals(Market.NUMERAIRE))
                .sorted(Comparator.comparingInt(RiskGroup::number))
                .toList();
        List<GroupEstimate> estimates = moving.stream()
                .map(group -> history.of(group.name())
                        .map(prices -> GroupEstimate.of(prices.until(lastDay), parameters))
                        .orElseThrow(() -> new IllegalArgumentException("history must have prices of every group but "
                                + Market.NUMERAIRE + "; it has none of " + group.name())))
                .toList();
        return new Calibration(history.digest(), lastDay, parameters, moving, estimates);
    }

    /** The groups that move, by number. */
    public List<GroupEstimate> groups() {
        return groups;
    }

    /** EWMA of the residuals of common days, shrunk, repaired; in the order of {@link #groups}. */
    public Correlation correlation() {
        return correlation;
    }

    /** ["bulwark-correlation", 1, [name …], [[10⁻⁹ …] …]]: what anybody can recompute and compare by its digest. */
    public CanonicalValue canonicalCorrelation() {
        return array(
                text("bulwark-correlation"),
                integer(1),
                array(groups.stream().map(g -> text(g.group())).toList()),
                array(IntStream.range(0, groups.size()).mapToObj(this::row).toList()));
    }

    private CanonicalValue row(int i) {
        return array(IntStream.range(0, groups.size())
                .mapToObj(j -> integer((long) Math.rint(PER_BILLION * correlation.at(i, j))))
                .toList());
    }

    /** X and κ of every group, with the digests of what they come from. A single group keeps its governed κ. */
    public MarketStatistics statistics() {
        return new MarketStatistics(
                "history " + history.hex() + " to day " + lastDay + "; correlation "
                        + canonicalCorrelation().sha256().hex(),
                IntStream.range(0, groups.size()).mapToObj(this::statistics).toList());
    }

    private GroupStatistics statistics(int i) {
        long apart = groups.size() == 1
                ? parameters.value(ScenarioParameters.apart(listed.get(i).name()))
                : Correlation.apart(correlation.meanOf(i));
        return new GroupStatistics(
                listed.get(i).number(), groups.get(i).rangePpm(), Math.toIntExact(apart), OptionalLong.empty());
    }

    /** Tomorrow's worlds. A stressed regime of any group counts the last days twice. */
    public JointWorlds worlds() {
        boolean stressed = groups.stream().anyMatch(g -> g.estimate().stressed());
        return JointWorlds.draw(
                groups.stream().map(GroupEstimate::residuals).toList(),
                correlation.matrix(),
                WorldMix.of(parameters, stressed));
    }

    /** The rows of expected shortfall of a table with N governed; none where N is 1. */
    public ExpectedShortfallRows shortfall() {
        int rows = TailParameters.rows(parameters);
        if (rows == 1) {
            return ExpectedShortfallRows.NONE;
        }
        JointWorlds worlds = worlds();
        int scale = TailParameters.scale(parameters, rows);
        ShortfallRows drawn = RadiusStrata.rows(worlds, rows, scale, parameters.value(TailParameters.SEED));
        return published(
                drawn,
                rows + " strata rows of " + worlds.count() + " worlds, moves raised by " + scale
                        + " ppm; nu " + Math.round(1_000 * worlds.copula().degrees()) + " thousandths; history "
                        + history.hex() + " to day " + lastDay);
    }

    /** Equally likely rows of a monitor beside the margin: never in a table that is sealed. */
    public ExpectedShortfallRows monitor(int rows, int horizonDays) {
        return published(
                RadiusStrata.plain(worlds(), rows, horizonDays), rows + " plain rows over " + horizonDays + " days");
    }

    private ExpectedShortfallRows published(ShortfallRows rows, String source) {
        Map<Integer, IntColumn> moves = new TreeMap<>();
        listed.forEach(group -> moves.put(group.number(), rows.of(group.name())));
        return new ExpectedShortfallRows(
                source, moves, SurfaceRule.PUBLISHED.shocks(rows.volatility()), rows.weights());
    }

    /** Over the days that all groups have, as many as the look-back reads. */
    private static Correlation correlation(List<GroupEstimate> groups, ParameterSet parameters) {
        double[][] common = commonResiduals(groups, TailParameters.lookBack(parameters));
        return Correlation.ewma(common, parameters.value(CorrelationParameters.DECAY) / PPM)
                .shrunk(parameters.value(CorrelationParameters.SHRINK) / PPM)
                .repaired();
    }

    private static double[][] commonResiduals(List<GroupEstimate> groups, int lookBack) {
        List<FilteredResiduals> residuals =
                groups.stream().map(GroupEstimate::residuals).toList();
        List<Integer> days = new ArrayList<>();
        FilteredResiduals first = residuals.getFirst();
        for (int i = Math.max(0, first.size() - lookBack); i < first.size(); i++) {
            int day = first.day(i);
            if (residuals.stream().allMatch(r -> r.has(day))) {
                days.add(day);
            }
        }
        if (days.size() < FilteredResiduals.COMMON_MIN) {
            throw new IllegalArgumentException("history must have " + FilteredResiduals.COMMON_MIN
                    + " days that all groups have; has " + days.size());
        }
        return residuals.stream()
                .map(r -> days.stream().mapToDouble(r::residualOf).toArray())
                .toArray(double[][]::new);
    }
}
