package io.bulwark.tier;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs one test class, or one method of it, of a tree that is built: {@code ChosenTests FOLDER-OF-CLASSES CLASS[#METHOD]}. Exit code 0 when
 * all passed, 1 when one failed, 2 when there is no such class or method.
 */
final class ChosenTests {
    private static final int FRAMES_MAX = 40;
    private static final int ALIKE_MAX = 6;

    private ChosenTests() {}

    /** The launcher's door. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments, new PrintWriter(System.out, true, StandardCharsets.UTF_8)));
    }

    private static int run(String[] arguments, PrintWriter out) throws IOException {
        if (arguments.length != 2) {
            System.err.println("bulwark: a folder of test classes and CLASS[#METHOD] are needed; have " + arguments.length + " arguments");
            return 2;
        }
        Path folder = Path.of(arguments[0]);
        String[] wanted = arguments[1].split("#", 2);
        List<String> classes = classesOf(folder);
        List<String> named = classes.stream().filter(c -> isNamed(c, wanted[0])).toList();
        if (named.size() != 1) {
            System.err.println("bulwark: " + choice(wanted[0], named.isEmpty() ? alike(classes, wanted[0]) : named, named.isEmpty()));
            return 2;
        }
        return run(named.getFirst(), wanted.length == 2 ? wanted[1] : "", out);
    }

    private static int run(String name, String method, PrintWriter out) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(name))
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(method.isEmpty() || isOf(test, method)))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        if (summary.getTestsFoundCount() == 0 && summary.getContainersFailedCount() == 0) {
            System.err.println("bulwark: " + name + " has no test " + (method.isEmpty() ? "at all" : "method " + method));
            return 2;
        }
        summary.printFailuresTo(out, FRAMES_MAX);
        long failed = summary.getTotalFailureCount();
        out.printf(
                "%s%s: %d passed, %d failed, %d skipped in %.1f s%n",
                name.substring(name.lastIndexOf('.') + 1),
                method.isEmpty() ? "" : "#" + method,
                summary.getTestsSucceededCount(),
                failed,
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount(),
                (summary.getTimeFinished() - summary.getTimeStarted()) / 1_000.0);
        return failed == 0 ? 0 : 1;
    }

    /** A test of parameters is a container whose source is its method; what stands below it goes with it. */
    private static boolean isOf(TestDescriptor test, String method) {
        return test.getSource()
                .map(source -> !(source instanceof MethodSource of) || of.getMethodName().equals(method))
                .orElse(true);
    }

    private static List<String> classesOf(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** By its whole name, its last word, or that word without {@code Test}. */
    private static boolean isNamed(String name, String wanted) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return name.equals(wanted) || simple.equals(wanted) || simple.equals(wanted + "Test");
    }

    private static List<String> alike(List<String> classes, String wanted) {
        String stem = wanted.replaceFirst("Test$", "").replaceFirst("(?<=[a-z])[A-Z].*$", "");
        return classes.stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .filter(name -> !stem.isEmpty() && name.contains(stem))
                .limit(ALIKE_MAX)
                .toList();
    }

    private static String choice(String wanted, List<String> names, boolean none) {
        String among = names.isEmpty() ? "" : " (" + (none ? "there are " : "") + String.join(", ", names) + ")";
        return (none ? "no test class " : "more than one test class ") + wanted + " in this module" + among;
    }
}
