package io.bulwark.insurance.liquidation;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.contagion.CascadeBook;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;
import java.util.List;

/**
 * Accounts and market on the way along a path, one {@link #trade} a moment.
 *
 * <p>What sales have taken out of the market and has not come back is kept by side (2·group for sales of what is held long, 2·group + 1 for purchases); the displacement is
 * the ladder's at that quantity, so of two models of a book that refills it is the one in which the quantity recovers (Alfonsi, Fruth, Schied 2010, model 1). Within a moment
 * the displaced prices are the least fixed point of what they force to be sold: from the displacement before, upwards.
 */
final class ForcedSales {
    /** Sums are divided twice on the way to an equity, once up and once down, and maintenance once: no more than so many micro-USD. */
    private static final long ROUNDING = 3;

    private final CascadeBook book;
    private final List<LiquidityGroup> groups;
    private final SaleSpeed speed;
    private final int spanPpm;

    // By account, ppm of what it held: sold so far, still to be sold, and the order of which slices are cut.
    private final int[] sold;
    private final int[] pending;
    private final int[] order;
    private final long[] realised;

    // What the last look at displaced prices found: due of every account, and when it must be looked at again.
    private final int[] due;
    private final long[] wake;
    private long moved;

    // By side.
    private final long[] missing;
    private final int[] displaced;
    private final long[] seen;

    private final int[] lowest;
    private final int[] highest;
    private long impactCost;
    private long forcedFlow;
    private int moments;

    ForcedSales(CascadeBook book, List<LiquidityGroup> groups, SaleSpeed speed, int spanPpm) {
        this.book = book;
        this.groups = groups;
        this.speed = speed;
        this.spanPpm = spanPpm;
        this.sold = new int[book.accounts()];
        this.pending = new int[book.accounts()];
        this.order = new int[book.accounts()];
        this.realised = new long[book.accounts()];
        this.due = new int[book.accounts()];
        this.wake = new long[book.accounts()];
        this.missing = new long[2 * groups.size()];
        this.seen = new long[2 * groups.size()];
        this.displaced = new int[2 * groups.size()];
        this.lowest = new int[groups.size()];
        this.highest = new int[groups.size()];
        Arrays.fill(lowest, Integer.MAX_VALUE);
        Arrays.fill(wake, -1);
    }

    /** One moment: the market recovers, prices move, and what must be sold now is sold. */
    void trade(IntColumn prices) {
        for (int side = 0; side < missing.length; side++) {
            missing[side] = Ppm.shareUp(missing[side], speed.keptPpm());
        }
        int[] before = displacement(missing, prices);
        int[] after = before;
        long[] flows;
        boolean further;
        do {
            flows = flows(prices, before, after);
            int[] next = displacement(sum(missing, flows), prices);
            further = !Arrays.equals(next, after);
            after = next;
        } while (further);
        settle(prices, before, after);
        for (int side = 0; side < missing.length; side++) {
            missing[side] = Math.addExact(missing[side], flows[side]);
            forcedFlow = Math.addExact(forcedFlow, flows[side]);
            displaced[side] = after[side];
        }
        for (int k = 0; k < lowest.length; k++) {
            lowest[k] = Math.min(lowest[k], prices.at(k) - after[2 * k]);
            highest[k] = Math.max(highest[k], prices.at(k) + after[2 * k + 1]);
        }
        moments++;
    }

    /** Whether an order is still to be worked off. */
    boolean unfinished() {
        return Arrays.stream(pending).anyMatch(share -> share > 0);
    }

    /** What came of it, accounts valued at the last prices and the displacement that is left. */
    LiquidationReplay result(IntColumn prices) {
        long uncovered = 0;
        int liquidated = 0;
        int insolvent = 0;
        for (int a = 0; a < sold.length; a++) {
            long equity = equity(a, prices, displaced);
            uncovered = Math.addExact(uncovered, Math.max(0, Math.negateExact(equity)));
            insolvent += equity < 0 ? 1 : 0;
            liquidated += sold[a] > 0 ? 1 : 0;
        }
        return new LiquidationReplay(
                uncovered,
                impactCost,
                forcedFlow,
                IntColumn.of(lowest),
                IntColumn.of(highest),
                liquidated,
                insolvent,
                moments);
    }

    private int[] displacement(long[] quantity, IntColumn prices) {
        int[] rates = new int[quantity.length];
        for (int side = 0; side < rates.length; side++) {
            LiquidityGroup group = groups.get(side >> 1);
            int most = (side & 1) == 0 ? Math.min(group.capPpm(), prices.at(side >> 1)) : group.capPpm();
            rates[side] = group.ladder().rate(quantity[side], most);
        }
        return rates;
    }

