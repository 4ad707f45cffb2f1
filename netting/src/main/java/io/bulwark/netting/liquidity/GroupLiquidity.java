package io.bulwark.netting.liquidity;

import java.util.OptionalLong;

/**
 * How liquid the underlying of a group is and how the house leans on it.
 *
 * @param group permanent number
 * @param depth stress depth D ({@link StressDepth}), u = 10⁻⁴ USD, &gt; 0
 * @param referenceDepth D_ref, the depth at which the price range needs no widening, u, &gt; 0
 * @param delta one-sided net delta over all accounts, u
 * @param shortVega vega that all accounts together are short, u per volatility point, ≥ 0
 * @param vegaCapacity one-year median of the long vega of all accounts, u per volatility point; 0 where nobody ever was long, empty while
 *     too few days are recorded to say
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
