package io.bulwark.netting.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.action.Verdict.Rule;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.RandomAccounts;
import io.bulwark.netting.margin.ReferenceTable;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rows of the action table, each allowed at its bound and refused one past it. */
final class ActionTableTest {
    private final RiskTable table = ReferenceTable.load();
    private final ParameterSet parameters = ParameterSet.founding();
    private final ActionTable rules = new ActionTable(table, TableAge.fresh(parameters), Map.of());
    private final int perpetual = table.instrument("BTC-PERP").orElseThrow().number();
    private final int usdc = table.asset("USDC").orElseThrow().number();

    @Test
    void shouldLetCashGoDownToTheMarginAndNotOneUnitFurther() {
        MarginAccount account = holding(1_000_000_000, 1_000);
        long excess = HouseAllocation.of(table, account).excess();
        assertVerdict(true, Rule.OPEN_AFTERWARDS, rules.judge(account, cash(-excess)));
        assertVerdict(false, Rule.OTHERWISE, rules.judge(account, cash(-excess - 1)));
    }

    @Test
    void shouldNotLetAWithdrawalTakeCashBelowZero() {
        MarginAccount account =
                new MarginAccount(10_000, List.of(), List.of(), List.of(new Entry(usdc, 1_000_000)), List.of());
        assertVerdict(true, Rule.OPEN_AFTERWARDS, rules.judge(account, cash(-10_000)));
        assertVerdict(false, Rule.CASH, rules.judge(account, cash(-10_001)));
    }

    @Test
    void shouldTakeEveryDepositThatDoesNotLowerTheExcess() {
        MarginAccount account = inLiquidation();
        assertVerdict(true, Rule.DEPOSIT_OR_REPAY, rules.judge(account, cash(1)));
        Action increase =
                Action.transfer(new AccountChange(0, List.of(), List.of(), List.of(), List.of(new Entry(usdc, 1))));
        assertVerdict(false, Rule.OTHERWISE, rules.judge(account, increase));
    }

    @Test
    void shouldLetAPositionBeReducedInsideThePriceBandOnly() {
        MarginAccount account = inLiquidation();
        Fill free = new Fill(Role.POSITION, new Entry(perpetual, -100), 0);
        long least = rules.leastCash(free);
        assertEquals(-100 * table.instrument(perpetual).orElseThrow().spread(), least);
        assertVerdict(true, Rule.REDUCE, rules.judge(account, Action.trades(at(free, least))));
        assertVerdict(false, Rule.REDUCE, rules.judge(account, Action.trades(at(free, least - 1))));
    }

    @Test
    void shouldNotLetAPositionGrowOrTurnInLiquidation() {
        MarginAccount account = inLiquidation();
        Fill more = new Fill(Role.POSITION, new Entry(perpetual, 1), 0);
        Fill turned = new Fill(Role.POSITION, new Entry(perpetual, -1_500), 0);
        assertVerdict(false, Rule.REDUCE, rules.judge(account, Action.trades(more)));
        assertVerdict(false, Rule.REDUCE, rules.judge(account, Action.trades(turned)));
    }

    @Test
    void shouldSellCollateralAtMostTheResidualBelowItsPrice() {
        long price = table.asset(usdc).orElseThrow().price();
        long residual = table.asset(usdc).orElseThrow().residual();
        long sold = rules.leastCash(new Fill(Role.COLLATERAL, new Entry(usdc, -7), 0));
        long bought = rules.leastCash(new Fill(Role.DEBT, new Entry(usdc, -7), 0));
        assertEquals(Math.ceilDiv(7 * price * (1_000_000 - residual), 1_000_000), sold);
        assertEquals(-Math.floorDiv(7 * price * (1_000_000 + residual), 1_000_000), bought);
    }

