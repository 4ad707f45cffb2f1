package io.bulwark.bench;

import io.bulwark.netting.pricing.BlackScholesMerton;
import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.revaluation.Revaluation;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.ScenarioRow;
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

    /** The published rule as it is written: every cell one call of the general pricer, every logarithm and power taken again. */
    private static final class NaiveRevaluation {
        private static final double DAYS = 365;
        private static final double UNITS = 1e4;

        private final Cells cells;

        NaiveRevaluation(Cells cells) {
            this.cells = cells;
        }

        /** Profit and loss of one lot in every cell, u. */
        long[] row(Payoff.European option) {
            double unit = option.quantity() * UNITS;
            long value = Math.round(unit * price(option, option.spot(), option.volatility(), option.years()));
            long[] row = new long[cells.rows().size()];
            for (int r = 0; r < row.length; r++) {
                row[r] = Math.round(unit
                                * stressed(
                                        option,
                                        cells.rows().get(r),
                                        cells.moves().shock().at(r)))
                        - value;
            }
            return row;
        }

        private static double stressed(Payoff.European option, ScenarioRow row, int shock) {
            double spot = option.spot() * (1 + shock / 1e6);
            double days = option.years() * DAYS;
            double tau = Math.pow(30 / Math.max(days, 1), days <= 30 ? 0.3 : 0.13);
            double direction = row.volatilityShock().doubleValue();
            double twist = row.twist() * (days <= 30 ? 0.25 : -0.15) * tau;
            double level = option.volatility() * (1 + (direction > 0 ? 0.6 : 0.35) * direction * tau + twist);
            double root = Math.sqrt(Math.max(option.years(), 1 / DAYS));
            double moneyness = Math.log(option.strike() / spot) / Math.max(0.05, level * root);
            double tilt = 1 - row.skewSlope().doubleValue() * Math.clamp(moneyness, -3.0, 3.0);
            double volatility = Math.max(0.05, level * Math.max(0.25, tilt));
            double years = direction > 0 ? option.years() : Math.max(option.years() - 2 / DAYS, 0);
            return price(option, spot, volatility, years);
        }

        private static double price(Payoff.European option, double spot, double volatility, double years) {
            return new BlackScholesMerton(option.right(), spot, option.strike(), 0, 0, years, volatility).price();
        }
    }
}
