package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * Published parameters of Deribit's portfolio margin for one index and settlement coin, under Deribit's own words. Ratios are fractions.
 *
 * @param priceRange largest price move of the standard table
 * @param bucketsCount price steps to each side of the standard table
 * @param volatility relative shocks of the implied volatility
 * @param minVolatilityForShockUp lowest volatility that a rise ends at
 * @param extendedMoves price moves of the extended table, volatility up
 * @param extendedTableFactor share of an option's extended profit or loss that counts, times {@code priceRange / |move|}, at most 1
 * @param extendedDampener extended losses below this many USD do not count at all
 * @param pnlOffset share of a profit that counts
 * @param maxOffsetablePnl most USD of profit that count
 * @param minAnnualisedMove least roll shock on a delta
 * @param annualisedMoveRisk roll shock on a delta per year to expiry
 * @param deltaTotalLiqShockThreshold net delta in USD above which the delta shock begins
 * @param increment growth of the delta shock per coin above the threshold
 * @param maxDeltaShock most of it, as a share of the delta
 * @param maintenanceFactor maintenance over risk-matrix margin
 */
public record DeribitParameters(
        double priceRange,
        int bucketsCount,
        VolatilityShock volatility,
        double minVolatilityForShockUp,
        List<Double> extendedMoves,
        double extendedTableFactor,
        double extendedDampener,
        double pnlOffset,
        double maxOffsetablePnl,
        double minAnnualisedMove,
        double annualisedMoveRisk,
        double deltaTotalLiqShockThreshold,
        double increment,
        double maxDeltaShock,
        double maintenanceFactor) {
    private static final int BUCKETS_MAX = 100;

    /** Copies the moves and checks the ranges. */
    public DeribitParameters {
        extendedMoves = List.copyOf(extendedMoves);
        Check.that(priceRange > 0 && priceRange < 1, "price_range", priceRange, "must be between 0 and 1");
        Check.that(
                bucketsCount > 0 && bucketsCount <= BUCKETS_MAX,
                "buckets_count",
                bucketsCount,
                "must be in 1…" + BUCKETS_MAX);
        Check.that(
                extendedMoves.stream().allMatch(m -> m > -1 && m != 0),
                "extended moves",
                extendedMoves,
                "must be > -1 and not 0");
        Check.that(pnlOffset >= 0 && pnlOffset <= 1, "pnl_offset", pnlOffset, "must be in 0…1");
        Check.notNegative("max_offsetable_pnl", maxOffsetablePnl);
        Check.notNegative("extended_dampener", extendedDampener);
        Check.notNegative("extended_table_factor", extendedTableFactor);
        Check.notNegative("mm_factor", maintenanceFactor);
    }
}
