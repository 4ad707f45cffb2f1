package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.TroubledVenue.Mood;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.house.House;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueMark;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.simulation.ManyVenues;
import io.bulwark.tier.OfHouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen venues at once, each a server of its own; two hang, one lies: the round ends in time, those three are marked, and nothing of the
 * others is missing.
 */
@OfHouse
class PollingJourneyTest {
    private static final int SNAPSHOTS_OF_ONE_COPY = 16;
    private static final long LATER_MILLIS = 90_000;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Without the round's own deadline the venues that hang would keep it for so long. */
    private static final Duration ANSWER = Duration.ofMinutes(10);

    @Test
    void shouldEndTheRoundInTimeAndMarkWhoHangsAndWhoLies(@TempDir Path home) throws Exception {
        try (ManyVenues venues = new ManyVenues();
                House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(venues.founding());
            List<VenueReader> adapters =
                    venues.readers(new ReadBudget(10_000, Duration.ofSeconds(1), ANSWER, 3, 8 << 20));
            try {
                VenueSurvey sound = house.cycle().survey(adapters, Duration.ofMinutes(5));
                assertEquals(List.of(), house.cycle().marks(sound, founded.file()));
                assertEquals(
                        SNAPSHOTS_OF_ONE_COPY * ManyVenues.COPIES, house.cycle().intake(sound, founded.file()));

                inTrouble(venues, house, founded, adapters, sound);
            } finally {
                adapters.forEach(VenueReader::close);
            }
        }
    }

    private static void inTrouble(
            ManyVenues venues, House house, Foundation founded, List<VenueReader> adapters, VenueSurvey sound)
            throws InterruptedException {
        int hanging = venues.number("deribit", 1);
        int trickling = venues.number("dydx", 2);
        int lying = venues.number("hyperliquid", 3);
        venues.become(hanging, new Mood.Hangs(ANSWER));
        venues.become(trickling, new Mood.Trickles());
        venues.become(lying, ManyVenues.lying());
        venues.become(venues.number("hyperliquid", 0), ManyVenues.later(LATER_MILLIS));

        long start = System.nanoTime();
        VenueSurvey round = house.cycle().survey(adapters, PATIENCE);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(PATIENCE.multipliedBy(4)) < 0, "took " + took);

        Set<Integer> troubled = Set.of(hanging, trickling, lying);
        assertEquals(others(sound, troubled), others(round, troubled), () -> "unread: " + round.unread());
        List<VenueMark> marks = house.cycle().marks(round, founded.file());
        assertEquals(Set.of("deribit-2", "dydx-3", "hyperliquid-4"), names(marks));
        for (VenueMark mark : marks) {
            assertEquals(mark.account().venue() == lying, mark.refused(), mark.text());
            long age = mark.ageMillis().orElseThrow();
            assertTrue(age >= LATER_MILLIS && age < LATER_MILLIS + 5_000, mark.text());
        }
        Refusal lie = marks.stream()
                .flatMap(mark -> mark.refusal().stream())
                .findFirst()
                .orElseThrow();
        assertEquals("clearinghouseState.marginSummary", lie.field());
        assertFalse(lie.value().isBlank() || lie.rule().isBlank(), lie.toString());

        assertEquals(5, house.cycle().intake(round, founded.file()), "one venue had news");
        List<QuarantinedPayload> kept = house.ledger().quarantine(1, 100);
        assertEquals(
                marks.stream().filter(VenueMark::refused).count(), kept.size(), "what is refused is kept: " + kept);
        assertTrue(kept.stream().allMatch(q -> q.refusal().field().equals(lie.field())), kept.toString());
        assertEquals(0, house.cycle().intake(round, founded.file()), "the same round twice is no change");
        assertEquals(kept, house.ledger().quarantine(1, 100));
        assertEquals(List.of(), house.ledger().incidents());
    }

    private static List<VenueAccount> others(VenueSurvey survey, Set<Integer> troubled) {
        return survey.snapshots().stream()
                .map(RawSnapshot::account)
                .filter(account -> !troubled.contains(account.venue()))
                .toList();
    }

    private static Set<String> names(List<VenueMark> marks) {
        return marks.stream().map(VenueMark::venue).collect(Collectors.toSet());
    }
}
