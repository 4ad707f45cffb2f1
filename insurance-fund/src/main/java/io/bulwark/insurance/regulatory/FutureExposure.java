package io.bulwark.insurance.regulatory;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Potential future exposure of one asset class. Sources: Basel Framework CRE52.55 to 52.71; of crypto-assets SCO60. */
public sealed interface FutureExposure {
    /** The class's add-on, ≥ 0. */
    double total();

    /** What of it collateral beyond the value of the trades does not lower: nothing, but of coins whose hedges are not recognised. */
    default double unrelieved() {
        return 0;
    }

    /**
     * Interest rates: hedging sets by currency, three maturity buckets each.
     *
     * @param sets by name
     */
    record Rates(Map<String, RateSet> sets) implements FutureExposure {
        /** Sorts the sets. */
        public Rates {
            sets = Collections.unmodifiableMap(new TreeMap<>(sets));
        }

        @Override
        public double total() {
            return sets.values().stream().mapToDouble(RateSet::addOn).sum();
        }
    }

    /**
     * A hedging set of rates.
     *
     * @param below1 D1: effective notional of what ends within a year
     * @param to5 D2: from one to five years
     * @param above5 D3: beyond
     * @param supervisoryFactor with the multiple of basis or volatility trades
     */
    record RateSet(double below1, double to5, double above5, double supervisoryFactor) {
        /** √(D1² + D2² + D3² + 1.4·D1·D2 + 1.4·D2·D3 + 0.6·D1·D3): the last product is D1·D3 (CRE52.57). */
        public double effectiveNotional() {
            double square = below1 * below1
                    + to5 * to5
                    + above5 * above5
                    + 1.4 * below1 * to5
                    + 1.4 * to5 * above5
                    + 0.6 * below1 * above5;
            return StrictMath.sqrt(Math.max(0, square));
        }

        /** The set's add-on. */
        public double addOn() {
            return supervisoryFactor * effectiveNotional();
        }
    }

    /**
     * Foreign exchange: hedging sets by pair.
     *
     * @param sets signed effective notional by pair
     */
    record Pairs(Map<String, Double> sets) implements FutureExposure {
        /** Sorts the sets. */
        public Pairs {
            sets = Collections.unmodifiableMap(new TreeMap<>(sets));
        }

        /** The add-on of a signed effective notional. */
        public static double addOn(double notional) {
            return AssetClass.FX.supervisoryFactor("") * Math.abs(notional);
        }

        @Override
        public double total() {
            return sets.values().stream().mapToDouble(Pairs::addOn).sum();
        }
    }

    /**
     * Credit and equity: entities joined by one systematic factor.
     *
     * @param entities by name
     */
    record Entities(Map<String, Entity> entities) implements FutureExposure {
        /** Sorts the entities. */
        public Entities {
            entities = Collections.unmodifiableMap(new TreeMap<>(entities));
        }

        /** (Σ ρ·A)². */
        public double systematic() {
            double sum = entities.values().stream()
                    .mapToDouble(e -> e.correlation() * e.addOn())
                    .sum();
            return sum * sum;
        }

        /** Σ (1 − ρ²)·A². */
        public double idiosyncratic() {
            return entities.values().stream()
                    .mapToDouble(e -> (1 - e.correlation() * e.correlation()) * e.addOn() * e.addOn())
                    .sum();
        }

        @Override
        public double total() {
            return StrictMath.sqrt(systematic() + idiosyncratic());
        }
    }

    /**
     * A credit or equity entity.
     *
     * @param effectiveNotional signed
     * @param subclass rating, grade or kind
     * @param addOn signed
     * @param correlation ρ
     */
    record Entity(double effectiveNotional, String subclass, double addOn, double correlation) {}

    /**
     * Commodities: hedging sets of types.
     *
     * @param sets by name, each with its types by name
     */
    record Commodities(Map<String, Map<String, CommodityType>> sets) implements FutureExposure {
        private static final double CORRELATION = 0.4;

        /** Sorts the sets. */
        public Commodities {
            sets = Collections.unmodifiableMap(new TreeMap<>(sets));
        }

        /** A set's add-on: √((0.4 Σ A)² + 0.84 Σ A²). */
        public static double addOn(Map<String, CommodityType> types) {
            double sum = 0;
            double squares = 0;
            for (CommodityType type : types.values()) {
                sum += type.addOn();
                squares += type.addOn() * type.addOn();
            }
            double systematic = CORRELATION * sum;
            return StrictMath.sqrt(systematic * systematic + (1 - CORRELATION * CORRELATION) * squares);
        }

        @Override
        public double total() {
            return sets.values().stream().mapToDouble(Commodities::addOn).sum();
        }
    }

