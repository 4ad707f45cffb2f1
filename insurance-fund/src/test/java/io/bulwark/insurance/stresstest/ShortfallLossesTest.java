package io.bulwark.insurance.stresstest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.margin.ShortfallMonitor;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** What an account loses in the rows of expected shortfall, against the monitor of another room over the same table. */
class ShortfallLossesTest {
    private static final int ALL = 990_000;
    private static final RiskTable TABLE = VaultTable.tableWith(new ExpectedShortfallRows(
            "drawn by hand",
            Map.of(1, IntColumn.of(-100_000, 50_000, -300_000, 0), 2, IntColumn.of(-150_000, 70_000, -250_000, 10_000)),
            IntColumn.zeros(4),
            IntColumn.of(8_000, 492_000, 4_000, 496_000)));
    private static final MarginAccount HELD = new MarginAccount(
            0,
            List.of(new Entry(VaultTable.BTC, 40), new Entry(VaultTable.ETH, -30)),
            List.of(new Entry(0, 25)),
            List.of(),
            List.of());

    @Test
    void shouldBeTheLossesThatTheMonitorSees() {
        long[] losses = new StressedAccount(3, "alice", HELD, 0).shortfallLosses(TABLE);
        assertEquals(4, losses.length);
        assertTrue(losses[0] > 0 && losses[1] < 0, Arrays.toString(losses));
        TailLosses tail = new TailLosses(
                List.of(Arrays.stream(losses)
                        .mapToObj(loss -> new BigFraction(BigInteger.valueOf(loss)))
                        .toList()),
                List.of(ppm(8_000), ppm(492_000), ppm(4_000), ppm(496_000)),
                ppm(ALL));
        BigFraction mean = tail.expectedShortfall(1);
        assertEquals(
                ShortfallMonitor.of(TABLE, HELD, ALL).expectedShortfall(),
                -Math.floorDiv(
                        -mean.getNumerator().longValueExact(),
                        mean.getDenominator().longValueExact()));
    }

    @Test
    void shouldAskOfTheFundWhatIsLostBeyondWhatIsHeld() {
        long[] losses = new StressedAccount(3, "alice", HELD, 0).shortfallLosses(TABLE);
        FundLosses.Tail tail = FundLosses.Tail.of(
                TABLE,
                List.of(new StressedAccount(3, "alice", HELD, losses[0]), new StressedAccount(4, "alice", HELD, 0)));
        assertEquals(List.of(8_000, 492_000, 4_000, 496_000), tail.weightsPpm());
        assertEquals(
                List.of(0, 1, 2, 3), tail.rows().stream().map(StressRow::row).toList());
        assertEquals(losses[0], tail.rows().getFirst().total(), "the first account holds what it loses");
        assertEquals(0, tail.rows().get(1).total(), "nobody pays for a gain");
    }

    private static BigFraction ppm(int share) {
        return new BigFraction(share, 1_000_000);
    }
}
