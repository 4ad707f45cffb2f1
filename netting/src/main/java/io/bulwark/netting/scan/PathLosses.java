package io.bulwark.netting.scan;

import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.formula.WeightedSum;
import io.bulwark.netting.risktable.RiskParameters;
import java.util.Arrays;

/**
 * What venues may do on their own to one account after the other, in columns of one thread: the same integers as {@link Prefunding}.
 *
 * <p>⌈χ·F / 10⁶⌉ + L is ⌈(χ·F + 10⁶·L) / 10⁶⌉, and a quotient rounded up rises with its dividend: one division a family finds its worst
 * path.
 */
final class PathLosses {
    /** Below this χ·F + 10⁶·L stays within 64 bits: 3·10⁶·2⁴⁰ &lt; 2⁶². */
    private static final long NARROW_LOSS = 1L << 40;

    private final ScanLayout layout;
    private final PathLayout paths;
    private final ScanKernel kernel;
    private final long share;
    private final long[] lost;
    private final long[] free;
    private final long[] needs;

    PathLosses(ScanLayout layout, PathLayout paths, ScanKernel kernel) {
        this.layout = layout;
        this.paths = paths;
        this.kernel = kernel;
        this.share = paths.share();
        this.lost = new long[paths.block().stride()];
        this.free = new long[lost.length];
        this.needs = new long[lost.length];
    }

    /**
     * Raises the worst loss of every family that has paths to that of its worst path.
     *
     * @param totals Σ over all lines by row, where {@link PathLayout.Ends#totals} says
     * @param worst by family, u
     */
    void raise(ScanVenues book, int account, long[] totals, long[] worst) {
        int first = book.firstSegment(account);
        int end = book.firstSegment(account + 1);
        sum(book, first, free);
        Arrays.fill(needs, -money(book, account, first));
        for (int s = first + 1; s < end; s++) {
            sum(book, s, lost);
            kernel.addAbove(lost, book.distance(s), needs);
        }
        raise(totals, worst);
    }

    private void sum(ScanVenues book, int segment, long[] sums) {
        int from = book.firstLine(segment);
        kernel.sumLines(paths.block(), book.lines(), from, book.firstLine(segment + 1), 0, sums.length, sums);
    }

    /** E₀: what can be sent, signed. */
    private long money(ScanVenues book, int account, int segment) {
        long money = Equity.cash(layout.table().parameters(), book.cash(account));
        for (int line = book.firstLine(segment); line < book.firstLine(segment + 1); line++) {
            money -= book.lines().lossLots(line) * paths.counted(book.lines().place(line));
        }
        return money;
    }

    private void raise(long[] totals, long[] worst) {
        PathLayout.Ends ends = paths.ends();
        int[] families = ends.families();
        int next = 0;
        for (int i = 0; i < families.length; i = next) {
            long most = Long.MIN_VALUE;
            long largest = 0;
            for (next = i; next < families.length && families[next] == families[i]; next++) {
                long missing = missing(ends, next);
                long total = totals[ends.totals()[next]];
                largest = Math.max(largest, Math.max(missing, Math.abs(total)));
                most = Math.max(most, share * missing + RiskParameters.MILLION * total);
            }
            long loss =
                    largest < NARROW_LOSS ? Math.ceilDiv(most, RiskParameters.MILLION) : wide(ends, i, next, totals);
            worst[families[i]] = Math.max(worst[families[i]], loss);
        }
    }

    /** F: what cannot reach the venues, u ≥ 0. */
    private long missing(PathLayout.Ends ends, int i) {
        int path = ends.paths()[i];
        long residual = Math.max(0, free[path] - free[ends.thens()[i]]);
        return Math.max(0, needs[path] + residual);
    }

    private long wide(PathLayout.Ends ends, int from, int to, long[] totals) {
        long most = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            WeightedSum sum = Precision.INT128.sum();
            sum.add(share, missing(ends, i)).add(RiskParameters.MILLION, totals[ends.totals()[i]]);
            most = Math.max(most, sum.ceilDiv(RiskParameters.MILLION));
        }
        return most;
    }
}
