package io.bulwark.netting.network;

import java.util.Arrays;
import java.util.BitSet;

/**
 * DebtRank in which every node passes its distress on once.
 *
 * <p>Source: S. Battiston, M. Puliga, R. Kaushik, P. Tasca and G. Caldarelli, "DebtRank: too central to fail?", Scientific Reports 2 (2012). Doubles: a monitor figure.
 *
 * @param distress by node, 0 … 1, at the end
 * @param debtRank Σ v·h at the end less Σ v·h after the initial shock, v = economic value normalised to sum 1
 * @param rounds steps until no node is left that has distress to pass on
 */
public record SingleHitDebtRank(double[] distress, double debtRank, int rounds) {
    /**
     * Computes it.
     *
     * @param exposures by holder, then debtor; ≥ 0
     * @param equity by node, > 0
     * @param initialDistress by node, ≥ 0; cut at 1
     * @param economicValue by node, ≥ 0, not all 0
     * @throws IllegalArgumentException naming what breaks a rule
     */
    public static SingleHitDebtRank of(
            double[][] exposures, double[] equity, double[] initialDistress, double[] economicValue) {
        double allValue = check(equity, economicValue);
        double[] start = Arrays.stream(initialDistress).map(h -> Math.min(1, h)).toArray();
        double[] distress = start;
        BitSet passed = new BitSet(start.length);
        int rounds = 0;
        for (BitSet acting = acting(distress, passed); !acting.isEmpty(); acting = acting(distress, passed)) {
            distress = hit(exposures, equity, distress, acting);
            passed.or(acting);
            rounds++;
        }
        double rank = 0;
        for (int i = 0; i < start.length; i++) {
            rank += economicValue[i] / allValue * (distress[i] - start[i]);
        }
        return new SingleHitDebtRank(distress, rank, rounds);
    }

    private static double check(double[] equity, double[] economicValue) {
        double allValue = 0;
        for (int i = 0; i < equity.length; i++) {
            if (!(equity[i] > 0)) {
                throw new IllegalArgumentException("equity[" + i + "] must be > 0; have " + equity[i]);
            }
            if (!(economicValue[i] >= 0 && economicValue[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("economicValue[" + i + "] must be >= 0; have " + economicValue[i]);
            }
            allValue += economicValue[i];
        }
        if (!(allValue > 0)) {
            throw new IllegalArgumentException("economicValue must not be 0 everywhere");
        }
        return allValue;
    }

    private static BitSet acting(double[] distress, BitSet passed) {
        BitSet acting = new BitSet(distress.length);
        for (int i = 0; i < distress.length; i++) {
            acting.set(i, distress[i] > 0 && !passed.get(i));
        }
        return acting;
    }

    private static double[] hit(double[][] exposures, double[] equity, double[] distress, BitSet acting) {
        double[] next = distress.clone();
        for (int j = 0; j < next.length; j++) {
            double received = 0;
            for (int i = acting.nextSetBit(0); i >= 0; i = acting.nextSetBit(i + 1)) {
                received += Math.min(1, exposures[j][i] / equity[j]) * distress[i];
            }
            next[j] = Math.min(1, next[j] + received);
        }
        return next;
    }
}
