package io.bulwark.bench;

import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.revaluation.Revaluation;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The risk-table build: rows of 5 000 options in 256 cells, as integers, against one pricer call a cell. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TableBenchmark {
    /** Options that the naive twin prices in one operation: it is slow, and its cost is per price. */
    public static final int NAIVE_OPTIONS = 500;

    private final Cells cells = Cells.grid();
    private final List<Payoff.European> options = OptionBook.draw();
    private final NaiveRevaluation naive = new NaiveRevaluation(cells);

    /** Checks that both ways agree to the unit that another normal distribution may differ by. */
    @Setup
    public void check() {
        Revaluation revaluation = revaluation(cells);
        for (Payoff.European option : options.subList(0, NAIVE_OPTIONS)) {
            IntColumn row = revaluation.rows(option).row();
            long[] twin = naive.row(option);
            for (int r = 0; r < twin.length; r++) {
                if (Math.abs(twin[r] - row.at(r)) > 1) {
                    throw new IllegalStateException("cell " + r + " of " + option + ": " + row.at(r) + ", " + twin[r]);
                }
            }
        }
    }

    static Revaluation revaluation(Cells cells) {
        return new Revaluation(
                cells.rows(),
                CellPairs.of(cells.rows(), cells.families()),
                List.of(cells.moves()),
                IntColumn.zeros(1),
                SurfaceRule.PUBLISHED);
    }

    /** The product's builder: columns once, then every option. */
    @Benchmark
    public void build(Blackhole sink) {
        Revaluation revaluation = revaluation(cells);
        for (Payoff.European option : options) {
            InstrumentRows rows = revaluation.rows(option);
            sink.consume(rows);
        }
    }

    /** The naive twin, on fewer options. */
    @Benchmark
    public void plain(Blackhole sink) {
        for (Payoff.European option : options.subList(0, NAIVE_OPTIONS)) {
            sink.consume(naive.row(option));
        }
    }
}