    @Test
    void shouldDecideNothingOnATableThatTheWorldHasLeftBehind() {
        MarginAccount account = holding(1_000_000_000, 1_000);
        Map<Integer, Long> atTheLimit = Map.of(0, -20_000L);
        Map<Integer, Long> beyond = Map.of(0, 20_001L);
        long oldest = TableAge.AGE_MILLIS_MAX.initial();
        assertVerdict(true, Rule.OPEN_AFTERWARDS, aged(oldest, atTheLimit).judge(account, cash(-1)));
        assertVerdict(false, Rule.STALE_TABLE, aged(oldest, beyond).judge(account, cash(-1)));
        assertVerdict(false, Rule.STALE_TABLE, aged(oldest + 1, Map.of()).judge(account, cash(-1)));
    }

    @Test
    void shouldKeepOneSideOfAnInstrumentWithinItsDepth() {
        MarginAccount account = holding(1_000_000_000, 10);
        Fill buy = new Fill(Role.POSITION, new Entry(perpetual, 10), 0);
        assertVerdict(true, Rule.OPEN_AFTERWARDS, deep(490, 490, 100).judge(account, Action.trades(buy)));
        assertVerdict(false, Rule.OPEN_INTEREST, deep(491, 491, 100).judge(account, Action.trades(buy)));
        assertVerdict(false, Rule.OPEN_INTEREST, deep(400, 399, 100).judge(account, Action.trades(buy)));
        Fill sell = new Fill(Role.POSITION, new Entry(perpetual, -10), 0);
        assertVerdict(true, Rule.OPEN_AFTERWARDS, deep(500, 500, 100).judge(account, Action.trades(sell)));
    }

    @Test
    void shouldRefuseAnAccountThatWouldHaveNoMargin() {
        MarginAccount account = holding(1_000_000_000, 10);
        Fill all = new Fill(Role.POSITION, new Entry(perpetual, Integer.MAX_VALUE), 0);
        assertVerdict(false, Rule.ADMISSION_OF_ACCOUNT, rules.judge(account, Action.trades(all)));
    }

    @Test
    void shouldNeverAllowAReductionThatLowersTheExcess() {
        RandomAccounts accounts = new RandomAccounts(table, new Random(7));
        int allowed = 0;
        for (int i = 0; i < 1_000; i++) {
            MarginAccount account = accounts.any();
            if (HouseAllocation.of(table, account).state() == AccountState.OPEN) {
                continue;
            }
            Entry held = account.positions().getFirst();
            Fill half =
                    new Fill(Role.POSITION, new Entry(held.number(), -(held.lots() + Long.signum(held.lots())) / 2), 0);
            Action action = Action.trades(at(half, rules.leastCash(half)));
            Verdict verdict = rules.judge(account, action);
            long before = HouseAllocation.of(table, account).excess();
            long after = HouseAllocation.of(table, action.applyTo(account)).excess();
            assertEquals(after > before || after >= 0, verdict.allowed(), () -> verdict + " " + account);
            allowed += verdict.allowed() ? 1 : 0;
        }
        assertTrue(allowed > 100, "reductions allowed: " + allowed);
    }

    private MarginAccount inLiquidation() {
        MarginAccount account = holding(1_000_000, 1_000);
        assertEquals(
                AccountState.LIQUIDATION, HouseAllocation.of(table, account).state());
        return account;
    }

    private MarginAccount holding(long cash, long lots) {
        return new MarginAccount(cash, List.of(new Entry(perpetual, lots)), List.of(), List.of(), List.of());
    }

    private ActionTable aged(long ageMillis, Map<Integer, Long> moves) {
        return new ActionTable(table, TableAge.of(ageMillis, moves, parameters), Map.of());
    }

    private ActionTable deep(long longSide, long longAtTable, long depth) {
        OpenInterest interest = new OpenInterest(longSide, 0, longAtTable, 0, depth);
        return new ActionTable(table, TableAge.fresh(parameters), Map.of(perpetual, interest));
    }

    private static Action cash(long amount) {
        return Action.transfer(new AccountChange(amount, List.of(), List.of(), List.of(), List.of()));
    }

    private static Fill at(Fill fill, long cash) {
        return new Fill(fill.role(), fill.entry(), cash);
    }

    private static void assertVerdict(boolean allowed, Rule rule, Verdict verdict) {
        assertEquals(allowed, verdict.allowed(), verdict::toString);
        assertEquals(rule, verdict.rule(), verdict::toString);
    }
}
