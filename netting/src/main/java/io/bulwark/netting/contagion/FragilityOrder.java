package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;

/**
 * Accounts in order of the smallest rate that can reach them, in one scenario.
 *
 * <p>With all rates at most m an account loses at most ⌈gross·m / 10⁶⌉ in the second round, and it is sold only when that exceeds its slack: so it is out of reach while m
 * is at most ⌊10⁶·slack / gross⌋.
 */
final class FragilityOrder {
    private final int[] order;
    private final int[] outOfReach;
    private final long[] slack;

    private FragilityOrder(int[] order, int[] outOfReach, long[] slack) {
        this.order = order;
        this.outOfReach = outOfReach;
        this.slack = slack;
    }

    static FragilityOrder of(CascadeBook book, IntColumn returnPpm) {
        int accounts = book.accounts();
        long[] slack = new long[accounts];
        int[] reach = new int[accounts];
        int[] next = new int[Ppm.ONE + 2];
        for (int a = 0; a < accounts; a++) {
            slack[a] = book.slack(a, returnPpm);
            reach[a] = outOfReach(slack[a], book.gross(a));
            next[reach[a] + 1]++;
        }
        for (int rate = 0; rate <= Ppm.ONE; rate++) {
            next[rate + 1] += next[rate];
        }
        int[] order = new int[accounts];
        int[] sorted = new int[accounts];
        for (int a = 0; a < accounts; a++) {
            int place = next[reach[a]]++;
            order[place] = a;
            sorted[place] = reach[a];
        }
        return new FragilityOrder(order, sorted, slack);
    }

    /** The largest m at which the account is out of reach, plus 1; 0 for one that is sold from the start, 10⁶ for one that never is. */
    private static int outOfReach(long slack, long gross) {
        if (slack < 0) {
            return 0;
        }
        if (slack >= gross) {
            return Ppm.ONE;
        }
        // One less than the exact quotient at most: an account may be looked at too early, never too late.
        return 1 + (int) Math.max(0, (long) ((double) slack / gross * Ppm.ONE) - 1);
    }

    int size() {
        return order.length;
    }

    /** The account at a place of the order. */
    int account(int place) {
        return order[place];
    }

    /** Whether the account at a place can be reached by rates up to m; then all before it can. */
    boolean reachedBy(int place, int m) {
        return outOfReach[place] <= m;
    }

    long slack(int account) {
        return slack[account];
    }
}
