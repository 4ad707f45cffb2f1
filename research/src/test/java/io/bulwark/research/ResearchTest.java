package io.bulwark.research;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.door.ExitCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb of the program answers to help and version, and refuses in one line what it cannot parse. */
final class ResearchTest {
    @ParameterizedTest
    @ValueSource(strings = {"calibrate", "backtest", "surface", "forecast", "wall"})
    void shouldAnswerAsEveryVerb(String verb) {
        assertTrue(Said.by("research").out().contains("  " + verb), verb + " stands in the help");
        Said help = Said.by("research", verb, "--help");
        assertEquals(ExitCode.OK, help.code(), verb);
        assertTrue(help.out().startsWith("Usage: bulwark research " + verb), verb);
        assertTrue(Said.by("research", verb, "--version").out().startsWith("bulwark "), verb);
        assertTrue(Said.by("research", verb, "--no-such-option").isOneLineRefusal(), verb);
        Said old = Said.by(verb, "--help");
        assertEquals(help.out(), old.out(), "the old spelling answers");
        assertTrue(old.err().contains("'research " + verb + "'"), old.err());
    }
}
