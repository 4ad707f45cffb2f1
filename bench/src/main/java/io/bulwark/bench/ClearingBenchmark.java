package io.bulwark.bench;

import io.bulwark.netting.network.Clearing;
import io.bulwark.netting.network.ClearingNetwork;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Clearing payments of ten thousand nodes and a million debts; the peer is scipy on the same network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClearingBenchmark {
    private final ClearingNetwork network = SeededNetwork.draw().network();

    /** The product's clearing. */
    @Benchmark
    public Clearing clear() {
        return Clearing.of(network);
    }
}
