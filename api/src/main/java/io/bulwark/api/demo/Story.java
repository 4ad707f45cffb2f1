package io.bulwark.api.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells what happens, step by step, each with the time that it took. Times are for the reader; nothing depends on them. */
final class Story {
    private static final String INDENT = "      ";

    private final PrintWriter out;
    private int step;

    Story(PrintWriter out) {
        this.out = out;
    }

    /** Does one step and says how long it took. */
    <T> T step(String what, Callable<T> work) {
        step++;
        out.printf(Locale.ROOT, "%n%4d  %s%n", step, what);
        long begun = System.nanoTime();
        T result;
        try {
            result = work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(what, e);
        }
        say("(" + seconds(Duration.ofNanos(System.nanoTime() - begun)) + ")");
        return result;
    }

    /** One line of detail. */
    void say(String line) {
        out.println(INDENT + line);
    }

    /** One formatted line of detail; every locale shows the same. */
    @SuppressWarnings("AnnotateFormatMethod")
    void say(String format, Object... values) {
        say(String.format(Locale.ROOT, format, values));
    }

    static String seconds(Duration took) {
        return took.toMillis() < 1000
                ? took.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
