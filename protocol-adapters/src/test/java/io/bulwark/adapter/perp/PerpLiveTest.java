package io.bulwark.adapter.perp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import io.bulwark.adapter.recording.DerivativesHouse;
import io.bulwark.adapter.recording.DerivativesRecorder;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter against real Perp v2 contracts on a local chain, checked against what the contracts say. */
@OfChain
class PerpLiveTest {
    @Test
    void shouldAgreeWithTheContractsOnEveryAccount() throws Exception {
        try (DerivativesHouse house = DerivativesHouse.live(Protocol.PERP)) {
            PerpAgreement.require(house);
        }
    }

    @Test
    void shouldMakeTheCommittedRecordingAgainByteForByte(@TempDir Path directory) throws Exception {
        DerivativesHouse.live(Protocol.PERP).close();
        Path again = directory.resolve("perp.json");
        assertEquals(7, record(again));
        assertArrayEquals(
                Files.readAllBytes(Path.of("src/main/resources/recordings/perp.json")), Files.readAllBytes(again));
    }

    private static int record(Path file) throws IOException, VenueException {
        return DerivativesRecorder.record(Protocol.PERP, DerivativesHouse.BED, file);
    }
}
