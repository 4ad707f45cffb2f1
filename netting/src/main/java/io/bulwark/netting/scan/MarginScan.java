package io.bulwark.netting.scan;

import io.bulwark.netting.formula.ExpectedShortfall;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.WeightedSum;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The stress of whole books at once: many accounts against one table, the same integers as one account at a time.
 *
 * <p>Rows are laid out once, 32 bits wide, in the order in which families read them; sums are 64 bits wide. Inside an account, a group's
 * lines stand together. The inner loops run over neighbouring scenario rows, so that the compiler turns them into vector instructions;
 * nothing is allocated per account. Over a table with venues the worst losses hold what venues may do on their own.
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
        this(new ScanLayout(table), kernel);
    }

    private MarginScan(ScanLayout layout, ScanKernel kernel) {
        this.layout = layout;
        this.kernel = kernel;
        this.comboWeights = layout.table().combos().stream()
                .map(combo -> combo.weights().stream().toArray())
                .toList();
    }

    /**
     * The scan over a table that lists the same entries in the same scenarios and has other numbers for those of some groups: what a price
     * tick asks for. Books flattened for this scan fit it too.
     *
     * @param next the table after the tick
     * @param groups whose entries have changed, two-asset groups of a moved underlying too
     * @throws IllegalArgumentException if the next table lists other entries, families, shortfall rows, venues or paths
     */
    public MarginScan repriced(RiskTable next, Set<Integer> groups) {
        return new MarginScan(layout.repriced(next, groups), kernel);
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
        return stress(book, everyone(book));
    }

    /** Stress of some accounts of a book, u, in their order. */
    public long[] stress(ScanBook book, int[] accounts) {
        Point point = new Point();
        long[] stress = new long[accounts.length];
        for (int i = 0; i < accounts.length; i++) {
            stress[i] = point.stress(book, accounts[i]);
        }
        return stress;
    }

    /** Expected shortfall of every account of a book, u, at least 0, in the order of the accounts. */
    public long[] shortfall(ScanBook book) {
        Tail tail = new Tail();
        long[] shortfall = new long[book.accounts()];
        for (int account = 0; account < shortfall.length; account++) {
            shortfall[account] = tail.of(book, account);
        }
        return shortfall;
    }

    /** The larger of stress and expected shortfall of every account of a book, u: the core of its margin. */
    public long[] core(ScanBook book) {
        return core(book, everyone(book));
    }

    /** The core of some accounts of a book, u, in their order. */
    public long[] core(ScanBook book, int[] accounts) {
        long[] core = stress(book, accounts);
        Tail tail = new Tail();
        for (int i = 0; i < core.length; i++) {
            core[i] = tail.atLeast(core[i], book, accounts[i]);
        }
        return core;
    }

    /** What venues may do on their own adds to the core of every account of a book, u; 0 over a table of format 2. */
    public long[] prefunding(ScanBook book) {
        Point point = new Point();
        Tail tail = new Tail();
        long[] prefunding = new long[book.accounts()];
        for (int account = 0; account < prefunding.length; account++) {
            long stress = point.stress(book, account);
            long ofRows = point.stressOfRows();
            if (stress > ofRows) {
                long shortfall = tail.of(book, account);
                prefunding[account] = Math.max(stress, shortfall) - Math.max(ofRows, shortfall);
            }
        }
        return prefunding;
    }

    /** What every account of a book is charged for marks of one coin that part by venue, u: a part of the add-on basis. */
    public long[] dislocation(ScanBook book) {
        long[] dislocation = new long[layout.paths().isPresent() ? book.accounts() : 0];
        for (int account = 0; account < dislocation.length; account++) {
            dislocation[account] = layout.parting().of(book.venues(), account);
        }
        return Arrays.copyOf(dislocation, book.accounts());
    }

    private static int[] everyone(ScanBook book) {
        return IntStream.range(0, book.accounts()).toArray();
    }

    /** The stress of one account after the other, in columns of one thread. */
    private final class Point {
        private final long[] losses = new long[layout.stress().stride()];
        private final long[] sums = new long[layout.sumsLength()];
        private final long[] worst = new long[layout.runs().length];
        private final @Nullable PathLosses paths =
                layout.paths().map(p -> new PathLosses(layout, p, kernel)).orElse(null);

        long stress(ScanBook book, int account) {
            sum(book, account);
            worstOfRows();
            if (paths != null) {
                paths.raise(book.venues(), account, sums, worst);
            }
            return largestCombo(worst);
        }

        /** The stress of the account that was summed last if no venue ever acted. */
        long stressOfRows() {
            worstOfRows();
            return largestCombo(worst);
        }

        private void worstOfRows() {
            for (int k = 0; k < worst.length; k++) {
                ScanLayout.FamilyRun run = layout.runs()[k];
                worst[k] = run.single() ? sums[run.sums()] : kernel.largest(sums, run.sums(), run.width());
            }
        }

        private void sum(ScanBook book, int account) {
            int plain = layout.plainRows();
            int first = book.firstSegment(account);
            int end = book.firstSegment(account + 1);
            kernel.sumLines(layout.stress(), book.lines(), book.firstLine(first), book.firstLine(end), 0, plain, sums);
            Arrays.fill(sums, plain, sums.length, 0);
            for (int s = first; s < end && plain < losses.length; s++) {
                addGroup(book, s, losses, sums);
            }
        }
    }

    /** The tails of one thread, account after account. */
    private final class Tail {
        private final long k = layout.table().parameters().tail();
        private final long[] losses = new long[layout.tail().stride()];
        private final TailSelection selection = new TailSelection(kernel, layout.tailWeights(), k);

        long of(ScanBook book, int account) {
            sum(book, account);
            return narrow() ? mean(selection.weightedTail(losses)) : wideMean();
        }

        /** The larger of a bound and the shortfall; for most accounts one look says that the bound is the larger. */
        long atLeast(long bound, ScanBook book, int account) {
            sum(book, account);
            if (!narrow() || bound >= TailSelection.NARROW_LOSS) {
                return Math.max(bound, wideMean());
            }
            return passes(bound) ? Math.max(bound, mean(selection.weightedTail(losses))) : bound;
        }

        /**
         * Whether the shortfall may be above a bound: k·t + Σ ω·(L − t)⁺ is at least k times the shortfall for every t (Rockafellar and
         * Uryasev 2000), so that a t at which it is at most k·bound proves the contrary.
         */
        private boolean passes(long bound) {
            long t = bound - bound / 4;
            long beyond = kernel.weightedAbove(losses, layout.tailWeights(), t)
                    - t * kernel.weightAbove(losses, layout.tailWeights(), t);
            return k * t + beyond > k * bound;
        }

        private void sum(ScanBook book, int account) {
            int first = book.firstLine(book.firstSegment(account));
            int end = book.firstLine(book.firstSegment(account + 1));
            kernel.sumLines(layout.tail(), book.lines(), first, end, 0, losses.length, losses);
        }

        private boolean narrow() {
            return kernel.largest(losses, 0, losses.length) < TailSelection.NARROW_LOSS
                    && kernel.smallest(losses) > -TailSelection.NARROW_LOSS;
        }

        private long mean(long weighted) {
            return Math.max(0, Math.ceilDiv(weighted, k));
        }

        private long wideMean() {
            return ExpectedShortfall.of(losses, layout.table(), Precision.INT128)
                    .loss();
        }
    }

    private void addGroup(ScanBook book, int segment, long[] losses, long[] sums) {
        int first = book.firstLine(segment);
        int end = book.firstLine(segment + 1);
        kernel.sumLines(
                layout.stress(),
                book.lines(),
                first,
                end,
                layout.plainRows(),
                layout.stress().stride(),
                losses);
        for (ScanLayout.FamilyRun run : layout.runs()) {
            if (run.start() >= layout.plainRows()) {
                kernel.addFamily(run, losses, sums);
            }
        }
    }

    private long largestCombo(long[] worst) {
        Precision precision = Precision.INT64;
        for (long loss : worst) {
            precision = Math.abs(loss) < NARROW_LOSS ? precision : Precision.INT128;
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
