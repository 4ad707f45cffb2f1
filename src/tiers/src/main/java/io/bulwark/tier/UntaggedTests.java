package io.bulwark.tier;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the classes of a module that need nothing of the machine, two at a time, of a tree that is built: {@code UntaggedTests
 * FOLDER-OF-CLASSES}. Exit code 0 when all passed, 1 when one failed or took more than its share of processor time without a tag that says
 * why.
 */
public final class UntaggedTests {
    private static final int FRAMES_MAX = 40;
    private static final int SLOWEST = 3;

    /** The nanoseconds of processor that a class without a tag may use; what needs more stands in the way of every change. */
    private static final long SHARE = 5_000_000_000L;

    private UntaggedTests() {}

    /** The launcher's door. */
    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0]), new PrintWriter(System.out, true, StandardCharsets.UTF_8)));
    }

    private static int run(Path folder, PrintWriter out) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(folder.toAbsolutePath())))
                .filters(
                        ClassNameFilter.includeClassNamePatterns(".*Test"),
                        TagFilter.excludeTags("soak", "heavy", "house", "proof", "chain", "page"))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.max-pool-size", "2")
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        ProcessorTime times = new ProcessorTime();
        LauncherFactory.create().execute(request, listener, times);
        TestExecutionSummary summary = listener.getSummary();
        Map<Long, String> slowest = times.slowest();
        out.printf(
                "== %d passed, %d failed, %d skipped in %.1f s; most processor: %s%n",
                summary.getTestsSucceededCount(),
                summary.getTotalFailureCount(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount(),
                (summary.getTimeFinished() - summary.getTimeStarted()) / 1_000.0,
                String.join(", ", slowest.entrySet().stream()
                        .limit(SLOWEST)
                        .map(e -> String.format("%s %.1f s", e.getValue(), e.getKey() / 1e9))
                        .toList()));
        summary.printFailuresTo(out, FRAMES_MAX);
        slowest.forEach((nanos, name) -> {
            if (nanos > SHARE) {
                out.printf("bulwark: %s uses %.1f s of processor; without a tag at most %.0f s%n", name, nanos / 1e9, SHARE / 1e9);
            }
        });
        return summary.getTotalFailureCount() == 0 && slowest.keySet().stream().noneMatch(nanos -> nanos > SHARE) ? 0 : 1;
    }

    /** Processor time of each class on the thread that runs it: on a loaded machine it is what it is on a free one. */
    private static final class ProcessorTime implements TestExecutionListener {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final Map<String, Long> started = new ConcurrentHashMap<>();
        private final Map<String, Long> taken = new ConcurrentHashMap<>();

        @Override
        public void executionStarted(TestIdentifier test) {
            if (isClass(test)) {
                started.put(test.getUniqueId(), threads.getCurrentThreadCpuTime());
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            Long start = started.remove(test.getUniqueId());
            if (start != null) {
                taken.put(test.getDisplayName(), threads.getCurrentThreadCpuTime() - start);
            }
        }

        private static boolean isClass(TestIdentifier test) {
            return test.getSource().filter(ClassSource.class::isInstance).isPresent();
        }

        /** Names by what they took, the most first. */
        Map<Long, String> slowest() {
            NavigableMap<Long, String> slowest = new TreeMap<>();
            taken.forEach((name, nanos) -> slowest.put(nanos, name));
            return slowest.descendingMap();
        }
    }
}
