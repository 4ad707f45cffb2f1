package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.tier.OfHouse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A venue that talks nonsense, and one that is dead: both are named, nothing is lost, and everybody else gets a margin. */
@OfHouse
class QuarantineJourneyTest {
    private static final int HYPERLIQUID = 2;

    @Test
    void shouldKeepARefusedPayloadAndMarginTheOthers(@TempDir Path home) throws Exception {
        byte[] json = Demonstration.foundingFile();
        try (House house = House.open(new Home(home));
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation founded = house.cycle().found(json);
            VenueSurvey sound = survey(house, recorded, List.of());
            house.cycle().intake(withNonsense(sound), founded.file());

            List<QuarantinedPayload> kept = house.ledger().quarantine(1, 10);
            assertEquals(4, kept.size(), kept.toString());
            assertTrue(kept.stream()
                    .allMatch(q -> !q.refusal().field().isBlank()
                            && !q.refusal().rule().isBlank()));
            ComputedEpoch epoch = house.cycle().seal(founded);
            assertTrue(epoch.account(2).orElseThrow().margin().stated().isPresent(), "CYGNUS is not at that venue");
            assertTrue(
                    epoch.account(3).orElseThrow().margin().stated().isEmpty(),
                    "DRACO has a venue that was never understood");
            assertEquals(0, epoch.account(3).orElseThrow().lots().positions().size());
        }
    }

    @Test
    void shouldNotBookABlockThatIsNotFinal(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home));
                RecordedVenues recorded = RecordedVenues.bundled()) {
            FoundingFile file =
                    house.cycle().found(Demonstration.foundingFile()).file();
            VenueSurvey sound = survey(house, recorded, List.of("deribit", "hyperliquid", "dydx"));
            VenueSurvey head = new VenueSurvey(
                    sound.snapshots().stream()
                            .map(QuarantineJourneyTest::atTheHead)
                            .toList(),
                    List.of());
            assertEquals(0, house.cycle().intake(head, file));
            List<QuarantinedPayload> kept = house.ledger().quarantine(1, 10);
            assertEquals(head.snapshots().size(), kept.size());
            assertTrue(kept.stream().allMatch(q -> q.refusal().field().equals("horizon")), kept.toString());
        }
    }

    private static RawSnapshot atTheHead(RawSnapshot sound) {
        Horizon.Block block = (Horizon.Block) sound.horizon();
        return new RawSnapshot(
                sound.account(),
                new Horizon.Block(
                        block.chainId(), block.number(), block.hash(), Horizon.Finality.HEAD, block.timeMillis()),
                sound.readings());
    }

    @Test
    void shouldReadTheOthersWhenAVenueIsDead(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home));
                RecordedVenues recorded = RecordedVenues.bundled()) {
            house.cycle().found(Demonstration.foundingFile());
            VenueSurvey survey = survey(house, recorded, List.of("dydx"));
            assertTrue(
                    survey.unread().stream().allMatch(u -> u.venue().equals("dydx")),
                    survey.unread().toString());
            assertEquals(1, survey.unread().size());
            assertEquals(12, survey.snapshots().size());
        }
    }

    private static VenueSurvey survey(House house, RecordedVenues recorded, List<String> dead)
            throws InterruptedException {
        FoundingFile file = FoundingFile.read(Demonstration.foundingFile());
        List<VenueReader> readers = file.connections().stream()
                .map(c -> c.open(Endpoint.recorded(endpoint(
                        recorded, dead, file.listing().venue(c.number()).name()))))
                .toList();
        try {
            return house.cycle().survey(readers);
        } finally {
            readers.forEach(VenueReader::close);
        }
    }

    private static URI endpoint(RecordedVenues recorded, List<String> dead, String venue) {
        return dead.contains(venue) ? URI.create("http://127.0.0.1:9") : recorded.endpoint(venue);
    }

    /** Every account of one venue answers with text that is not its schema; its market is sound. */
    private static VenueSurvey withNonsense(VenueSurvey sound) {
        List<RawSnapshot> snapshots = sound.snapshots().stream()
                .map(s -> s.account().venue() == HYPERLIQUID
                                && !s.account().address().equals("market")
                        ? nonsense(s)
                        : s)
                .toList();
        return new VenueSurvey(snapshots, sound.unread());
    }

    private static RawSnapshot nonsense(RawSnapshot sound) {
        List<Reading> readings = sound.readings().stream()
                .map(r -> new Reading(
                        r.method(), r.parameters(), "{\"marginSummary\":7}".getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new RawSnapshot(sound.account(), sound.horizon(), readings);
    }
}
