package io.bulwark.adapter.lyra;

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

/** The adapter against real Lyra contracts on a local chain, checked against what the contracts say. */
@OfChain
class LyraLiveTest {
    @Test
    void shouldAgreeWithTheContractsOnEveryAccount() throws Exception {
        try (DerivativesHouse house = DerivativesHouse.live(Protocol.LYRA)) {
            LyraAgreement.require(house);
        }
    }

    @Test
    void shouldMakeTheCommittedRecordingAgainByteForByte(@TempDir Path directory) throws Exception {
        DerivativesHouse.live(Protocol.LYRA).close();
        Path again = directory.resolve("lyra.json");
        assertEquals(4, record(again));
        assertArrayEquals(
                Files.readAllBytes(Path.of("src/main/resources/recordings/lyra.json")), Files.readAllBytes(again));
    }

    private static int record(Path file) throws IOException, VenueException {
        return DerivativesRecorder.record(Protocol.LYRA, DerivativesHouse.BED, file);
    }
}