    private long[] flows(IntColumn prices, int[] before, int[] rates) {
        count(prices, rates);
        long[] flows = new long[missing.length];
        for (int a = 0; a < sold.length; a++) {
            due[a] = due(a, prices, rates);
            int slice = slice(a, before);
            for (int p = book.first(a); slice > 0 && p < book.end(a); p++) {
                flows[book.side(p)] = Math.addExact(flows[book.side(p)], quantity(a, p, slice));
            }
        }
        return flows;
    }

    /** Adds to the way of prices how far the one that moved most has moved since the last look, in whatever direction. */
    private void count(IntColumn prices, int[] rates) {
        long most = 0;
        for (int side = 0; side < seen.length; side++) {
            long now = move(prices, side) - rates[side];
            most = Math.max(most, Math.abs(now - seen[side]));
            seen[side] = now;
        }
        moved += most;
    }

    /**
     * What is still to be sold of an account at displaced prices, ppm of what it held: never less than was due before. One that is healthy sleeps until prices can have taken
     * the room that it has.
     */
    private int due(int account, IntColumn prices, int[] rates) {
        int left = Ppm.ONE - sold[account];
        if (left == 0 || (pending[account] == 0 && moved <= wake[account])) {
            return pending[account];
        }
        long maintenance = Ppm.shareUp(book.maintenance(account), left);
        long lacking = Math.subtractExact(maintenance, equity(account, prices, rates));
        if (lacking <= 0) {
            wake[account] = moved + Math.max(0, -lacking - ROUNDING) / (gross(account) / Ppm.ONE + 1);
            return pending[account];
        }
        int share = Ppm.ratioUp(lacking, Math.max(1, Ppm.shareDown(maintenance, spanPpm)));
        return Math.max(pending[account], (int) Ppm.shareUp(left, share));
    }

    private long gross(int account) {
        long gross = 0;
        for (int p = book.first(account); p < book.end(account); p++) {
            gross = Math.addExact(gross, book.amount(p));
        }
        return gross;
    }

    /** What is sold of an account now; its thinnest market says into how many slices an order is cut, so that the legs of a hedge are closed together. */
    private int slice(int account, int[] before) {
        if (due[account] == 0) {
            return 0;
        }
        int most = 0;
        for (int p = book.first(account); p < book.end(account); p++) {
            most = Math.max(most, before[book.side(p)]);
        }
        return Math.min(due[account], Math.ceilDiv(Math.max(order[account], due[account]), speed.slicesAt(most)));
    }

    /** What a slice sells of a holding: slices are cut from the whole, so that together they are the whole to the unit. */
    private long quantity(int account, int holding, int slice) {
        long amount = book.amount(holding);
        return Ppm.shareUp(amount, sold[account] + slice) - Ppm.shareUp(amount, sold[account]);
    }

    /** E at displaced prices: what was realised, what is left at the path's prices, and no less than nothing of a gain that the cascade made. */
    private long equity(int account, IntColumn prices, int[] rates) {
        PpmSum gain = new PpmSum();
        PpmSum loss = new PpmSum();
        for (int p = book.first(account); p < book.end(account); p++) {
            int side = book.side(p);
            long left = book.amount(p) - Ppm.shareUp(book.amount(p), sold[account]);
            gain.add(left, move(prices, side));
            loss.add(left, rates[side]);
        }
        return Math.subtractExact(
                Math.addExact(Math.addExact(book.equity(account), realised[account]), gain.down()), loss.up());
    }

    private static long move(IntColumn prices, int side) {
        long move = (long) prices.at(side >> 1) - PricePath.START;
        return (side & 1) == 0 ? move : -move;
    }

    /** Sells the slices: all of one side at one price, half way between displacement before and after. */
    private void settle(IntColumn prices, int[] before, int[] after) {
        for (int a = 0; a < sold.length; a++) {
            int slice = slice(a, before);
            if (slice == 0) {
                continue;
            }
            PpmSum gain = new PpmSum();
            PpmSum twice = new PpmSum();
            for (int p = book.first(a); p < book.end(a); p++) {
                int side = book.side(p);
                long quantity = quantity(a, p, slice);
                gain.add(quantity, move(prices, side));
                twice.add(quantity, (long) before[side] + after[side]);
            }
            long cost = Math.ceilDiv(twice.up(), 2L);
            impactCost = Math.addExact(impactCost, cost);
            realised[a] = Math.subtractExact(Math.addExact(realised[a], gain.down()), cost);
            sold[a] += slice;
            pending[a] = due[a] - slice;
            order[a] = pending[a] == 0 ? 0 : Math.max(order[a], due[a]);
            wake[a] = moved - 1;
        }
    }

    private static long[] sum(long[] first, long[] second) {
        long[] sum = first.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.addExact(sum[i], second[i]);
        }
        return sum;
    }
}
