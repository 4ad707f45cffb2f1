package io.bulwark.house.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.CrashReplays.CrashFact;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashReplayFileTest {
    @Test
    void shouldReadTheReplaysOfTheFactsFileInItsOrder() {
        List<CrashDay> replays = CrashReplayFile.replays();
        assertEquals(13, replays.size());
        assertEquals(CrashDay.MARCH_2020, replays.getFirst());
        assertEquals("2025-10-10", replays.getLast().day());
        assertEquals(-259_500, replays.getLast().move("SOL"));
    }

    @Test
    void shouldKeepBrokenPegsOutOfTheReplays() {
        List<String> pegs = CrashReplayFile.facts().stream()
                .map(CrashFact::peg)
                .flatMap(peg -> peg.stream())
                .toList();
        assertTrue(pegs.containsAll(List.of("USDC", "DAI", "stETH")));
        assertTrue(CrashReplayFile.replays().stream()
                .noneMatch(replay -> replay.moves().containsKey("USDC")));
    }
}
