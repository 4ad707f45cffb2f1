package io.bulwark.bench;

import io.bulwark.netting.scan.MarginScan;
import io.bulwark.netting.scan.ScanBook;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The stress of a whole book: the product's scan against the formula as it is written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanBenchmark {
    /** Accounts of the book. */
    public static final int ACCOUNTS = 20_000;

    /**
     * Scenario rows: 32 joint ones, or 128 as sixteen points of eight cells; at venues 30 joint ones and two against, with ten paths, or
     * 96 more as twelve points of eight cells.
     */
    @Param({"32", "128", "32 at venues", "128 at venues"})
    public String rows = "32";

    private static final int SMALL = 32;
    private static final int CELLS = 8;
    private static final int STARS = 12;

    private MarginScan scan = scan(SeededBook.of(SMALL, 1, 0));
    private ScanBook book = scan.book(java.util.List.of());
    private NaiveScan naive = new NaiveScan(SeededBook.of(SMALL, 1, 0));

    /** Draws the book and checks that both ways agree. */
    @Setup
    public void draw() {
        SeededBook data = data();
        scan = scan(data);
        book = scan.book(data.accounts());
        naive = new NaiveScan(data);
        if (!Arrays.equals(fast(), plain())) {
            throw new IllegalStateException("scan and naive twin must give the same integers");
        }
    }

    private SeededBook data() {
        return switch (rows) {
            case "32" -> SeededBook.of(SMALL, 1, ACCOUNTS);
            case "128" -> SeededBook.of(2 * CELLS, CELLS, ACCOUNTS);
            case "32 at venues" -> SeededBook.atVenues(0, ACCOUNTS);
            case "128 at venues" -> SeededBook.atVenues(STARS, ACCOUNTS);
            default -> throw new IllegalArgumentException("rows must be one of the benchmark's; have " + rows);
        };
    }

    private static MarginScan scan(SeededBook data) {
        return new MarginScan(data.table());
    }

    /** The product's scan. */
    @Benchmark
    public long[] fast() {
        return scan.stress(book);
    }

    /** The naive twin. */
    @Benchmark
    public long[] plain() {
        return naive.stress();
    }
}
