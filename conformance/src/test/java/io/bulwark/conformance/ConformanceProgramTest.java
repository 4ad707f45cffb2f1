package io.bulwark.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The verb as the launcher starts it. */
final class ConformanceProgramTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintHelpAndVersion() {
        assertEquals(Conformance.AGREES, run("conformance", "--help"));
        assertTrue(out.toString().startsWith("Usage: bulwark conformance"), out.toString());
        assertEquals(Conformance.AGREES, run("conformance", "--version"));
        assertTrue(out.toString().contains("bulwark "), out.toString());
    }

    @Test
    void shouldRefuseWhatItCannotParseInOneLine() {
        assertEquals(Conformance.BAD_INPUT, run("conformance", "--no-such-option"));
        assertEquals(Conformance.BAD_INPUT, run("conformance"));
        assertEquals("", out.toString());
        assertEquals(2, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().lines().allMatch(line -> line.startsWith("bulwark: ")), err.toString());
    }

    private int run(String... arguments) {
        return ConformanceProgram.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
