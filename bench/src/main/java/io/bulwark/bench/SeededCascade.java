package io.bulwark.bench;

import io.bulwark.netting.contagion.CascadeBook;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A seeded book of a million accounts with ten holdings each, of two thousand assets whose popularity falls like 1/rank, a quarter of the holdings short; all assets fall
 * by a tenth, and markets are so deep that the cascade is close to critical: more than a quarter of the accounts are sold, over some forty rounds.
 */
record SeededCascade(
        int[] start, int[] side, long[] amount, long[] equity, long[] maintenance, List<LiquidityGroup> groups) {
    static final int ACCOUNTS = 1_000_000;
    static final int POSITIONS = 10;
    static final int ASSETS = 2_000;
    static final ContagionRules RULES = new ContagionRules(500_000, 250_000, 30_000);
    static final int RETURN_PPM = -100_000;

    private static final long SEED = 7;
    private static final double MICRO = 1e6;
    private static final double SMALLEST_USD = 1_000;
    private static final double LARGEST_TIMES = 200;
    private static final double TAIL = -0.7;
    private static final int SHORT_IN = 4;
    private static final long MARGIN_PART = 20;
    private static final double LEAST_CUSHION = 0.02;
    private static final double CUSHION = 0.3;
    // A tenth of the price for this share of everything held long.
    private static final double DEPTH = 0.4;
    private static final double TENTH_PPM = 100_000;
    private static final double PER_MILLION_USD = 1e12;
    private static final int CAP_PPM = 500_000;

    static SeededCascade draw() {
        Random random = new Random(SEED);
        double[] popularity = popularity();
        int[] start = new int[ACCOUNTS + 1];
        int[] side = new int[ACCOUNTS * POSITIONS];
        long[] amount = new long[side.length];
        long[] equity = new long[ACCOUNTS];
        long[] maintenance = new long[ACCOUNTS];
        double[] held = new double[ASSETS];
        boolean[] used = new boolean[ASSETS];
        for (int a = 0; a < ACCOUNTS; a++) {
            int first = a * POSITIONS;
            double scale = Math.min(LARGEST_TIMES, Math.pow(1 - random.nextDouble(), TAIL)) * SMALLEST_USD * MICRO;
            long gross = 0;
            for (int p = first; p < first + POSITIONS; p++) {
                int asset = unused(random, popularity, used);
                boolean shorted = random.nextInt(SHORT_IN) == 0;
                side[p] = 2 * asset + (shorted ? 1 : 0);
                amount[p] = (long) (scale * (0.5 + random.nextDouble()));
                gross += amount[p];
                held[asset] += shorted ? 0 : amount[p];
            }
            for (int p = first; p < first + POSITIONS; p++) {
                used[side[p] / 2] = false;
            }
            start[a + 1] = first + POSITIONS;
            maintenance[a] = gross / MARGIN_PART;
            equity[a] = maintenance[a] + (long) (gross * (LEAST_CUSHION + CUSHION * random.nextDouble()));
        }
        return new SeededCascade(start, side, amount, equity, maintenance, groups(held));
    }

    private static double[] popularity() {
        double[] sums = new double[ASSETS];
        double sum = 0;
        for (int k = 0; k < ASSETS; k++) {
            sum += 1.0 / (k + 1);
            sums[k] = sum;
        }
        return sums;
    }

    private static int unused(Random random, double[] popularity, boolean[] used) {
        while (true) {
            int found = Arrays.binarySearch(popularity, random.nextDouble() * popularity[ASSETS - 1]);
            int asset = Math.min(ASSETS - 1, found < 0 ? -found - 1 : found);
            if (!used[asset]) {
                used[asset] = true;
                return asset;
            }
        }
    }

    private static List<LiquidityGroup> groups(double[] held) {
        List<LiquidityGroup> groups = new ArrayList<>();
        for (int k = 0; k < ASSETS; k++) {
            long slope = (long) Math.max(1, TENTH_PPM * PER_MILLION_USD / (DEPTH * held[k]));
            groups.add(new LiquidityGroup(
                    "asset " + k,
                    new ImpactLadder(List.of(new ImpactLadder.Step(0, slope))),
                    CAP_PPM,
                    0,
                    0,
                    List.of()));
        }
        return groups;
    }

    CascadeBook book() {
        return CascadeBook.of(ASSETS, start, side, amount, equity, maintenance);
    }

    static IntColumn returns() {
        int[] returns = new int[ASSETS];
        Arrays.fill(returns, RETURN_PPM);
        return IntColumn.of(returns);
    }
}
