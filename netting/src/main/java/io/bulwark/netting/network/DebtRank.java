package io.bulwark.netting.network;

import io.bulwark.netting.contagion.FixedPoint;
import io.bulwark.netting.contagion.IsotoneMap;
import java.util.Arrays;

/**
 * Linear DebtRank of a network of any size: relative loss of equity h = min(1, h₁ + Λh), from below. The plain twin is {@link
 * ExactDebtRank}, which names the source.
 * Doubles: a monitor figure.
 *
 * @param distress by node, 0 … 1; within {@link #STILL} of the least fixed point where the iteration contracts by half
 * @param certified by node: an upper bound h′ with Φ(h′) ≤ h′, the rounding of every sum counted against it: the distress after a
 *     slightly larger shock of every node that is
 *     reached, 10⁻¹² at first. Everybody loses at most h′
 * @param rounds applications of the map, the confirming one included
 */
public record DebtRank(double[] distress, double[] certified, int rounds) {
    /** Change of a node's distress below which it stands still. */
    public static final double STILL = 1e-13;

    private static final int ROUNDS_MAX = 10_000_000;
    private static final double SMALLEST_MARGIN = 1e-12;
    private static final double LARGEST_MARGIN = 1e-3;

    /** h ↦ min(1, h₁ + Λh). */
    record DistressMap(CompressedRows leverage, double[] shock) implements IsotoneMap<double[]> {
        @Override
        public double[] apply(double[] distress) {
            double[] next = new double[shock.length];
            spread(distress, next, 0, next.length);
            return next;
        }

        /** The rows from {@code first} to {@code end}, each by itself. */
        void spread(double[] distress, double[] next, int first, int end) {
            for (int node = first; node < end; node++) {
                next[node] = Math.min(1, shock[node] + leverage.gather(node, distress));
            }
        }

        @Override
        public boolean atMost(double[] lower, double[] upper) {
            for (int node = 0; node < lower.length; node++) {
                if (lower[node] > upper[node] + STILL) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Computes it.
     *
     * @param holder of each claim
     * @param debtor of each claim
     * @param amount of each claim, ≥ 0
     * @param equity by node, > 0
     * @param initialDistress by node, ≥ 0; cut at 1
     * @throws IllegalArgumentException naming what breaks a rule
     */
    public static DebtRank of(int[] holder, int[] debtor, double[] amount, double[] equity, double[] initialDistress) {
        for (int node = 0; node < equity.length; node++) {
            if (!(equity[node] > 0 && equity[node] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("equity[" + node + "] must be > 0; have " + equity[node]);
            }
            if (!(initialDistress[node] >= 0)) {
                throw new IllegalArgumentException(
                        "initialDistress[" + node + "] must be >= 0; have " + initialDistress[node]);
            }
        }
        double[] scaled = amount.clone();
        for (int claim = 0; claim < scaled.length; claim++) {
            scaled[claim] /= equity[holder[claim]];
        }
        double[] shock = Arrays.stream(initialDistress).map(h -> Math.min(1, h)).toArray();
        DistressMap map =
                new DistressMap(CompressedRows.of(equity.length, equity.length, holder, debtor, scaled), shock);
        FixedPoint<double[]> reached = FixedPoint.least(map, new double[equity.length], ROUNDS_MAX);
        return new DebtRank(reached.point(), certified(map, reached.point()), reached.rounds());
    }

    /** All lost where no smaller bound holds: nobody can lose more. */
    private static double[] certified(DistressMap map, double[] distress) {
        for (double margin = SMALLEST_MARGIN; margin <= LARGEST_MARGIN; margin *= 10) {
            double[] shock = map.shock().clone();
            for (int node = 0; node < shock.length; node++) {
                shock[node] += distress[node] > 0 ? margin : 0;
            }
            double[] upper = FixedPoint.least(
                            new DistressMap(map.leverage(), shock), new double[shock.length], ROUNDS_MAX)
                    .point();
            if (dominates(map, upper)) {
                return upper;
            }
        }
        double[] all = new double[distress.length];
        Arrays.fill(all, 1);
        return all;
    }

    /** The certificate: Φ(h′) ≤ h′ with every sum taken at its largest. */
    static boolean dominates(DistressMap map, double[] upper) {
        double most = 1 + (map.leverage().longestRow() + 8) * 0x1p-52;
        for (int node = 0; node < upper.length; node++) {
            if (Math.min(1, (map.shock()[node] + map.leverage().gather(node, upper)) * most) > upper[node]) {
                return false;
            }
        }
        return true;
    }
}
