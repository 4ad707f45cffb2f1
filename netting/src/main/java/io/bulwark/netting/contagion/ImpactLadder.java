package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import java.math.BigInteger;
import java.util.List;

/**
 * How far a forced flow moves a price: I(F) = Σ_j (F − from_j)⁺·slope_j, convex because every step adds. F in micro-USD, a slope in ppm of the price per million USD, so I
 * counts 10⁻¹² ppm.
 *
 * @param steps in any order; none = the price does not move
 */
public record ImpactLadder(List<Step> steps) {
    private static final long SCALE = 1_000_000_000_000L;
    private static final BigInteger WIDE_SCALE = BigInteger.valueOf(SCALE);
    private static final long FLOW_MAX = Long.MAX_VALUE / 2;

    /**
     * A step of the ladder.
     *
     * @param fromMicro flow from which it counts, micro-USD, ≥ 0
     * @param slope ppm of the price per million USD beyond it, ≥ 0
     */
    public record Step(long fromMicro, long slope) {
        /** Checks ranges. */
        public Step {
            MoneyRange.notNegative("ladder fromMicro", fromMicro);
            if (slope < 0) {
                throw new IllegalArgumentException("ladder ppmPerMusd must be >= 0; have " + slope);
            }
        }
    }

    /** Copies the steps. */
    public ImpactLadder {
        steps = List.copyOf(steps);
    }

    /**
     * The ladder of a market with less depth: every step comes earlier, rounded down, and is steeper, rounded up, in the same proportion.
     *
     * @param leftPpm share of the depth that is left, 1 … 10⁶
     */
    public ImpactLadder atDepth(long leftPpm) {
        return new ImpactLadder(steps.stream()
                .map(step -> new Step(
                        Ppm.shareDown(step.fromMicro(), leftPpm),
                        Math.ceilDiv(Math.multiplyExact(step.slope(), (long) Ppm.ONE), leftPpm)))
                .toList());
    }

    /** I(F), exact. */
    public BigInteger impact(long flow) {
        BigInteger impact = BigInteger.ZERO;
        for (Step step : steps) {
            if (flow > step.fromMicro()) {
                impact = impact.add(
                        BigInteger.valueOf(flow - step.fromMicro()).multiply(BigInteger.valueOf(step.slope())));
            }
        }
        return impact;
    }

    /** min(cap, ⌈I(F) / 10¹²⌉) in ppm for a cap of at most 10⁶. I is not followed beyond cap·10¹² ≤ 10¹⁸, so 64 bits hold it. */
    public int rate(long flow, int capPpm) {
        long enough = capPpm * SCALE;
        long impact = 0;
        for (Step step : steps) {
            long beyond = flow - step.fromMicro();
            if (beyond > 0 && step.slope() > 0) {
                if (beyond > (enough - impact) / step.slope()) {
                    return capPpm;
                }
                impact += beyond * step.slope();
            }
        }
        return (int) Math.ceilDiv(impact, SCALE);
    }

    /** The largest flow F with ⌈I(F) / 10¹²⌉ ≤ rate; {@link Long#MAX_VALUE} where no flow reaches further. */
    long largestFlow(int ratePpm) {
        BigInteger limit = BigInteger.valueOf(ratePpm).multiply(WIDE_SCALE);
        if (impact(FLOW_MAX).compareTo(limit) <= 0) {
            return Long.MAX_VALUE;
        }
        long within = 0;
        long beyond = FLOW_MAX;
        while (beyond - within > 1) {
            long middle = within + (beyond - within) / 2;
            if (impact(middle).compareTo(limit) <= 0) {
                within = middle;
            } else {
                beyond = middle;
            }
        }
        return within;
    }
}
