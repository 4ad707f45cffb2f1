package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The monitor against hand-counted tails, and against the margin's own expected shortfall at its own level. */
class ShortfallMonitorTest {
    @Test
    void shouldAgreeWithTheMarginsShortfallAtItsLevel() {
        RiskTable table = ReferenceTable.load();
        int level = 1_000_000 - table.parameters().tail();
        int met = 0;
        for (int lots : new int[] {1_000, -1_000, 25}) {
            for (int instrument : new int[] {0, 5, 20, 60}) {
                MarginAccount account =
                        account(table.instruments().get(instrument).number(), lots);
                ShortfallMonitor monitor = ShortfallMonitor.of(table, account, level);
                long margin = MarginStatement.of(table, account).given().shortfall();
                assertEquals(margin, Math.max(0, monitor.expectedShortfall()));
                assertTrue(monitor.valueAtRisk() <= monitor.expectedShortfall());
                met += margin > 0 ? 1 : 0;
            }
        }
        assertTrue(met > 6, "most of these books have a shortfall; " + met);
    }

    /** No row weighs less than 100 ppm: at 99.99 % the worst row alone is both measures, at lower levels both are smaller. */
    @Test
    void shouldReadTheTailToTheRow() {
        RiskTable table = ReferenceTable.load();
        MarginAccount one = account(table.instruments().getFirst().number(), 1);
        long worst = -table.instruments().getFirst().es().stream().min().orElseThrow();
        assertEquals(new ShortfallMonitor(999_900, 200, worst, worst), ShortfallMonitor.of(table, one, 999_900));
        ShortfallMonitor wide = ShortfallMonitor.of(table, one, 900_000);
        assertTrue(0 < wide.valueAtRisk() && wide.valueAtRisk() < wide.expectedShortfall(), wide.toString());
        assertTrue(wide.expectedShortfall()
                < ShortfallMonitor.of(table, one, 930_000).expectedShortfall());
        assertTrue(ShortfallMonitor.of(table, one, 500_000).valueAtRisk() < wide.valueAtRisk());
    }

    /** The two best rows for a long perpetual are the worst for a short one, and weigh 100 ppm each. */
    @Test
    void shouldAverageTheWorstRowsOfEqualWeight() {
        RiskTable table = ReferenceTable.load();
        MarginAccount one = account(table.instruments().getFirst().number(), -1);
        long[] gains = IntStream.range(0, 200)
                .filter(r -> table.esWeights().at(r) == 100)
                .mapToLong(r -> table.instruments().getFirst().es().at(r))
                .sorted()
                .toArray();
        long first = gains[gains.length - 1];
        long second = gains[gains.length - 2];
        ShortfallMonitor monitor = ShortfallMonitor.of(table, one, 999_800);
        assertEquals(second, monitor.valueAtRisk());
        assertEquals(Math.ceilDiv(first + second, 2), monitor.expectedShortfall());
    }

    @Test
    void shouldRefuseALevelThatIsNone() {
        RiskTable table = ReferenceTable.load();
        for (int level : new int[] {0, 499_999, 1_000_000}) {
            assertThrows(IllegalArgumentException.class, () -> ShortfallMonitor.of(table, MarginAccount.EMPTY, level));
        }
    }

    private static MarginAccount account(int instrument, long lots) {
        return new MarginAccount(0, List.of(new Entry(instrument, lots)), List.of(), List.of(), List.of());
    }
}
