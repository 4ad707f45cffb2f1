package io.bulwark.bench;

import io.bulwark.netting.scan.MarginScan;
import io.bulwark.netting.scan.ScanBook;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The core of a whole book: 128 two-level stress rows and 1,024 expected-shortfall rows, and what one price tick asks for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CoreBenchmark {
    /** Accounts of the book. */
    public static final int ACCOUNTS = 20_000;

    /** Accounts that the naive twin looks at in one operation: it is slow, and its cost is per account. */
    public static final int NAIVE_ACCOUNTS = 2_000;

    private static final int POINTS = 16;
    private static final int CELLS = 8;
    private static final int TAIL_ROWS = 1_024;
    private static final Set<Integer> MOVED = Set.of(0);

    private final SeededBook data = SeededBook.of(POINTS, CELLS, TAIL_ROWS, ACCOUNTS);
    private final MarginScan scan = new MarginScan(data.table());
    private final ScanBook book = scan.book(data.accounts());
    private final ScanBook one = scan.book(List.of(data.accounts().getFirst()));
    private final int[] touched = book.accountsIn(MOVED);
    private final NaiveScan naive = new NaiveScan(data);

    /** Checks that both ways agree. */
    @Setup
    public void check() {
        long[] fast = Arrays.copyOf(scan.shortfall(book), NAIVE_ACCOUNTS);
        if (!Arrays.equals(fast, naive.shortfall(NAIVE_ACCOUNTS))) {
            throw new IllegalStateException("scan and naive twin must give the same integers");
        }
    }

    /** Stress and shortfall of every account, the shortfall searched only where it may pass the stress. */
    @Benchmark
    public long[] core() {
        return scan.core(book);
    }

    /** The exact shortfall of every account. */
    @Benchmark
    public long[] shortfall() {
        return scan.shortfall(book);
    }

    /** The naive shortfall: sums and a full sort, on fewer accounts. */
    @Benchmark
    public long[] plain() {
        return naive.shortfall(NAIVE_ACCOUNTS);
    }

    /** One account, stress alone. */
    @Benchmark
    public long[] single() {
        return scan.stress(one);
    }

    /** One tick: the entries of one of four groups read anew, the stress of the accounts that hold it. */
    @Benchmark
    public long[] tick() {
        return scan.repriced(data.table(), MOVED).stress(book, touched);
    }

    /** How many accounts a tick touches. */
    static int touchedByTick() {
        CoreBenchmark benchmark = new CoreBenchmark();
        return benchmark.touched.length;
    }
}
