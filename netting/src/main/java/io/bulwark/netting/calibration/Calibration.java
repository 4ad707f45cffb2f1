package io.bulwark.netting.calibration;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.correlation.Plausibility;
import io.bulwark.netting.correlation.PublishedCorrelation;
import io.bulwark.netting.forecast.SealedForecast;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.scenario.MarketStatistics;
import io.bulwark.netting.scenario.NamedScenarios.ExtremeMove;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.tail.JointWorlds;
import io.bulwark.netting.tail.RadiusStrata;
import io.bulwark.netting.tail.ShortfallRows;
import io.bulwark.netting.tail.TailParameters;
import io.bulwark.netting.tail.WorldMix;
import io.bulwark.netting.volatility.PriceHistory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The estimates of one epoch, from the part of the price history that was over before it.
 */
public final class Calibration {
    private static final long MILLIS_PER_DAY = 86_400_000;

    private static final double THOUSANDTHS = 1e3;

    private final Digest history;
    private final int lastDay;
    private final ParameterSet parameters;
    private final List<RiskGroup> listed;
    private final List<GroupEstimate> groups;
    private final PublishedCorrelation correlation;
    private final String learned;

    Calibration(
            Digest history,
            int lastDay,
            ParameterSet parameters,
            List<RiskGroup> listed,
            List<GroupEstimate> groups,
            SortedMap<String, SealedForecast> forecasts) {
        this.learned = words(forecasts);
        this.history = history;
        this.lastDay = lastDay;
        this.parameters = parameters;
        this.listed = listed;
        this.groups = groups;
        this.correlation = PublishedCorrelation.of(
                groups.stream().map(GroupEstimate::prices).toList(), parameters);
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
        return of(listing, history, timeMillis, parameters, new TreeMap<>());
    }

    /**
     * Estimates every group that moves, with learned volatilities that may raise σ_now.
     *
     * @param forecasts sealed models by group; a group without one keeps σ_now
     * @throws IllegalArgumentException naming the group whose prices are missing or too few
     */
    public static Calibration of(
            Listing listing,
            PriceHistory history,
            long timeMillis,
            ParameterSet parameters,
            SortedMap<String, SealedForecast> forecasts) {
        return CalibrationPath.of(listing, history, parameters, lastDay(timeMillis))
                .at(timeMillis, forecasts);
    }

    /** The last day that was over at a time, counted from 1970-01-01: all that a calibration takes from the epoch's time. */
    public static int lastDay(long timeMillis) {
        return Math.toIntExact(Math.floorDiv(timeMillis, MILLIS_PER_DAY)) - 1;
    }

    /**
     * The calibrations of a history by the epoch's time, without learned volatilities: what epochs have in common is estimated once.
     * Several threads may ask.
     *
     * @throws IllegalArgumentException naming the group whose prices are missing or too few
     */
    public static LongFunction<Calibration> over(Listing listing, PriceHistory history, ParameterSet parameters) {
        return CalibrationPath.of(listing, history, parameters)::at;
    }

    /** Which models may have raised a σ, for the table's provenance; nothing where there is none. */
    private static String words(SortedMap<String, SealedForecast> forecasts) {
        return forecasts.values().stream()
                .map(SealedForecast::learned)
                .map(l -> "; learned " + l.underlying() + " " + l.standing() + " model "
                        + l.model().hex())
                .collect(Collectors.joining());
    }

    /** The groups that move, by number. */
    public List<GroupEstimate> groups() {
        return groups;
    }

    /** The published matrix, in the order of {@link #groups}: integers that anybody can recompute and compare by their digest. */
    public PublishedCorrelation correlation() {
        return correlation;
    }

    /** X and κ of every group, with the digests of what they come from. A single group keeps its governed κ. */
    public MarketStatistics statistics() {
        return new MarketStatistics(
                "history " + history.hex() + " to day " + lastDay + "; correlation "
                        + correlation.digest().hex() + "; volatility "
                        + groups.stream()
                                .map(g -> g.group() + " "
                                        + g.volatility().digest().hex())
                                .collect(Collectors.joining(", "))
                        + learned,
                IntStream.range(0, groups.size()).mapToObj(this::statistics).toList());
    }

    /**
     * Moves beyond every grid, judged by σ_stress as it is published of every group: what the epoch's own history says of them.
     */
    public List<ExtremeMove> extremes() {
        double[] deviations = deviations();
        Plausibility law = Plausibility.of(deviations, parameters);
        int greatest = thousandths(StrictMath.ceil(Plausibility.greatest(deviations.length, parameters) * THOUSANDTHS));
        return ExtremeMove.ALL.stream()
                .map(move -> {
                    double[] moves = new double[deviations.length];
                    Arrays.fill(moves, move / (double) Ppm.ONE);
                    return new ExtremeMove(
                            move, thousandths(StrictMath.floor(law.distance(moves) * THOUSANDTHS)), greatest);
                })
                .toList();
    }

