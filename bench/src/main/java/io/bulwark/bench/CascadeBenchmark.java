package io.bulwark.bench;

import io.bulwark.netting.contagion.CascadeBook;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.LiquidationCascade;
import io.bulwark.netting.risktable.IntColumn;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A critical cascade over a million accounts, one scenario: the product's against full sweeps. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CascadeBenchmark {
    private static final int WARM = 3;

    private final SeededCascade drawn = SeededCascade.draw();
    private final CascadeBook book = drawn.book();
    private final NaiveCascade naive = new NaiveCascade(drawn);
    private final IntColumn returns = SeededCascade.returns();

    /** Checks that both ways agree. */
    @Setup
    public void agree() {
        if (!fast().vector().equals(sweeps())) {
            throw new IllegalStateException("cascade and full sweeps must give the same integers");
        }
        for (int i = 0; i < WARM; i++) {
            fast();
        }
    }

    /** The product's cascade. */
    @Benchmark
    public LiquidationCascade fast() {
        return LiquidationCascade.of(book, drawn.groups(), returns, SeededCascade.RULES);
    }

    /** Full sweeps. */
    @Benchmark
    public ContagionVector sweeps() {
        return naive.run();
    }
}
