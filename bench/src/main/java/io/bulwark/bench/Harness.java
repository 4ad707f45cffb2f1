package io.bulwark.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs benchmarks with their log on standard error, so that standard output holds the figures alone. */
final class Harness {
    private static final int SHOTS = 5;
    private static final int WARM_UPS = 5;
    private static final TimeValue WARM_UP = TimeValue.milliseconds(500);
    // Many short spans: one of them meets a quiet moment of a busy machine.
    private static final int SPANS = 20;
    private static final TimeValue SPAN = TimeValue.milliseconds(150);

    private Harness() {}

    /**
     * The best iteration of every benchmark of a class, ns an operation, by method and parameter ("fast 32"). The best and not the mean: what else runs on the machine
     * only adds.
     */
    static Map<String, Double> best(Class<?> benchmark) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmark.getSimpleName())
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(WARM_UP)
                .measurementIterations(SPANS)
                .measurementTime(SPAN)
                .jvmArgsAppend("--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-Xmx1g");
        return best(options);
    }

    /** The best of a few single calls of every benchmark of a class, ns, in this process: what the calls leave in static fields can be read after. */
    static Map<String, Double> bestShots(Class<?> benchmark) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmark.getSimpleName()).forks(0).warmupIterations(1).measurementIterations(SHOTS);
        return best(options);
    }

    private static Map<String, Double> best(OptionsBuilder options) {
        Map<String, Double> best = new TreeMap<>();
        for (RunResult result : run(options)) {
            String[] path = result.getParams().getBenchmark().split("\\.", -1);
            String rows = result.getParams().getParam("rows");
            String name = path[path.length - 1] + (rows == null ? "" : " " + rows);
            best.put(name, result.getPrimaryResult().getStatistics().getMin());
        }
        return best;
    }

    private static Collection<RunResult> run(OptionsBuilder options) {
        PrintStream out = System.out;
        // The harness keeps the stream that it finds when it is made.
        System.setOut(System.err);
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("a benchmark failed", e);
        } finally {
            System.setOut(out);
        }
    }
}
