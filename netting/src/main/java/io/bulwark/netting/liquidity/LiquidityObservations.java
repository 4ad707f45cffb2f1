package io.bulwark.netting.liquidity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * Everything that an epoch knows of liquidity. What is absent is charged at the governed initial rates.
 *
 * @param source where the figures come from, for people; in the table's provenance
 * @param instruments by number, increasing
 * @param assets by number, increasing
 * @param groups by number, increasing
 */
public record LiquidityObservations(
        String source,
        List<InstrumentLiquidity> instruments,
        List<AssetLiquidity> assets,
        List<GroupLiquidity> groups) {
    /** A house that has measured nothing. */
    public static final LiquidityObservations NONE = new LiquidityObservations("none", List.of(), List.of(), List.of());

    /** Copies and checks that numbers increase. */
    public LiquidityObservations {
        instruments = increasing(instruments, InstrumentLiquidity::instrument, "instruments");
        assets = increasing(assets, AssetLiquidity::asset, "assets");
        groups = increasing(groups, GroupLiquidity::group, "groups");
    }

    /** What is known of an instrument. */
    public Optional<InstrumentLiquidity> instrument(int number) {
        return instruments.stream().filter(i -> i.instrument() == number).findFirst();
    }

    /** What is known of an asset. */
    public Optional<AssetLiquidity> asset(int number) {
        return assets.stream().filter(a -> a.asset() == number).findFirst();
    }

    /** What is known of a group. */
    public Optional<GroupLiquidity> group(int number) {
        return groups.stream().filter(g -> g.group() == number).findFirst();
    }

    private static <T> List<T> increasing(List<T> entries, ToIntFunction<T> number, String field) {
        for (int i = 1; i < entries.size(); i++) {
            int before = number.applyAsInt(entries.get(i - 1));
            int now = number.applyAsInt(entries.get(i));
            if (now <= before) {
                throw new IllegalArgumentException(
                        field + " must have strictly increasing numbers; have " + now + " after " + before);
            }
        }
        return List.copyOf(entries);
    }

    /**
     * How liquid an instrument is, in its lots.
     *
     * @param instrument permanent number
     * @param halfSpread half of the median quoted spread and the taker fee, ppm of the notional, ≥ 0; empty where nobody quotes
     * @param depth stress depth D ({@link StressDepth}), lots, &gt; 0
     * @param interest one-sided open interest over all accounts, lots
     * @param crowding open interest of its cluster (same or next expiry, strikes within 2 %) over the median of its group's
     *     contracts, ppm: 10⁶ is the median; 0 for a contract without a strike
     * @param whole whether 90 days are behind the depth and the spread; until then governed rates are the least
     */
    public record InstrumentLiquidity(
            int instrument, OptionalLong halfSpread, long depth, OneSided interest, long crowding, boolean whole) {
        /** Checks signs. */
        public InstrumentLiquidity {
            String where = "instrument " + instrument;
            halfSpread.ifPresent(spread -> ObservationRules.notNegative(spread, "halfSpread", where));
            ObservationRules.positive(depth, "depth", where);
            ObservationRules.notNegative(crowding, "crowding", where);
        }

        /** With 90 days behind it. */
        public InstrumentLiquidity(int instrument, long halfSpread, long depth, OneSided interest, long crowding) {
            this(instrument, OptionalLong.of(halfSpread), depth, interest, crowding, true);
        }
    }

    /**
     * How liquid an asset is, in its lots.
     *
     * @param asset permanent number
     * @param depth stress depth D ({@link StressDepth}), lots, &gt; 0
     * @param interest lots held as collateral (long side) and owed (short side) over all accounts
     * @param whole whether 90 days are behind the depth; until then governed rates are the least
     */
    public record AssetLiquidity(int asset, long depth, OneSided interest, boolean whole) {
        /** Checks the depth. */
        public AssetLiquidity {
            ObservationRules.positive(depth, "depth", "asset " + asset);
        }

        /** With 90 days behind it. */
        public AssetLiquidity(int asset, long depth, OneSided interest) {
            this(asset, depth, interest, true);
        }
    }

    /**
     * How liquid the underlying of a group is and how the house leans on it.
     *
     * @param group permanent number
     * @param depth stress depth D ({@link StressDepth}), u = 10⁻⁴ USD, &gt; 0
     * @param referenceDepth D_ref, the depth at which the price range needs no widening, u, &gt; 0
     * @param delta one-sided net delta over all accounts, u
     * @param shortVega vega that all accounts together are short, u per volatility point, ≥ 0
     * @param vegaCapacity one-year median of the long vega of all accounts, u per volatility point; 0 where nobody ever was
     *     long, empty while too few days are recorded to say
     * @param whole whether 90 days are behind the depth; until then governed rates are the least
     */
    public record GroupLiquidity(
            int group,
            long depth,
            long referenceDepth,
            OneSided delta,
            long shortVega,
            OptionalLong vegaCapacity,
            boolean whole) {
        /** Checks signs. */
        public GroupLiquidity {
            String where = "group " + group;
            ObservationRules.positive(depth, "depth", where);
            ObservationRules.positive(referenceDepth, "referenceDepth", where);
            ObservationRules.notNegative(shortVega, "shortVega", where);
            vegaCapacity.ifPresent(capacity -> ObservationRules.notNegative(capacity, "vegaCapacity", where));
        }

        /** With 90 days behind it. */
        public GroupLiquidity(
                int group, long depth, long referenceDepth, OneSided delta, long shortVega, long vegaCapacity) {
            this(group, depth, referenceDepth, delta, shortVega, OptionalLong.of(vegaCapacity), true);
        }
    }

    /**
     * A sum over all accounts by side: no account can lower either by holding both.
     *
     * @param longSide sum of what is held long, ≥ 0
     * @param shortSide sum of what is held short, as a magnitude, ≥ 0
     */
    public record OneSided(long longSide, long shortSide) {
        /** Nobody holds anything. */
        public static final OneSided NONE = new OneSided(0, 0);

        /** Checks signs. */
        public OneSided {
            ObservationRules.notNegative(longSide, "longSide", "open interest");
            ObservationRules.notNegative(shortSide, "shortSide", "open interest");
        }

        /** With one more account's signed holding. */
        public OneSided plus(long signed) {
            return signed >= 0
                    ? new OneSided(Math.addExact(longSide, signed), shortSide)
                    : new OneSided(longSide, Math.subtractExact(shortSide, signed));
        }
    }
}
