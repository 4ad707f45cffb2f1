package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The monitor against hand-counted tails, and against the margin's own expected shortfall at its own level. */
class ShortfallMonitorTest {
    @Test
    void shouldAgreeWithTheMarginsShortfallAtItsLevel() {
        RiskTable table = ReferenceData.table();
        int level = 1_000_000 - (int) table.parameters().tail();
        int met = 0;
        for (int lots : new int[] {1_000, -1_000, 25}) {
            for (int instrument : new int[] {0, 5, 20, 60}) {
                MarginAccount account = account(table.instruments().get(instrument).number(), lots);
                ShortfallMonitor monitor = ShortfallMonitor.of(table, account, level);
                long margin = MarginStatement.of(table, account).given().shortfall();
                assertEquals(margin, Math.max(0, monitor.expectedShortfall()));
                assertTrue(monitor.valueAtRisk() <= monitor.expectedShortfall());
                met += margin > 0 ? 1 : 0;
            }
        }
        assertTrue(met > 6, "most of these books have a shortfall; " + met);
    }

    /** In the reference table the outermost 30 rows weigh 100 ppm each: at 99.99 % the worst one is both measures. */
    @Test
    void shouldReadTheTailToTheRow() {
        RiskTable table = ReferenceData.table();
        int perpetual = table.instruments().getFirst().number();
        long worst = -table.instruments().getFirst().es().stream().min().orElseThrow();
        MarginAccount one = account(perpetual, 1);
        assertThrows(IllegalArgumentException.class, () -> ShortfallMonitor.of(table, one, 999_900));
        ShortfallMonitor half = ShortfallMonitor.of(table, one, 900_000);
        assertTrue(half.valueAtRisk() < worst && half.valueAtRisk() > 0, half.toString());
        assertTrue(half.valueAtRisk() < ShortfallMonitor.of(table, one, 930_000).valueAtRisk());
        assertThrows(IllegalArgumentException.class, () -> ShortfallMonitor.of(table, one, 400_000));
    }

    private static MarginAccount account(int instrument, long lots) {
        return new MarginAccount(0, List.of(new Entry(instrument, lots)), List.of(), List.of(), List.of());
    }
}
