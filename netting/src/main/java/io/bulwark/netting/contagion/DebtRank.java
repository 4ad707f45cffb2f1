package io.bulwark.netting.contagion;

import java.util.Arrays;

/**
 * Linear DebtRank of a network of any size: relative loss of equity h = min(1, h₁ + Λh), from below. The plain twin is {@link ExactDebtRank}, which names the source.
 * Doubles: a monitor figure.
 *
 * @param distress by node, 0 … 1; within {@link #STILL} of the least fixed point where the iteration contracts by half
 * @param rounds applications of the map, the confirming one included
 */
public record DebtRank(double[] distress, int rounds) {
    /** Change of a node's distress below which it stands still. */
    public static final double STILL = 1e-13;

    private static final int ROUNDS_MAX = 10_000_000;

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
        return new DebtRank(reached.point(), reached.rounds());
    }

    /** Σ equity · distress, the initial shock included. */
    public double systemicLoss(double[] equity) {
        double loss = 0;
        for (int node = 0; node < distress.length; node++) {
            loss += equity[node] * distress[node];
        }
        return loss;
    }
}