    /**
     * A type of commodity within its set.
     *
     * @param effectiveNotional signed
     * @param supervisoryFactor of its group
     */
    record CommodityType(double effectiveNotional, double supervisoryFactor) {
        /** Signed. */
        public double addOn() {
            return supervisoryFactor * effectiveNotional;
        }
    }

    /**
     * Crypto-assets: hedging sets by coin.
     *
     * @param sets by name
     */
    record Coins(Map<String, Coin> sets) implements FutureExposure {
        /** Sorts the sets. */
        public Coins {
            sets = Collections.unmodifiableMap(new TreeMap<>(sets));
        }

        @Override
        public double total() {
            return sets.values().stream().mapToDouble(Coin::addOn).sum();
        }

        @Override
        public double unrelieved() {
            return sets.values().stream()
                    .filter(coin -> !coin.isHedged())
                    .mapToDouble(Coin::addOn)
                    .sum();
        }
    }

    /**
     * A coin.
     *
     * @param effectiveNotional signed
     * @param traded notional of every trade, whatever its side
     * @param subclass whether hedges are recognised
     */
    record Coin(double effectiveNotional, double traded, String subclass) {
        boolean isHedged() {
            return subclass.equals(AssetClass.HEDGED);
        }

        /** The factor on what is left after hedges; where none is recognised, on all that is traded. */
        public double addOn() {
            return AssetClass.CRYPTO.supervisoryFactor(subclass) * (isHedged() ? Math.abs(effectiveNotional) : traded);
        }
    }

    /**
     * The add-on of one class.
     *
     * @param assetClass the class of all trades
     * @param trades of one netting set
     * @param marginPeriodDays business days; empty without margin
     */
    static FutureExposure of(AssetClass assetClass, List<DerivativeTrade> trades, Optional<Double> marginPeriodDays) {
        return switch (assetClass) {
            case IR -> new Rates(grouped(trades, DerivativeTrade::hedgingSet, set -> rateSet(set, marginPeriodDays)));
            case FX -> new Pairs(grouped(trades, DerivativeTrade::hedgingSet, set -> sum(set, marginPeriodDays)));
            case CR, EQ ->
                new Entities(grouped(trades, DerivativeTrade::reference, set -> entity(set, marginPeriodDays)));
            case CO ->
                new Commodities(grouped(
                        trades,
                        DerivativeTrade::hedgingSet,
                        set -> grouped(
                                set,
                                DerivativeTrade::reference,
                                type -> new CommodityType(
                                        sum(type, marginPeriodDays),
                                        type.getFirst().supervisoryFactor()))));
            case CRYPTO -> new Coins(grouped(trades, DerivativeTrade::hedgingSet, set -> coin(set, marginPeriodDays)));
        };
    }

    private static <T> Map<String, T> grouped(
            List<DerivativeTrade> trades,
            Function<DerivativeTrade, String> key,
            Function<List<DerivativeTrade>, T> value) {
        Map<String, List<DerivativeTrade>> groups =
                trades.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        Map<String, T> result = new TreeMap<>();
        groups.forEach((name, group) -> result.put(name, value.apply(group)));
        return result;
    }

    private static double sum(List<DerivativeTrade> trades, Optional<Double> marginPeriodDays) {
        return trades.stream()
                .mapToDouble(t -> t.effectiveNotional(marginPeriodDays))
                .sum();
    }

    private static Coin coin(List<DerivativeTrade> trades, Optional<Double> marginPeriodDays) {
        return new Coin(
                sum(trades, marginPeriodDays),
                trades.stream().mapToDouble(DerivativeTrade::adjustedNotional).sum(),
                trades.getFirst().subclass());
    }

    private static RateSet rateSet(List<DerivativeTrade> trades, Optional<Double> marginPeriodDays) {
        double[] buckets = new double[3];
        for (DerivativeTrade trade : trades) {
            double end = trade.period()
                    .orElseThrow(() -> new IllegalArgumentException("trade " + trade.id() + " must have S and E"))
                    .end();
            buckets[end < 1 ? 0 : end <= 5 ? 1 : 2] += trade.effectiveNotional(marginPeriodDays);
        }
        return new RateSet(buckets[0], buckets[1], buckets[2], trades.getFirst().supervisoryFactor());
    }

    private static Entity entity(List<DerivativeTrade> trades, Optional<Double> marginPeriodDays) {
        DerivativeTrade first = trades.getFirst();
        double notional = sum(trades, marginPeriodDays);
        return new Entity(
                notional,
                first.subclass(),
                first.supervisoryFactor() * notional,
                first.assetClass().correlation(first.subclass()));
    }
}
