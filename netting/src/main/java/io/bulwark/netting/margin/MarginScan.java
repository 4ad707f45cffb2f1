package io.bulwark.netting.margin;

import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Arrays;
import java.util.List;

/**
 * The stress of whole books at once: many accounts against one table, the same integers as one account at a time.
 *
 * <p>Rows are laid out once, 32 bits wide, in the order in which families read them; sums are 64 bits wide. Inside an account, a group's lines stand together. The inner
 * loops run over neighbouring scenario rows, so that the compiler turns them into vector instructions; nothing is allocated per account.
 */
public final class MarginScan {
    /** Below this no product by a weight in ppm leaves 64 bits, eight families together: 8·10⁶·2⁴⁰ &lt; 2⁶³. */
    private static final long NARROW_LOSS = 1L << 40;

    private final ScanLayout layout;
    private final ScanKernel kernel;
    private final List<int[]> comboWeights;

    /** A scan over one published table, with the fastest loops that this process has. */
    public MarginScan(RiskTable table) {
        this(table, ScanKernel.ofThisProcess());
    }

    MarginScan(RiskTable table, ScanKernel kernel) {
        this.layout = new ScanLayout(table);
        this.kernel = kernel;
        this.comboWeights = table.combos().stream()
                .map(combo -> combo.weights().stream().toArray())
                .toList();
    }

    /**
     * Flattens accounts for {@link #stress}: once per set of accounts, whatever number of tables of the same layout follow.
     *
     * @throws IllegalArgumentException if an account is refused, with its first fault
     */
    public ScanBook book(List<MarginAccount> accounts) {
        return ScanBook.of(layout, accounts);
    }

    /** Stress of every account of a book, u, in the order of the accounts. */
    public long[] stress(ScanBook book) {
        long[] stress = new long[book.accounts()];
        long[] losses = new long[layout.stride()];
        long[] sums = new long[layout.sumsLength()];
        long[] worst = new long[layout.runs().length];
        int plain = layout.plainRows();
        for (int account = 0; account < stress.length; account++) {
            int first = book.firstSegment(account);
            int end = book.firstSegment(account + 1);
            kernel.sumLines(layout, book, book.firstLine(first), book.firstLine(end), 0, plain, sums);
            Arrays.fill(sums, plain, sums.length, 0);
            for (int s = first; s < end && plain < layout.stride(); s++) {
                addGroup(book, s, losses, sums);
            }
            stress[account] = largestCombo(sums, worst);
        }
        return stress;
    }

    private void addGroup(ScanBook book, int segment, long[] losses, long[] sums) {
        int first = book.firstLine(segment);
        int end = book.firstLine(segment + 1);
        kernel.sumLines(layout, book, first, end, layout.plainRows(), layout.stride(), losses);
        for (ScanLayout.FamilyRun run : layout.runs()) {
            if (run.start() >= layout.plainRows()) {
                kernel.addFamily(run, losses, sums);
            }
        }
    }

    private long largestCombo(long[] sums, long[] worst) {
        Precision precision = Precision.INT64;
        for (int k = 0; k < worst.length; k++) {
            ScanLayout.FamilyRun run = layout.runs()[k];
            worst[k] = run.single() ? sums[run.sums()] : kernel.largest(sums, run.sums(), run.width());
            precision = Math.abs(worst[k]) < NARROW_LOSS ? precision : Precision.INT128;
        }
        long largest = 0;
        for (int[] weights : comboWeights) {
            largest = Math.max(largest, precision == Precision.INT64 ? narrow(weights, worst) : wide(weights, worst));
        }
        return largest;
    }

    private static long narrow(int[] weights, long[] worst) {
        long sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * worst[k];
        }
        return Math.ceilDiv(sum, RiskParameters.MILLION);
    }

    private static long wide(int[] weights, long[] worst) {
        WeightedSum sum = Precision.INT128.sum();
        for (int k = 0; k < weights.length; k++) {
            sum.add(weights[k], worst[k]);
        }
        return sum.ceilDiv(RiskParameters.MILLION);
    }
}
