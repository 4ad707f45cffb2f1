package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.house.HouseFile;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house stays the house that it was founded as: another network, another rule of keys and another quorum are refused by name. */
@OfHouse
class FoundingJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldStayTheHouseThatItWasFoundedAs(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        FoundingDocument founding = founded(home);
        assertEquals(new KeyRule.Test(), founding.keys());
        servesNothingWithoutAQuorumKey(home, founding);
        servesNothingWithAnotherQuorumKey(home);
        try (House again = House.open(home)) {
            assertEquals(Optional.of(founding), again.founding());
        }
    }

    private static FoundingDocument founded(Home home) throws Exception {
        try (House house = House.open(home);
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation foundation = house.cycle().found(Demonstration.foundingFile());
            house.cycle().intake(RecordedSurvey.of(house, foundation.file(), recorded), foundation.file());
            assertEquals(Optional.empty(), house.founding(), "nothing is founded before the first epoch");
            house.cycle().seal(foundation);
            refusesAnotherHouse(house);
            showsWhatEverybodyMayKnow(house);
            return house.founding().orElseThrow();
        }
    }

    /** Lots so small that one member holds more of them than any table counts: it has no margin, and everybody else has. */
    @Test
    void shouldSealForAllOthersWhereOneHoldsTooManyLots(@TempDir Path folder) throws Exception {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        ((ObjectNode) file.get("parameters")).put("table.design", 0);
        file.get("assets").forEach(asset -> {
            if (asset.get("name").textValue().equals("aWETH")) {
                ((ObjectNode) asset).put("lot", "0.00000005");
            }
        });
        try (House house = House.open(new Home(folder));
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation founded = house.cycle().found(file.toString().getBytes(StandardCharsets.UTF_8));
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
            ComputedEpoch epoch = house.cycle().seal(founded);
            List<AccountLine> without = epoch.accounts().stream()
                    .filter(line -> line.margin() instanceof AccountMargin.Without)
                    .toList();
            assertFalse(without.isEmpty() || without.size() == epoch.accounts().size(), without::toString);
            without.forEach(line -> assertTrue(
                    line.margin().toString().contains("lots must lie within"),
                    () -> line.margin().toString()));
            assertTrue(house.archive().replay(1).orElseThrow().equal());
        }
    }

    private static void refusesAnotherHouse(House house) throws IOException {
        assertEquals("founding.network", refused(house, document().put("network", "another")));
        ObjectNode ceremony = document();
        ceremony.putObject("keys").put("origin", "ceremony").put("signed", 3);
        assertEquals("founding.keys", refused(house, ceremony));
        ObjectNode usurping = document();
        ((ObjectNode) usurping.get("accounts").get(0)).put("member", "the house");
        assertEquals("accounts.member", refused(house, usurping), "its own capital is nobody else's");
        house.cycle().found(Demonstration.foundingFile());
    }

    private static ObjectNode document() throws IOException {
        return (ObjectNode) JSON.readTree(Demonstration.foundingFile());
    }

    private static String refused(House house, ObjectNode file) {
        byte[] json = file.toString().getBytes(StandardCharsets.UTF_8);
        return assertThrows(BadInput.class, () -> house.cycle().found(json)).field();
    }

    private static void showsWhatEverybodyMayKnow(House house) throws IOException {
        HouseFile file = HouseFile.of(house, HouseFile.EPOCHS_MAX);
        byte[] written = JSON.writeValueAsBytes(file.json());
        assertEquals(file, HouseFile.read(house.library(), written));
        assertEquals(1, file.epochs().size());
        assertEquals(3, file.epochs().getFirst().signatures().size());
        assertEquals(
                List.of(HouseStatement.Subject.READERS),
                file.statements().stream()
                        .map(signed -> signed.statement().subject())
                        .toList(),
                "no key was made yet");
        Path exported = Files.write(house.home().folder().resolve("house.json"), written);
        house.attestForChains(file.epochs().getFirst().sealed());
        HouseSecrets.of(house.home().folder())
                .requireNoneIn(exported, house.home().keys());
    }

    private static void servesNothingWithoutAQuorumKey(Home home, FoundingDocument founding) throws IOException {
        Path key = home.signing().resolve("quorum-2.key");
        Path elsewhere = home.folder().resolve("copy");
        Files.move(key, elsewhere);
        assertTrue(refused(home).contains(key + " is missing"));
        assertFalse(Files.exists(key), "none is drawn in its place");
        try (House reading = House.forReading(home)) {
            assertEquals(Optional.of(founding), reading.founding(), "reading needs no key");
        }
        Files.move(elsewhere, key);
    }

    private static void servesNothingWithAnotherQuorumKey(Home home) throws IOException {
        Path key = home.signing().resolve("quorum-3.key");
        Path elsewhere = home.folder().resolve("copy");
        Files.move(key, elsewhere);
        QuorumKey.in(key);
        assertTrue(refused(home).contains(key + " must be the one that the house was founded with"));
        Files.delete(key);
        Files.move(elsewhere, key);
    }

    private static String refused(Home home) {
        return String.valueOf(
                assertThrows(IllegalStateException.class, () -> House.open(home).close())
                        .getMessage());
    }
}