    /**
     * How likely a joint move is on one day: by the governed law, and by what happened.
     *
     * @param distance the least D² over the governed correlations, thousandths, rounded down
     * @param greatest the largest D² that is plausible, thousandths, rounded up
     * @param deviations how many σ_stress each group moves, thousandths of its log move's, rounded toward zero, by group
     * @param days of the history on which every group that moves has a price, and one the day before
     * @param asFar on how many of them each of those groups moved at least as far, in the same direction, from close to close
     */
    public record Likelihood(int distance, int greatest, SortedMap<String, Integer> deviations, int days, int asFar) {
        /** Copies. */
        public Likelihood {
            deviations = Collections.unmodifiableSortedMap(new TreeMap<>(deviations));
        }

        /** Whether the governed law passes it once in the governed number of years. */
        public boolean isPlausible() {
            return distance <= greatest;
        }
    }

    /**
     * How likely a joint move is.
     *
     * @param movesPpm by group, each above −10⁶; a group that is not named does not move
     */
    public Likelihood likelihood(Map<String, Integer> movesPpm) {
        double[] deviations = deviations();
        Plausibility law = Plausibility.of(deviations, parameters);
        double[] moves = groups.stream()
                .mapToDouble(g -> movesPpm.getOrDefault(g.group(), 0) / (double) Ppm.ONE)
                .toArray();
        SortedMap<String, Integer> sigmas = new TreeMap<>();
        for (int i = 0; i < moves.length; i++) {
            sigmas.put(groups.get(i).group(), thousandths(StrictMath.log1p(moves[i]) / deviations[i] * THOUSANDTHS));
        }
        MovedDays days = MovedDays.of(
                groups.stream()
                        .filter(g -> movesPpm.getOrDefault(g.group(), 0) != 0)
                        .map(GroupEstimate::prices)
                        .toList(),
                movesPpm);
        return new Likelihood(
                thousandths(StrictMath.floor(law.distance(moves) * THOUSANDTHS)),
                thousandths(StrictMath.ceil(Plausibility.greatest(deviations.length, parameters) * THOUSANDTHS)),
                sigmas,
                days.days(),
                days.asFar());
    }

    private double[] deviations() {
        return groups.stream()
                .mapToDouble(g -> Math.max(1, g.volatility().stress()) / (double) Ppm.ONE)
                .toArray();
    }

    /** What is beyond two million is as far beyond plausible as anything. */
    private static int thousandths(double whole) {
        return (int) Math.min(whole, Integer.MAX_VALUE);
    }

    private GroupStatistics statistics(int i) {
        long apart = groups.size() == 1
                ? parameters.value(ScenarioParameters.apart(listed.get(i).name()))
                : correlation.apart()[i];
        return new GroupStatistics(
                listed.get(i).number(),
                groups.get(i).fallPpm(),
                groups.get(i).risePpm(),
                Math.toIntExact(apart),
                OptionalLong.empty(),
                OptionalLong.of(groups.get(i).volatility().used()));
    }

    /** Tomorrow's worlds. A stressed regime of any group counts the last days twice. */
    public JointWorlds worlds() {
        boolean stressed = groups.stream().anyMatch(g -> g.volatility().stressed());
        return JointWorlds.draw(
                groups.stream().map(GroupEstimate::residuals).toList(),
                correlation.correlation().matrix(),
                WorldMix.of(parameters, lookBack(), stressed));
    }

    /** Days whose residuals are replayed: the longest that any group needs. */
    public int lookBack() {
        return groups.stream().mapToInt(g -> g.volatility().lookBack()).max().orElseThrow();
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
                bounded(drawn),
                rows + " strata rows of " + worlds.count() + " worlds over " + lookBack() + " days, moves raised by "
                        + scale
                        + " ppm" + reached() + "; nu "
                        + Math.round(1_000 * worlds.copula().degrees()) + " thousandths; history "
                        + history.hex() + " to day " + lastDay);
    }

    /** No row moves a group further than the governed multiple of its range: one bound for all rows of a table. */
    private ShortfallRows bounded(ShortfallRows drawn) {
        long reach = parameters.value(TailParameters.REACH);
        ShortfallRows rows = drawn;
        for (GroupEstimate group : groups) {
            rows = rows.within(group.group(), furthest(group.fallPpm(), reach), furthest(group.risePpm(), reach));
        }
        return rows;
    }

    /** Said where governance bounds the rows. */
    private String reached() {
        long reach = parameters.value(TailParameters.REACH);
        return reach == TailParameters.REACH.most() ? "" : ", none beyond " + reach + " ppm of X";
    }

    private static long furthest(int rangePpm, long reach) {
        return Math.ceilDiv(rangePpm * reach, (long) Ppm.ONE);
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
}
