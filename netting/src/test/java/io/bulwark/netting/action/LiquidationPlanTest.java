package io.bulwark.netting.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.RandomAccounts;
import io.bulwark.netting.margin.ReferenceTable;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a liquidation would trade is allowed trade by trade, says what it leaves, and takes hedged pairs before it takes a side. */
final class LiquidationPlanTest {
    private static final long CLEARANCE = 50_000;

    private final RiskTable table = ReferenceTable.load();
    private final ActionTable rules = new ActionTable(table, TableAge.fresh(ParameterSet.founding()), Map.of());

    @Test
    void shouldSayWhatEveryBatchLeavesAndBeAllowedEachTime() {
        RandomAccounts accounts = new RandomAccounts(table, new Random(29));
        int batches = 0;
        int restored = 0;
        for (int i = 0; i < 12; i++) {
            MarginAccount account = accounts.any();
            LiquidationPlan plan = LiquidationPlan.of(rules, account, CLEARANCE, 3);
            long before = beyond(account);
            assertEquals(before >= 0, plan.batches().isEmpty() && plan.restores());
            for (LiquidationPlan.Batch batch : plan.batches()) {
                Action action = Action.trades(batch.fills().toArray(Fill[]::new));
                assertTrue(rules.judge(account, action).allowed(), batch::toString);
                account = action.applyTo(account);
                assertEquals(batch.excess(), beyond(account), "margined again after the batch");
                assertTrue(batch.excess() > before, "each batch helps");
                assertTrue(batch.cost() >= 0);
                before = batch.excess();
            }
            assertEquals(plan.excess(), beyond(account));
            batches += plan.batches().size();
            restored += plan.restores() ? 1 : 0;
        }
        assertTrue(batches > 20 && restored > 4, batches + " batches, " + restored + " restored");
    }

    /** 16,000 lots of a perpetual against as much delta of another contract on the same coin: both sides go at once. */
    @Test
    void shouldTakeBothSidesOfAHedgeBeforeASideThatExposes() {
        InstrumentRisk perpetual = table.instrument("BTC-PERP").orElseThrow();
        InstrumentRisk dated = table.instruments().stream()
                .filter(risk -> risk.number() != perpetual.number()
                        && risk.delta().size() == 1
                        && risk.vega().isEmpty()
                        && risk.delta().getFirst().group()
                                == perpetual.delta().getFirst().group())
                .findFirst()
                .orElseThrow();
        long hedge = 16_000L
                * perpetual.delta().getFirst().amount()
                / dated.delta().getFirst().amount();
        MarginAccount account = new MarginAccount(
                0,
                List.of(new Entry(perpetual.number(), 16_000), new Entry(dated.number(), -hedge)).stream()
                        .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
        LiquidationPlan plan = LiquidationPlan.of(rules, account, CLEARANCE, 4);
        assertTrue(!plan.batches().isEmpty());
        LiquidationPlan.Batch first = plan.batches().getFirst();
        assertTrue(first.isNeutral(), first::toString);
        assertEquals(2, first.fills().size(), () -> "both sides at once: " + plan);
        assertTrue(first.fills().stream().allMatch(fill -> fill.role() == Role.POSITION));
    }

    /** What is owed where collateral stands is repaid out of it: no cash is left over beyond one lot of the debt. */
    @Test
    void shouldRepayADebtOutOfItsCollateral() {
        int ether = table.asset("ETH").orElseThrow().number();
        int dollars = table.asset("USDC").orElseThrow().number();
        long held = 2_000;
        long owed = held
                * table.asset(ether).orElseThrow().price()
                * 85
                / 100
                / table.asset(dollars).orElseThrow().price();
        MarginAccount account = new MarginAccount(
                0, List.of(), List.of(), List.of(new Entry(ether, held)), List.of(new Entry(dollars, owed)));
        LiquidationPlan plan = LiquidationPlan.of(rules, account, CLEARANCE, 5);
        assertTrue(plan.restores(), plan::toString);
        MarginAccount left = account;
        for (LiquidationPlan.Batch batch : plan.batches()) {
            assertEquals(
                    List.of(Role.COLLATERAL, Role.DEBT),
                    batch.fills().stream().map(Fill::role).toList());
            left = Action.trades(batch.fills().toArray(Fill[]::new)).applyTo(left);
        }
        long lot = table.asset(dollars).orElseThrow().price() * 2L;
        assertTrue(left.cash() >= 0 && left.cash() < lot * plan.batches().size(), "cash " + left.cash());
        assertTrue(plan.cost() > 0);
    }

    private long beyond(MarginAccount account) {
        HouseAllocation house = HouseAllocation.of(table, account);
        Requirement counting = house.counting().requirement();
        return house.excess() - Math.ceilDiv(counting.initialMargin() * CLEARANCE, 1_000_000L);
    }
}
