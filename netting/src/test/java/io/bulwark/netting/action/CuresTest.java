package io.bulwark.netting.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.action.Cure.Kind;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.RandomAccounts;
import io.bulwark.netting.margin.ReferenceTable;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is offered as a way out is one, and no smaller step of its kind is. */
final class CuresTest {
    private final RiskTable table = ReferenceTable.load();
    private final ActionTable rules = new ActionTable(table, TableAge.fresh(ParameterSet.founding()), Map.of());
    private final int perpetual = table.instrument("BTC-PERP").orElseThrow().number();

    @Test
    void shouldOpenTheAccountByEveryCureAndByNoSmallerDeposit() {
        RandomAccounts accounts = new RandomAccounts(table, new Random(11));
        int offered = 0;
        for (int i = 0; i < 8; i++) {
            MarginAccount account = accounts.any();
            List<Cure> cures = Cures.of(rules, account, 500);
            assertEquals(HouseAllocation.of(table, account).state() == AccountState.OPEN, cures.isEmpty());
            assertEquals(
                    cures.stream().sorted(Comparator.comparingLong(Cure::price)).toList(), cures);
            offered += cures.size();
            for (Cure cure : cures) {
                MarginAccount cured = cure.action().applyTo(account);
                assertEquals(AccountState.OPEN, HouseAllocation.of(table, cured).state(), cure::toString);
                assertEquals(cure.excess(), HouseAllocation.of(table, cured).excess());
                assertTrue(rules.judge(account, cure.action()).allowed(), cure::toString);
            }
        }
        assertTrue(offered > 20, "cures offered: " + offered);
    }

    @Test
    void shouldNotOfferOneLotMoreThanIsNeeded() {
        MarginAccount account = longPerpetual(10_000_000, 1_000);
        Cure reduce = of(Kind.REDUCE, account);
        Fill fill = reduce.action().fills().getFirst();
        Entry fewer = new Entry(perpetual, fill.entry().lots() + 1);
        Fill less = new Fill(fill.role(), fewer, 0);
        MarginAccount nearly = Action.trades(new Fill(fill.role(), fewer, rules.leastCash(less)))
                .applyTo(account);
        assertTrue(HouseAllocation.of(table, nearly).excess() < 0);
        Cure deposit = of(Kind.DEPOSIT_CASH, account);
        assertEquals(-HouseAllocation.of(table, account).excess(), deposit.capital());
        assertEquals(0, deposit.excess());
    }

    @Test
    void shouldFindTheLargestTradeThatLeavesTheAccountOpen() {
        MarginAccount account = longPerpetual(1_000_000_000, 100);
        LargestTrade buy = LargestTrade.of(rules, account, perpetual, true).orElseThrow();
        assertTrue(buy.lots() > 0 && buy.excess() >= 0);
        long one = table.instrument(perpetual).orElseThrow().spread();
        MarginAccount more = new MarginAccount(
                account.cash() - one * (buy.lots() + 1),
                List.of(new Entry(perpetual, 100 + buy.lots() + 1)),
                List.of(),
                List.of(),
                List.of());
        assertTrue(HouseAllocation.of(table, more).excess() < 0);
    }

    @Test
    void shouldSayThatNothingCanBeTradedWhereNoHedgeHelps() {
        MarginAccount broke = new MarginAccount(-1_000_000, List.of(), List.of(), List.of(), List.of());
        assertEquals(Optional.empty(), LargestTrade.of(rules, broke, perpetual, true));
    }

    @Test
    void shouldFindTheHedgeThatOpensACall() {
        MarginAccount account = longPerpetual(10_000_000, 1_000);
        LargestTrade sale = LargestTrade.of(rules, account, perpetual, false).orElseThrow();
        assertTrue(sale.lots() < -900, sale::toString);
    }

    @Test
    void shouldSellCollateralToBuyBackADebtOnlyWhereThatOpensTheAccount() {
        int gov = table.asset("GOV").orElseThrow().number();
        long governance = 10_000 * table.asset(gov).orElseThrow().price();
        MarginAccount funded = new MarginAccount(
                -governance * 7 / 10, List.of(), List.of(), List.of(new Entry(gov, 10_000)), List.of());
        assertTrue(of(Kind.SELL, funded).cost() > 0);
        MarginAccount owing = new MarginAccount(
                10_000_000, List.of(), List.of(), List.of(), List.of(new Entry(gov, debt(gov, 8_000_000))));
        assertTrue(of(Kind.BUY_BACK, owing).cost() > 0);
    }

    private long debt(int asset, long worth) {
        return worth / table.asset(asset).orElseThrow().price();
    }

    private Cure of(Kind kind, MarginAccount account) {
        return Cures.of(rules, account, 500).stream()
                .filter(cure -> cure.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private MarginAccount longPerpetual(long cash, long lots) {
        return new MarginAccount(cash, List.of(new Entry(perpetual, lots)), List.of(), List.of(), List.of());
    }
}
