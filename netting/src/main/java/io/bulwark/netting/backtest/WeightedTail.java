package io.bulwark.netting.backtest;

import io.bulwark.netting.risktable.IntColumn;
import java.math.BigInteger;

/** Expected shortfall of weighted rows without sorting them all: the integer of {@code netting.margin}, which a test compares. */
final class WeightedTail {
    private WeightedTail() {}

    /**
     * ⌈mean of the worst {@code tail} of weight⌉, at least 0.
     *
     * @param losses u per row
     * @param weights ppm per row
     * @param tail weight of the tail, ppm
     */
    static long mean(long[] losses, IntColumn weights, long tail) {
        int[] worst = worst(losses, weights, tail);
        BigInteger sum = BigInteger.ZERO;
        long left = tail;
        for (int i = 0; left > 0; i++) {
            long weight = Math.min(left, weights.at(worst[i]));
            sum = sum.add(BigInteger.valueOf(weight).multiply(BigInteger.valueOf(losses[worst[i]])));
            left -= weight;
        }
        BigInteger[] parts = sum.divideAndRemainder(BigInteger.valueOf(tail));
        return Math.max(0, parts[0].longValueExact() + (parts[1].signum() > 0 ? 1 : 0));
    }

    /** The worst rows in falling order, as many as can be in the tail. */
    private static int[] worst(long[] losses, IntColumn weights, long tail) {
        long least = weights.stream().filter(w -> w > 0).min().orElseThrow();
        int[] worst = new int[(int) Math.min(losses.length, Math.ceilDiv(tail, least))];
        int count = 0;
        for (int row = 0; row < losses.length; row++) {
            if (weights.at(row) == 0 || (count == worst.length && losses[row] <= losses[worst[count - 1]])) {
                continue;
            }
            int at = count < worst.length ? count++ : count - 1;
            while (at > 0 && losses[worst[at - 1]] < losses[row]) {
                worst[at] = worst[at - 1];
                at--;
            }
            worst[at] = row;
        }
        return worst;
    }
}
