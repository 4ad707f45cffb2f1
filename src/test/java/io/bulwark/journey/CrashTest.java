package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.cycle.Home;
import io.bulwark.api.cycle.House;
import io.bulwark.clearing.ledger.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration is killed with SIGKILL wherever it does something that must not be done by half; then it runs to its end. */
class CrashTest {
    private static final List<String> POINTS = List.of(
            "Open the books",
            "Book what they hold",
            "Reprice, net, margin and seal",
            "Size the insurance fund",
            "Prove one account's solvency");

    /** What each point leaves the program time for, so that the kill comes in the middle of the step. */
    private static final long[] MILLIS_LATER = {150, 120, 60, 30, 400};

    private static final int SNAPSHOTS = 14;
    private static final int CONTRIBUTIONS = 6;

    @Test
    void shouldLoseNothingAndDoubleNothingWhereverItIsKilled(@TempDir Path home) throws Exception {
        for (int i = 0; i < POINTS.size(); i++) {
            Program killed = Program.start(home, "demo", "--once");
            killed.await(POINTS.get(i));
            Thread.sleep(MILLIS_LATER[i]);
            killed.kill();
        }
        Program survivor = Program.run(home, "demo", "--once");
        assertEquals(0, survivor.exitCode(), survivor.output());
        assertTrue(survivor.output().contains("debits = credits"), survivor.output());
        everythingIsBookedOnce(home);
    }

    private static void everythingIsBookedOnce(Path home) throws IOException {
        try (House house = House.forReading(new Home(home))) {
            assertEquals(SNAPSHOTS + CONTRIBUTIONS, house.verify().entries());
            List<JournalEntry> entries = house.ledger().entries(1, 100);
            assertEquals(
                    entries.size(),
                    entries.stream().map(JournalEntry::source).distinct().count());
            long last = house.archive().last();
            assertTrue(last >= 1, "an epoch must be sealed");
            for (long epoch = 1; epoch <= last; epoch++) {
                assertTrue(house.archive().replay(epoch).orElseThrow().equal(), "epoch " + epoch);
                assertEquals(3, house.epochs().signatures(epoch).size(), "signatures on epoch " + epoch);
            }
        }
    }
}
