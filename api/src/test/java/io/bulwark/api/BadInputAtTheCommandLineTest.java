package io.bulwark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.door.ExitCode;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Heavy
final class BadInputAtTheCommandLineTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPrintHelpOfEveryVerb() {
        Said help = Said.by("--help");
        assertEquals(ExitCode.OK, help.code());
        for (String verb : verbs().toList()) {
            assertTrue(help.out().contains("  " + verb.split(" ", -1)[0]), verb + " stands in the help");
            Said helpOfVerb = Said.by((verb + " --help").split(" ", -1));
            assertEquals(ExitCode.OK, helpOfVerb.code(), verb);
            assertTrue(helpOfVerb.out().startsWith("Usage: bulwark " + verb), verb);
            assertTrue(Said.by((verb + " --version").split(" ", -1)).out().startsWith("bulwark "), verb);
        }
    }

    static Stream<String> verbs() {
        return Stream.of(
                "run",
                "demo",
                "account margin",
                "account simulate",
                "epoch replay",
                "epoch monitor",
                "fund default plan",
                "proof bundle",
                "proof prove account",
                "proof prove book",
                "proof verify",
                "proof ceremony init",
                "chain proof");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void shouldRefuseWhatItCannotParseInOneLine(String verb) {
        Said said = Said.by((verb + " --no-such-option").split(" ", -1));
        assertTrue(said.isOneLineRefusal(), said.toString());
    }

    @Test
    void shouldRefuseAnUnknownVerbInOneLine() {
        assertTrue(Said.by("liquidate-everything").isOneLineRefusal());
    }

    /** What never ends is read up to the limit, and no further. */
    @Test
    void shouldRefuseAFileWithoutAnEnd() {
        Said said = Said.by("read", "aave", "/dev/zero");
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains("FILE = /dev/zero: must have at most 67108864 bytes"), said.toString());
    }

    @Test
    void shouldRefuseAPortThatIsNone() {
        Said said = Said.by("run", "--port", "70000");
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains("--port = 70000: must be a port from 0 to 65535"), said.err());
    }

    @Test
    void shouldRefuseATakenPortBeforeTheHouseOpens() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said said = Said.by("demo", "--port", Integer.toString(other.getLocalPort()));
            assertTrue(said.isOneLineRefusal(), said.toString());
            assertTrue(said.err().contains("no other program"), said.err());
        }
    }

    @Test
    void shouldRefuseAFileThatIsAbsentOrADirectory() {
        for (Path path : Stream.of(folder, folder.resolve("absent.json")).toList()) {
            Said said = Said.by("verify", path.toString());
            assertTrue(said.isOneLineRefusal(), said.toString());
            assertTrue(said.err().contains(path.toString()), said.err());
        }
    }

    static Stream<String> noProofs() {
        return Stream.of(
                "",
                "{",
                "{}",
                "null",
                "[]",
                "{\"format\":\"bulwark-proof\",\"version\":2}",
                "{\"format\":\"bulwark-proof\",\"version\":2,\"key\":\"zz\"}",
                "x".repeat(70_000));
    }

    @ParameterizedTest
    @MethodSource("noProofs")
    void shouldRefuseAFileThatIsNoProof(String text) throws IOException {
        Said said = Said.by(
                "verify", Files.writeString(folder.resolve("proof.json"), text).toString());
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertFalse(said.err().contains("Exception"), said.err());
    }
}
