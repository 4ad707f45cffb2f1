package io.bulwark.tier;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the classes of a module that the tier takes, of a tree that is built: {@code TierTests FOLDER-OF-CLASSES
 * FOLDER-OF-CLAIMS}. Processes that are given the same folder of claims share the classes out: each takes the next that
 * none has taken. Exit code 0 when all that this one took have passed, 1 when one failed, or in the fast tier took more
 * than its share of processor time without a tag that says why.
 */
final class TierTests {
    private static final int FRAMES_MAX = 40;
    private static final int SLOWEST = 3;

    /** The nanoseconds of processor that a class without a tag may use; what needs more stands in the way of every change. */
    private static final long SHARE = 5_000_000_000L;

    private final PrintWriter out;
    private final Launcher launcher = LauncherFactory.create();
    private final NavigableMap<Long, String> taken = new TreeMap<>(Comparator.reverseOrder());
    private long passed;
    private long failed;
    private long skipped;

    private TierTests(PrintWriter out) {
        this.out = out;
    }

    /** The launcher's door. */
    public static void main(String[] arguments) throws IOException {
        TierTests tests = new TierTests(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        System.exit(tests.run(Path.of(arguments[0]).toAbsolutePath(), Files.createDirectories(Path.of(arguments[1]))));
    }

    private int run(Path classes, Path claims) throws IOException {
        for (TestIdentifier test : classesOf(classes)) {
            if (isMine(claims, nameOf(test))) {
                if (Tier.takes(placeOf(nameOf(test)))) {
                    run(test);
                } else {
                    out.printf("skipped: %s runs with one commit in %d, not this, and by night%n", test.getDisplayName(), Drawn.OF);
                }
            }
        }
        out.printf("== %d passed, %d failed, %d skipped; most processor: %s%n", passed, failed, skipped, mostProcessor());
        if (!Tier.isFast()) {
            return failed == 0 ? 0 : 1;
        }
        NavigableMap<Long, String> beyond = taken.headMap(SHARE, false);
        beyond.forEach((nanos, name) -> out.printf(
                "== %s uses %.1f s of processor; without a tag at most %.0f s%n", name, nanos / 1e9, SHARE / 1e9));
        return failed == 0 && beyond.isEmpty() ? 0 : 1;
    }

    /** What the tier takes, classes that need something of the machine first: they take longest, and one that begins last is waited for. */
    private List<TestIdentifier> classesOf(Path folder) {
        TestPlan plan = launcher.discover(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(folder)))
                .filters(ClassNameFilter.includeClassNamePatterns(".*Test"))
                .filters(ofTier())
                .build());
        return plan.getRoots().stream()
                .flatMap(engine -> plan.getChildren(engine).stream())
                .sorted(Comparator.comparing((TestIdentifier test) -> test.getTags().isEmpty()).thenComparing(TestIdentifier::getUniqueId))
                .toList();
    }

    private static PostDiscoveryFilter ofTier() {
        if (Tier.isSoak()) {
            return TagFilter.includeTags("soak", "sized", "drawn");
        }
        return Tier.isFast() ? TagFilter.excludeTags("soak", "heavy", "house", "proof", "chain", "page") : TagFilter.excludeTags("soak");
    }

    private static String nameOf(TestIdentifier test) {
        return ((ClassSource) test.getSource().orElseThrow()).getClassName();
    }

    private static int placeOf(String name) {
        try {
            Drawn drawn = Class.forName(name, false, TierTests.class.getClassLoader()).getAnnotation(Drawn.class);
            return drawn == null ? -1 : drawn.value();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static boolean isMine(Path claims, String name) throws IOException {
        try {
            Files.createFile(claims.resolve(name));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void run(TestIdentifier test) throws IOException {
        String name = test.getDisplayName();
        out.printf("-- %s%n", name);
        long before = processor();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(nameOf(test)))
                        .filters(ofTier())
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        long nanos = processor() - before;
        taken.put(nanos, name);
        passed += summary.getTestsSucceededCount();
        failed += summary.getTotalFailureCount();
        skipped += summary.getTestsSkippedCount() + summary.getTestsAbortedCount();
        out.printf(
                "-- %s: %.1f s, of processor %.1f s%n",
                name, (summary.getTimeFinished() - summary.getTimeStarted()) / 1_000.0, nanos / 1e9);
        if (summary.getTotalFailureCount() > 0) {
            out.printf("== %s failed%n", name);
            summary.printFailuresTo(out, FRAMES_MAX);
        }
    }

    /**
     * Of this process and of those that it started and that have ended, servers and provers. In the fast tier of the thread that runs the
     * class, so that its share holds nothing of the compiler's warming up.
     */
    private static long processor() throws IOException {
        return Tier.isFast()
                ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                : ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() + ofEndedProcesses();
    }

    /** proc(5): fields 16 and 17, in hundredths of a second; field 2, a name, may hold blanks and ends with the last parenthesis. */
    private static long ofEndedProcesses() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(afterName[13]) + Long.parseLong(afterName[14])) * 10_000_000;
    }

    private String mostProcessor() {
        return String.join(
                ", ",
                taken.entrySet().stream()
                        .limit(SLOWEST)
                        .map(e -> String.format("%s %.1f s", e.getValue(), e.getKey() / 1e9))
                        .toList());
    }
}
