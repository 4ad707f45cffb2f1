package io.bulwark.insurance.waterfall;

import io.bulwark.insurance.liquidation.Bid;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;

/**
 * The mutual layer of a waterfall split by how members bid in the default auction: who did not help pays first.
 *
 * @param junior each member's part that pays first; a member has one part, the other, or both
 * @param senior each member's part that pays after all junior parts
 */
public record Juniorisation(SortedMap<String, BigFraction> junior, SortedMap<String, BigFraction> senior) {
    /** Copies the parts. */
    public Juniorisation {
        junior = Collections.unmodifiableSortedMap(new TreeMap<>(junior));
        senior = Collections.unmodifiableSortedMap(new TreeMap<>(senior));
    }

    /**
     * Common practice: a member is junior if it did not bid, or bid lower than the tolerance below the clearing price. A bid
     * of one lot escapes; see {@link #bySize}.
     *
     * @param fund contribution of each member
     * @param bestBid best price of each member that bid
     * @param clearingPrice of the auction
     * @param tolerance ≥ 0, in prices
     */
    public static Juniorisation byThreshold(
            Map<String, BigFraction> fund,
            Map<String, BigFraction> bestBid,
            BigFraction clearingPrice,
            BigFraction tolerance) {
        BigFraction lowest = clearingPrice.subtract(tolerance);
        TreeMap<String, BigFraction> junior = new TreeMap<>();
        TreeMap<String, BigFraction> senior = new TreeMap<>();
        fund.forEach((member, contribution) -> {
            BigFraction best = bestBid.get(member);
            (best == null || best.compareTo(lowest) < 0 ? junior : senior).put(member, contribution);
        });
        return new Juniorisation(junior, senior);
    }

    /**
     * Bulwark's rule: a bid protects as much of the contribution as it would have taken over, without a cliff at the
     * tolerance. {@code credit = Σ qty · clamp((price − clearing + 2τ)/τ, 0, 1)}, senior share = min(1, credit/required).
     * Rule: contagion design, section 2.
     *
     * @param fund contribution of each member
     * @param seniorShare of each member, as {@link #seniorShare} gives it; 0 for who is not named
     */
    public static Juniorisation bySize(Map<String, BigFraction> fund, Map<String, BigFraction> seniorShare) {
        TreeMap<String, BigFraction> junior = new TreeMap<>();
        TreeMap<String, BigFraction> senior = new TreeMap<>();
        fund.forEach((member, contribution) -> {
            BigFraction kept = contribution.multiply(seniorShare.getOrDefault(member, BigFraction.ZERO));
            senior.put(member, kept);
            junior.put(member, contribution.subtract(kept));
        });
        return new Juniorisation(junior, senior);
    }

    /**
     * Which share of a member's contribution its bids protect, in [0, 1].
     *
     * @param required quantity that the member should bid for, ≥ 0; nothing required protects all
     * @param bids the member's own
     * @param clearingPrice of the auction
     * @param tolerance τ > 0, in prices: a bid within τ below the clearing price counts in full, one at 2τ below not at all
     */
    public static BigFraction seniorShare(
            BigFraction required, List<Bid> bids, BigFraction clearingPrice, BigFraction tolerance) {
        if (tolerance.signum() <= 0) {
            throw new IllegalArgumentException("tolerance must be > 0; have " + tolerance);
        }
        if (required.signum() < 0) {
            throw new IllegalArgumentException("required must be >= 0; have " + required);
        }
        if (required.signum() == 0) {
            return BigFraction.ONE;
        }
        BigFraction credit = bids.stream()
                .map(bid -> bid.quantity().multiply(weight(bid.price(), clearingPrice, tolerance)))
                .reduce(BigFraction.ZERO, BigFraction::add);
        return Collections.min(List.of(BigFraction.ONE, credit.divide(required)));
    }

    private static BigFraction weight(BigFraction price, BigFraction clearingPrice, BigFraction tolerance) {
        BigFraction weight =
                price.subtract(clearingPrice).add(tolerance.multiply(2)).divide(tolerance);
        return Collections.max(List.of(BigFraction.ZERO, Collections.min(List.of(BigFraction.ONE, weight))));
    }

    /** The two layers, junior first. */
    public List<Layer> layers() {
        return List.of(Layer.shared("junior contributions", junior), Layer.shared("senior contributions", senior));
    }

    /** What each member pays of a loss, both parts together. */
    public SortedMap<String, BigFraction> used(Absorption absorption) {
        TreeMap<String, BigFraction> used = new TreeMap<>();
        absorption
                .layers()
                .forEach(layer -> layer.members().forEach((m, paid) -> used.merge(m, paid, BigFraction::add)));
        return used;
    }
}
