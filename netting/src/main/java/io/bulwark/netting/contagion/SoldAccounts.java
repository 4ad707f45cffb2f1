package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import java.util.Arrays;

/**
 * The accounts that the cascade has reached, side by side in memory: asleep while prices cannot have moved far enough since they were last looked at, looked at again in
 * each round while they are sold in part, dropped into a running sum when all is sold.
 */
final class SoldAccounts {
    /** Below it an account's gross value times 10⁶ fits 64 bits. */
    private static final long NARROW = Long.MAX_VALUE / Ppm.ONE - 1;

    private static final int START = 1 << 10;
    private static final long NEVER = Long.MAX_VALUE;

    private final CascadeBook book;
    private final FragilityOrder order;
    private final int spanPpm;
    private final long[] allSold;
    private int reached;

    private int count;
    private int dropped;
    private int[] first = new int[START];
    private int[] side = new int[START];
    private long[] amount = new long[START];
    private long[] slack = new long[START];
    private long[] span = new long[START];
    private long[] gross = new long[START];
    // How far the largest rate may have moved, added up over the rounds, before the account is looked at again.
    private long[] wake = new long[START];

    private long moved;
    private int[] seen = new int[0];
    private int partly;
    private int wholly;

    SoldAccounts(CascadeBook book, FragilityOrder order, ContagionRules rules) {
        this.book = book;
        this.order = order;
        this.spanPpm = rules.spanPpm();
        this.allSold = new long[2 * book.groups()];
    }

    /**
     * What is forced into the market, by side.
     *
     * @param rates by side, nowhere below those of the call before
     * @param largest of them
     */
    long[] flows(int[] rates, int largest) {
        count(rates);
        reach(largest);
        long[] flows = new long[allSold.length];
        partly = 0;
        for (int i = 0; i < count; i++) {
            if (wake[i] <= moved) {
                look(i, rates, flows);
            }
        }
        for (int i = 0; i < flows.length; i++) {
            flows[i] = Math.addExact(flows[i], allSold[i]);
        }
        if (dropped > count / 4) {
            closeUp();
        }
        return flows;
    }

    /** Number of accounts sold, in part or whole, at the last rates. */
    int count() {
        return partly + wholly;
    }

    /** Adds to the way of the rates how far the one that moved most has moved. */
    private void count(int[] rates) {
        if (seen.length == 0) {
            seen = rates.clone();
            return;
        }
        int most = 0;
        for (int i = 0; i < rates.length; i++) {
            most = Math.max(most, rates[i] - seen[i]);
        }
        moved += most;
        seen = rates.clone();
    }

    private void reach(int largest) {
        while (reached < order.size() && order.reachedBy(reached, largest)) {
            take(order.account(reached));
            reached++;
        }
    }

    private void take(int account) {
        int holdings = book.end(account) - book.first(account);
        int from = first[count];
        if (count + 2 > first.length) {
            int size = 2 * first.length;
            first = Arrays.copyOf(first, size);
            slack = Arrays.copyOf(slack, size);
            span = Arrays.copyOf(span, size);
            gross = Arrays.copyOf(gross, size);
            wake = Arrays.copyOf(wake, size);
        }
        if (from + holdings > side.length) {
            int size = Math.max(2 * side.length, from + holdings);
            side = Arrays.copyOf(side, size);
            amount = Arrays.copyOf(amount, size);
        }
        long all = 0;
        for (int p = 0; p < holdings; p++) {
            side[from + p] = book.side(book.first(account) + p);
            amount[from + p] = book.amount(book.first(account) + p);
            all += amount[from + p];
        }
        slack[count] = order.slack(account);
        span[count] = Math.max(1, Ppm.shareDown(book.maintenance(account), spanPpm));
        gross[count] = all;
        wake[count] = moved;
        first[++count] = from + holdings;
    }

    private void look(int i, int[] rates, long[] flows) {
        long missing = gross[i] < NARROW ? narrow(i, rates) : wide(i, rates);
        if (missing <= 0) {
            return;
        }
        if (missing >= span[i]) {
            for (int p = first[i]; p < first[i + 1]; p++) {
                allSold[side[p]] += amount[p];
            }
            wake[i] = NEVER;
            dropped++;
            wholly++;
            return;
        }
        int share = Ppm.ratioUp(missing, span[i]);
        partly++;
        if (gross[i] < NARROW) {
            for (int p = first[i]; p < first[i + 1]; p++) {
                flows[side[p]] += (amount[p] * share + Ppm.ONE - 1) / Ppm.ONE;
            }
        } else {
            for (int p = first[i]; p < first[i + 1]; p++) {
                flows[side[p]] += Ppm.shareUp(amount[p], share);
            }
        }
    }

    /** z of an account whose products fit 64 bits; if it is not above 0, the account sleeps until prices can have taken the room that is left. */
    private long narrow(int i, int[] rates) {
        long sum = 0;
        for (int p = first[i]; p < first[i + 1]; p++) {
            sum += amount[p] * rates[side[p]];
        }
        if (slack[i] < 0 || (slack[i] < NARROW && sum > slack[i] * Ppm.ONE)) {
            return Math.ceilDiv(sum, (long) Ppm.ONE) - slack[i];
        }
        wake[i] = slack[i] >= NARROW || gross[i] == 0 ? NEVER - 1 : moved + (slack[i] * Ppm.ONE - sum) / gross[i] + 1;
        return 0;
    }

    private long wide(int i, int[] rates) {
        PpmSum sum = new PpmSum();
        for (int p = first[i]; p < first[i + 1]; p++) {
            sum.add(amount[p], rates[side[p]]);
        }
        return sum.up() - slack[i];
    }

    private void closeUp() {
        int kept = 0;
        int to = 0;
        for (int i = 0; i < count; i++) {
            if (wake[i] != NEVER) {
                int from = first[i];
                int length = first[i + 1] - from;
                System.arraycopy(side, from, side, to, length);
                System.arraycopy(amount, from, amount, to, length);
                slack[kept] = slack[i];
                span[kept] = span[i];
                gross[kept] = gross[i];
                wake[kept] = wake[i];
                first[kept] = to;
                kept++;
                to += length;
            }
        }
        count = kept;
        first[count] = to;
        dropped = 0;
    }
}
