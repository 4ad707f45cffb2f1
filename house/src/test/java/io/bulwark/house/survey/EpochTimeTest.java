package io.bulwark.house.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.oracle.OracleParameters;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No single venue sets the time of an epoch, none holds it, and it never goes back. */
class EpochTimeTest {
    private static final ParameterSet NAMED = GovernedNumbers.ofAllRooms().named(ParameterSet.founding());

    private static final long NOW = 1_716_487_860_000L;
    private static final long SKEW = 120_000;

    @Test
    void shouldBeTheLowerMedianOfVenues() {
        assertEquals(NOW + 2, time(NAMED, NOW + 1, NOW + 2, NOW + 3));
        assertEquals(NOW + 2, time(NAMED, NOW + 4, NOW + 2, NOW + 3, NOW + 1));
        assertEquals(NOW + 1, time(NAMED, NOW + 2, NOW + 1), "of two the earlier: never the largest");
        assertEquals(NOW, time(NAMED, NOW));
        assertEquals(0, time(NAMED));
        ParameterSet most = NAMED.with(OracleParameters.TIME_QUANTILE, 99);
        assertEquals(NOW + 3, time(most, NOW + 1, NOW + 2, NOW + 3, NOW + 4), "not even at its bound");
    }

    @Test
    void shouldCountAVenueOnceHoweverManyAccountsItHas() {
        List<RawSnapshot> raw = new ArrayList<>();
        for (int account = 0; account < 50; account++) {
            raw.add(snapshot(0, "account " + account, NOW + SKEW - account));
        }
        raw.add(snapshot(1, VenueAccount.MARKET, NOW));
        raw.add(snapshot(2, VenueAccount.MARKET, NOW + 1));
        assertEquals(NOW + 1, set(raw).timeMillis(NAMED, OptionalLong.empty()));
    }

    @Test
    void shouldNotFollowALiarAsFarAsTheIntakeLetsItAhead() {
        assertEquals(NOW, time(NAMED, NOW, NOW, NOW + SKEW));
        assertEquals(NOW, time(NAMED, NOW, NOW + SKEW), "of two as well: no more than the clock of who took it in");
    }

    @Test
    void shouldNotBeHeldByVenuesThatFellSilent() {
        long stopped = NOW - 86_400_000;
        assertEquals(NOW - SKEW, time(NAMED, stopped, stopped, stopped, NOW));
    }

    @Test
    void shouldNeverGoBack() {
        SnapshotSet set = set(List.of(snapshot(0, VenueAccount.MARKET, NOW)));
        assertEquals(NOW + 7, set.timeMillis(NAMED, OptionalLong.of(NOW + 7)));
        assertEquals(NOW, set.timeMillis(NAMED, OptionalLong.of(NOW - 7)));
    }

    @Test
    void shouldReadWhatWasSealedBeforeAsItWasSealed() {
        assertEquals(NOW + 3, time(ParameterSet.founding(), NOW + 1, NOW + 3, NOW + 2));
        SnapshotSet set = set(List.of(snapshot(0, VenueAccount.MARKET, NOW)));
        assertEquals(NOW, set.timeMillis(ParameterSet.founding(), OptionalLong.of(NOW + 7)), "nothing else counted");
    }

    /** Fewer than half of the venues, whatever they say within what the intake takes, move it by no more than honest ones part. */
    @Test
    void shouldStayAmongHonestVenues() {
        Random random = new Random(1);
        for (int round = 0; round < 10_000; round++) {
            int venues = 3 + random.nextInt(12);
            int liars = random.nextInt((venues + 1) / 2);
            long[] said = new long[venues];
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (int venue = 0; venue < venues; venue++) {
                boolean lies = venue < liars;
                said[venue] = NOW + (lies ? random.nextLong(-86_400_000, SKEW + 1) : -random.nextInt(1_000));
                least = lies ? least : Math.min(least, said[venue]);
                most = lies ? most : Math.max(most, said[venue]);
            }
            long time = time(NAMED, said);
            assertTrue(time >= least && time <= Math.max(most, NOW), round + ": " + (time - NOW));
        }
    }

    private static long time(ParameterSet parameters, long... newest) {
        List<RawSnapshot> raw = new ArrayList<>();
        for (int venue = 0; venue < newest.length; venue++) {
            raw.add(snapshot(venue, VenueAccount.MARKET, newest[venue]));
            raw.add(snapshot(venue, "an older account", newest[venue] - 5_000));
        }
        return set(raw).timeMillis(parameters, OptionalLong.empty());
    }

    private static SnapshotSet set(List<RawSnapshot> raw) {
        return new SnapshotSet(
                raw,
                raw.stream()
                        .map(one -> new VenueSnapshot(one, List.of(), List.of(), EvidenceGrade.UNSIGNED, List.of()))
                        .toList());
    }

    private static RawSnapshot snapshot(int venue, String address, long timeMillis) {
        return new RawSnapshot(new VenueAccount(venue, address), new Horizon.VenueTime(timeMillis), List.of());
    }
}
