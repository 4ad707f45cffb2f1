package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.document.Digest;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house whose founders name a ceremony proves with its keys or not at all. */
@Drawn(1)
@OfHouse
class CeremonyHouseJourneyTest {
    /** Where it is 1, the ceremony is held in full, about forty minutes of processor. */
    private static final String IN_FULL = "BULWARK_CEREMONY";

    @Test
    @Soak
    void shouldBeTrustedWithKeysThatThreeContributorsMade(@TempDir Path folder) throws Exception {
        boolean inFull = "1".equals(System.getenv(IN_FULL));
        if (!inFull) {
            System.out.println("skipped: a ceremony of three for the demonstration's account circuit; " + IN_FULL
                    + "=1, which ./bulwark dev soak sets, holds it, forty minutes of processor");
        }
        assumeTrue(inFull);
        CeremonyOfThree.hold(folder);
    }

    @Test
    void shouldNotProveWithUnsafeKeysWhereTheFoundersNameACeremony(@TempDir Path home) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode founding = (ObjectNode) json.readTree(Demonstration.foundingFile());
        Digest transcript = Digest.sha256(new byte[] {1});
        founding.putArray("ceremonies").add(transcript.hex());
        founding.putObject("keys").put("origin", "ceremony").put("signed", 3);
        Path file = Files.write(home.resolve("house.json"), json.writeValueAsBytes(founding));
        Program demo = Program.run(home, "demo", "--once", "--house", file.toString());
        assertEquals(2, demo.exitCode(), demo.output());
        assertTrue(demo.output().contains("epoch 1, sealed"), demo.output());
        assertTrue(
                demo.output()
                        .contains("must come from a ceremony of transcript [" + transcript
                                + "]; unsafe keys are not accepted in their place"),
                demo.output());
        Program.refused(
                2,
                home,
                "must come from a ceremony of transcript",
                "proof",
                "prove",
                "fund",
                "--out",
                home.resolve("never.json").toString());
        try (Stream<Path> keys = Files.list(home.resolve("keys"))) {
            assertEquals(
                    List.of(),
                    keys.filter(key -> key.getFileName().toString().startsWith("unsafe-"))
                            .toList(),
                    "none were made");
        }
    }
}
