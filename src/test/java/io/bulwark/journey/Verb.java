package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Bulwark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A verb of the program, run to its end in this process, as {@code main} would: what it printed, output and errors together, and its exit code. A house that
 * serves, and whatever is to be killed or to know nothing, is a {@link Program}.
 */
record Verb(int exitCode, String output) {
    /** Runs a verb over a home. */
    static Verb run(Path home, String... verb) {
        return alone(Stream.concat(Stream.of(verb), Stream.of("--home", home.toString()))
                .toArray(String[]::new));
    }

    /** Runs a verb as it stands. */
    static Verb alone(String... verb) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        int exitCode = Bulwark.run(writer, writer, verb);
        writer.flush();
        return new Verb(exitCode, output.toString().stripTrailing());
    }

    /** Runs a verb, which must have this exit code, and gives everything that it printed. */
    static String said(int code, Path home, String... verb) {
        Verb ran = run(home, verb);
        assertEquals(code, ran.exitCode(), ran.output());
        return ran.output();
    }

    /** Runs a verb, which must have this exit code and say these words. */
    static void refused(int code, Path home, String words, String... verb) {
        String said = said(code, home, verb);
        assertTrue(said.contains(words), said);
    }
}
