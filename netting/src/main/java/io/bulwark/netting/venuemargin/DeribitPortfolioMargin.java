package io.bulwark.netting.venuemargin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Deribit's portfolio margin for the positions of one index in one settlement coin: the worst of a price × volatility matrix, an extended table of far moves, and charges
 * on deltas.
 *
 * <p>A profit P counts as min(offset · P, most) and a loss in full: with offset ≤ 1 the smallest of three affine forms, our own shape. The extended table is not: losses
 * below the dampener count as nothing and above it in full, a jump. {@link Rule#CONVEX_HULL} counts them always, and is never below the venue's rule.
 *
 * <p>Source: Deribit, "Portfolio Margin" (support article) and private/pme/simulate (API documentation). What neither states is read as follows: the delta shock is
 * {@code min(max, increment · coins above the threshold) · |net delta|}; a rise of volatility ends at least at the published lowest volatility; an option's extended
 * profit or loss counts by {@code priceRange / |move|}.
 */
public final class DeribitPortfolioMargin {
    /** How the extended table's dampener is read. */
    public enum Rule {
        /** As published: a threshold. */
        VENUE,
        /** Without it. */
        CONVEX_HULL
    }

    /**
     * Charges that the venue computes from orders and balances; inputs, in coins.
     *
     * @param spot on spot holdings
     * @param marketMaking on protected quotes
     * @param openOrders on orders
     */
    public record VenueCharges(double spot, double marketMaking, double openOrders) {
        /** No orders, no quotes, no spot. */
        public static final VenueCharges NONE = new VenueCharges(0, 0, 0);
    }

    private final DeribitParameters parameters;
    private final double index;
    private final List<CoinMarginPosition> positions;
    private final Rule rule;

    private DeribitPortfolioMargin(
            DeribitParameters parameters, double index, List<? extends CoinMarginPosition> positions, Rule rule) {
        this.parameters = parameters;
        this.index = Check.positive("index", index);
        this.positions = List.copyOf(positions);
        this.rule = rule;
    }

    /**
     * The margin of positions.
     *
     * @param index price of the coin, USD
     */
    public static DeribitMargin margin(
            DeribitParameters parameters,
            double index,
            List<? extends CoinMarginPosition> positions,
            VenueCharges charges,
            Rule rule) {
        return new DeribitPortfolioMargin(parameters, index, positions, rule).margin(charges);
    }

    private DeribitMargin margin(VenueCharges charges) {
        List<Double> aggregated = buckets().mapToObj(this::aggregatedBucket).toList();
        double least = aggregated.stream().reduce(0.0, Math::min);
        for (double move : parameters.extendedMoves()) {
            least = Math.min(least, extended(move));
        }
        double worst = Pmrm1.negative(least);
        double roll = rollShock();
        double delta = deltaShock();
        double matrix = worst + roll + delta;
        return new DeribitMargin(
                worst,
                roll,
                delta,
                0,
                matrix,
                matrix + charges.spot() + charges.marketMaking() + charges.openOrders(),
                matrix * parameters.maintenanceFactor(),
                perInstrument(),
                aggregated);
    }

    private IntStream buckets() {
        return IntStream.rangeClosed(-parameters.bucketsCount(), parameters.bucketsCount());
    }

    private double move(int bucket) {
        return parameters.priceRange() * bucket / parameters.bucketsCount();
    }

    private SequencedMap<String, List<Double>> perInstrument() {
        SequencedMap<String, List<Double>> vectors = new LinkedHashMap<>();
        for (CoinMarginPosition position : positions) {
            List<Double> profits = buckets()
                    .mapToObj(bucket -> volatilities().stream()
                            .map(level -> profit(position, move(bucket), level))
                            .reduce(Double.POSITIVE_INFINITY, Math::min))
                    .toList();
            vectors.put(position.name(), profits);
        }
        return vectors;
    }

    /** The three volatility scenarios: level of an option's volatility. */
    private List<ToDoubleFunction<CoinMarginPosition.Option>> volatilities() {
        List<ToDoubleFunction<CoinMarginPosition.Option>> levels = new ArrayList<>();
        levels.add(this::risen);
        levels.add(CoinMarginPosition.Option::volatility);
        levels.add(option -> option.volatility() * parameters.volatility().down(seconds(option)));
        return levels;
    }

    private double risen(CoinMarginPosition.Option option) {
        return Math.max(
                parameters.minVolatilityForShockUp(),
                option.volatility() * parameters.volatility().up(seconds(option)));
    }

    private static double seconds(CoinMarginPosition.Option option) {
        return option.years() * 365 * 86_400;
    }

    private static double profit(
            CoinMarginPosition position, double move, ToDoubleFunction<CoinMarginPosition.Option> volatility) {
        return switch (position) {
            case CoinMarginPosition.Future future -> future.profit(move, 0);
            case CoinMarginPosition.Option option -> option.profit(move, volatility.applyAsDouble(option));
        };
    }

    private double aggregatedBucket(int bucket) {
        return volatilities().stream()
                .mapToDouble(level -> offset(positions.stream()
                        .mapToDouble(position -> profit(position, move(bucket), level))
                        .sum()))
                .min()
                .orElseThrow();
    }

    private double offset(double profit) {
        return profit <= 0 ? profit : Math.min(profit * parameters.pnlOffset(), parameters.maxOffsetablePnl() / index);
    }

    private double extended(double move) {
        double profit = positions.stream()
                .mapToDouble(position -> extended(position, move))
                .sum();
        boolean dampened = rule == Rule.VENUE && Math.abs(profit) * index < parameters.extendedDampener();
        return dampened ? 0 : offset(profit);
    }

    /** A future never loses more than at the end of the standard range; of an option only a share counts. */
    private double extended(CoinMarginPosition position, double move) {
        double range = parameters.priceRange();
        return switch (position) {
            case CoinMarginPosition.Future future -> future.profit(Math.clamp(move, -range, range), 0);
            case CoinMarginPosition.Option option ->
                option.profit(move, risen(option))
                        * Math.min(1, range * parameters.extendedTableFactor() / Math.abs(move));
        };
    }

    private double rollShock() {
        return positions.stream()
                .mapToDouble(position -> Math.abs(position.delta())
                        * Math.max(parameters.minAnnualisedMove(), parameters.annualisedMoveRisk() * position.years()))
                .sum();
    }

    private double deltaShock() {
        double net = Math.abs(
                positions.stream().mapToDouble(CoinMarginPosition::delta).sum());
        double above = Math.max(net - parameters.deltaTotalLiqShockThreshold() / index, 0);
        return Math.min(parameters.maxDeltaShock(), parameters.increment() * above) * net;
    }

    /**
     * What Deribit's portfolio margin says of the positions in one settlement coin, in coins.
     *
     * @param worstCase largest loss of the standard and the extended table, ≥ 0
     * @param rollShock charge on every delta for the roll
     * @param deltaShock charge on a large net delta
     * @param correlationContingency charge on profits of one index that cover another's losses: 0 where there is one index
     * @param riskMatrixMargin the four together
     * @param initial with the venue's own charges on spot, orders and quoting
     * @param maintenance share of the risk-matrix margin
     * @param standardPerBucket per instrument, price buckets from low to high: the smallest profit over the volatility scenarios
     * @param aggregatedPerBucket the same for the positions together, profits offset only in part
     */
    public record DeribitMargin(
            double worstCase,
            double rollShock,
            double deltaShock,
            double correlationContingency,
            double riskMatrixMargin,
            double initial,
            double maintenance,
            SequencedMap<String, List<Double>> standardPerBucket,
            List<Double> aggregatedPerBucket) {
        /** Copies. */
        public DeribitMargin {
            standardPerBucket = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(standardPerBucket));
            aggregatedPerBucket = List.copyOf(aggregatedPerBucket);
        }
    }
}
