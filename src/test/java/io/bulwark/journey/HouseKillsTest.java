package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds with each commit, a hundred by night; {@code ./bulwark dev kills} as many as one likes. */
@OfHouse
@Sized
class HouseKillsTest {
    private static final long SEED = 20_240_524;

    @Test
    void shouldAnswerAgainWhicheverChildIsKilled(@TempDir Path home) throws Exception {
        int rounds = Tier.size(6, 100);
        try (HouseKills kills = HouseKills.over(home)) {
            List<HouseKills.Round> done = kills.rounds(rounds, SEED);
            assertEquals(rounds, done.size());
            assertTrue(done.stream().map(HouseKills.Round::killed).distinct().count() > 1, done::toString);
        }
    }
}
