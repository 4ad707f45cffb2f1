package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.house.HouseFile;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.register.FoundingRegister;
import io.bulwark.clearing.register.HouseStatementRegister;
import io.bulwark.house.House;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house lists its keys as they come, after epochs that they prove were sealed; the newest list is sealed with the next epoch. */
@OfHouse
class KeyListJourneyTest {
    private static final byte[] ACCOUNT = "record of account".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BOOK = "record of book".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldSealTheNewestListOfKeysWithTheNextEpoch(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        try (House house = House.open(home);
                RecordedVenues recorded = RecordedVenues.bundled()) {
            QuorumLists listed = listedBy(house);
            Foundation foundation = house.cycle().found(Demonstration.foundingFile());
            assertThrows(RuntimeException.class, () -> listed.list(ACCOUNT), "there is no house yet");
            house.cycle().intake(RecordedSurvey.of(house, foundation.file(), recorded), foundation.file());
            house.cycle().seal(foundation);
            assertEquals(Optional.empty(), sealedList(house, 1));

            listed.list(ACCOUNT);
            KeyList first = listed.newest().orElseThrow();
            listed.list(ACCOUNT);
            assertEquals(first, listed.newest().orElseThrow(), "a key that is listed changes nothing");
            listed.list(BOOK);
            KeyList second = listed.newest().orElseThrow();
            assertEquals(Optional.empty(), second.flawAfter(first));
            assertTrue(second.find(Digest.sha256(ACCOUNT)).orElseThrow().serves(1), "an epoch that was sealed before");

            house.cycle().seal(foundation);
            assertEquals(Optional.of(second.digest()), sealedList(house, 2));
            assertTrue(house.archive().replay(2).orElseThrow().equal());
            assertThrows(IllegalStateException.class, () -> listed.requireSigned(first.previous()));
            listed.requireSigned(first.digest());
            everybodyReadsIt(house, second);
        }
        try (House again = House.open(home)) {
            assertFalse(again.statements().isEmpty());
            assertTrue(again.archive().replay(2).orElseThrow().equal());
        }
    }

    private static QuorumLists listedBy(House house) {
        return new QuorumLists(
                new FoundingRegister(house.database()),
                house.documents(),
                new HouseStatementRegister(house.database()),
                house.signing());
    }

    private static Optional<Digest> sealedList(House house, long epoch) {
        EpochInputs inputs = house.epochs().epoch(epoch).orElseThrow().inputs();
        return Optional.ofNullable(inputs.documents().get(EpochArchive.KEYS));
    }

    private static void everybodyReadsIt(House house, KeyList list) throws Exception {
        byte[] json = new ObjectMapper()
                .writeValueAsBytes(HouseFile.of(house, HouseFile.EPOCHS_MAX).json());
        HouseFile file = HouseFile.read(house.library(), json);
        assertEquals(Optional.of(list), file.keys());
        assertEquals(
                List.of(Digest.sha256(ACCOUNT), Digest.sha256(BOOK)).stream()
                        .sorted()
                        .toList(),
                file.records().stream().map(Digest::sha256).toList());
        assertEquals(2, file.epochs().size());
        assertEquals(
                1,
                HouseFile.of(house, 1).epochs().size(),
                "the newest " + file.epochs().getFirst().sealed().epoch().number());
    }
}
