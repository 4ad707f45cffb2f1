package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.Stress.FamilyLoss;
import io.bulwark.netting.margin.Candidate.Allocation;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The worked numbers of {@code docs/methodology/margin.md}, by id, over the table that the house publishes for 2024-05-23. */
final class WorkedMarginTest {
    private static final int BTC_PERPETUAL = 0;
    private static final int BTC_CALL = 1;
    private static final int ETH_PERPETUAL = 4;
    private static final int AWETH = 2;
    private static final List<Entry> NONE = List.of();

    private final RiskTable table = RiskTableBuilder.marginTable(House.LISTING, House.market(), ParameterSet.founding())
            .table();

    @Test
    void shouldGiveMarg001ALongPerpetual() {
        MarginStatement statement = statement(0, List.of(new Entry(ETH_PERPETUAL, 1_000)), NONE, NONE);
        assertEquals("ETH \u221220 %", statement.scenario().text());
        assertEquals(List.of(7_570_000L, 19_000L, 38_000L, 71_919L, 500L), amounts(statement));
        assertEquals(7_699_419, statement.initialMargin());
        assertEquals(6_159_536, statement.maintenanceMargin());
    }

    @Test
    void shouldGiveMarg002CashAndCarry() {
        MarginStatement statement =
                statement(0, List.of(new Entry(ETH_PERPETUAL, -1_000)), List.of(new Entry(AWETH, 1_000)), NONE);
        assertEquals("ETH +20 %", statement.scenario().text());
        assertEquals(List.of(7_570_000L, -6_661_000L, 19_000L, 38_000L, 38_000L, 7L, 500L), amounts(statement));
        assertEquals(1_004_507, statement.initialMargin());
        assertEquals(33_306_000, statement.equity());
    }

    @Test
    void shouldGiveMarg003ASpreadAcrossUnderlyings() {
        MarginStatement statement =
                statement(0, List.of(new Entry(BTC_PERPETUAL, 1_000), new Entry(ETH_PERPETUAL, -2_640)), NONE, NONE);
        assertEquals("adversarial", statement.scenario().combo());
        assertEquals(
                "BTC \u22128 %, ETH +10 %, coins apart", statement.scenario().text());
        assertEquals(
                List.of(3_984_800L, 35_984_800L, 14_588_400L, 3_984_800L, 0L, 3_984_800L, 17_992_400L),
                losses(statement));
        assertEquals(17_992_400, statement.given().stress());
        assertEquals(18_604_587, statement.initialMargin());
    }

    @Test
    void shouldGiveMarg004NegativeCash() {
        MarginStatement statement = statement(-10_000_001, NONE, List.of(new Entry(AWETH, 1_000)), NONE);
        assertEquals(33_306_000 - 10_100_002, statement.equity());
        assertEquals(3_743_912, statement.initialMargin());
    }

    @Test
    void shouldGiveMarg005ABoughtOptionThatMovesToThePaidUpSleeve() {
        MarginStatement statement = statement(0, List.of(new Entry(BTC_CALL, 5)), NONE, NONE);
        assertEquals(16_648_423, statement.initialMargin());
        assertEquals(13_307_470, statement.equity());
        assertEquals(Allocation.ALL_PAID, statement.house().counting().allocation());
        assertEquals(0, statement.house().counting().requirement().initialMargin());
        assertEquals(AccountState.OPEN, statement.state());
    }

    private MarginStatement statement(long cash, List<Entry> positions, List<Entry> collateral, List<Entry> debt) {
        MarginAccount account = new MarginAccount(cash, positions, NONE, collateral, debt);
        return assertInstanceOf(MarginStatement.class, PortfolioMargin.evaluate(table, account));
    }

    private static List<Long> amounts(MarginStatement statement) {
        return statement.explanation().terms().stream()
                .map(Explanation.Term::amount)
                .toList();
    }

    private static List<Long> losses(MarginStatement statement) {
        return statement.given().families().stream().map(FamilyLoss::loss).toList();
    }
}
