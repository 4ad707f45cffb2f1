package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.margin.Candidate.Allocation;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of an account that must hold something beside its initial margin. */
final class HouseAllocationTest {
    private final RiskTable table = ReferenceTable.load();
    private final int perpetual = table.instrument("BTC-PERP").orElseThrow().number();

    private MarginAccount holding(Entry... positions) {
        return new MarginAccount(1_000_000_000_000L, List.of(positions), List.of(), List.of(), List.of());
    }

    @Test
    void shouldBeOpenWithExactlyWhatIsAskedAndInACallWithOneLess() {
        MarginAccount account = holding(new Entry(perpetual, 100));
        long excess = HouseAllocation.of(table, account).excess();
        assertTrue(excess > 0);
        HouseAllocation enough = HouseAllocation.of(table, account, candidate -> excess);
        assertEquals(AccountState.OPEN, enough.state());
        assertEquals(0, enough.excess());
        assertEquals(excess, enough.beside());
        HouseAllocation missing = HouseAllocation.of(table, account, candidate -> excess + 1);
        assertEquals(AccountState.CALL, missing.state());
        assertEquals(-1, missing.excess());
    }

    /** The buffer sees only what is margined: with the bought option in the paid list less is asked, so that allocation counts. */
    @Test
    void shouldLookForTheAllocationThatIsAskedLeast() {
        int call = table.instruments().stream()
                .filter(risk -> risk.paidUp())
                .findFirst()
                .orElseThrow()
                .number();
        MarginAccount account = holding(new Entry(call, 1));
        long given = HouseAllocation.of(table, account).excess();
        HouseAllocation house = HouseAllocation.of(
                table, account, candidate -> candidate.account().positions().isEmpty() ? 7 : given + 1);
        assertEquals(AccountState.OPEN, house.state());
        assertEquals(Allocation.ALL_PAID, house.counting().allocation());
        assertEquals(7, house.beside());
        assertEquals(house.counting().requirement().excessInitial() - 7, house.excess());
    }
}
