package io.bulwark.prover.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.prover.TestKeys;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The boundary crossed some ten thousand times with a small heap; {@code bulwark bench boundary} does so a million times. */
@OfProof
final class BoundarySoakTest {
    /** Its keys are made here, if they are not there yet. */
    @BeforeAll
    static void prepare() {
        TestKeys.prover(TestKeys.TINY);
    }

    @Test
    void shouldKeepMemoryFlatAndSeeAnswersThatAreNotFreed() throws IOException, InterruptedException {
        String said = soak();
        assertTrue(said.matches("(?s).*as a house calls: growth -?[0-9]+ bytes, flat true.*"), said);
        assertTrue(said.matches("(?s).*with a leak: growth [0-9]+ bytes, flat false.*"), said);
    }

    private static String soak() throws IOException, InterruptedException {
        Process soak = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+AlwaysPreTouch",
                        "-Xms48m",
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SoakProcess.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(soak.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, soak.waitFor(), said);
        return said;
    }
}
