package io.bulwark.netting.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.action.Verdict.Rule;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The action table of a house with a contagion buffer: {@code IM + Buffer} stands for IM. */
final class BufferedActionTest {
    private static final int ETH_PERPETUAL = 4;
    private static final int WRAPPED_ETHER = 2;
    private static final long LOTS = 8_000_000;

    private final ParameterSet parameters = ParameterSet.founding().with(BufferParameters.PUBLISHED, 1);
    private final RiskTable table = RiskTableBuilder.marginTable(House.LISTING, House.market(), parameters)
            .table();
    private final HouseBook book =
            HouseBook.of(table, House.LISTING, House.market(), parameters).orElseThrow();

    private static MarginAccount holding(long cash) {
        return new MarginAccount(cash, List.of(new Entry(ETH_PERPETUAL, LOTS)), List.of(), List.of(), List.of());
    }

    private ActionTable rules(MarginAccount account) {
        return rules(book, account);
    }

    private ActionTable rules(HouseBook book, MarginAccount account) {
        HouseBuffer buffer = HouseBuffer.of(
                book,
                List.of(book.account("a", Optional.empty(), account, Requirement.of(table, account))),
                Optional.empty());
        return new ActionTable(
                table, TableAge.fresh(parameters), Map.of(), Optional.of(new BufferedAccount(buffer, "a")));
    }

    private long initialMargin() {
        return Requirement.of(table, holding(0)).initialMargin();
    }

    private long buffer(long cash) {
        MarginAccount account = holding(cash);
        return rules(account).house(account).beside();
    }

    private static Action withdrawal(long cash) {
        return Action.transfer(new AccountChange(-cash, List.of(), List.of(), List.of(), List.of()));
    }

    /** Cash of exactly IM + Buffer cannot be taken out, not one u of it; without the buffer it could. */
    @Test
    void shouldHoldTheBufferInsteadOfTakingItAsAFee() {
        long enough = initialMargin();
        while (enough < initialMargin() + buffer(enough)) {
            enough = initialMargin() + buffer(enough);
        }
        long spare = 1_000_000;
        MarginAccount account = holding(enough + spare);
        assertTrue(buffer(enough) > spare, "the buffer must be felt; is " + buffer(enough));
        Verdict small = rules(account).judge(account, withdrawal(spare / 2));
        assertTrue(small.allowed(), small.reason());
        assertEquals(Rule.OPEN_AFTERWARDS, small.rule());
        Verdict large = rules(account).judge(account, withdrawal(spare + buffer(enough) / 2));
        assertFalse(large.allowed(), large.reason());
        assertTrue(large.reason().contains("E − IM − Buffer"), large.reason());
        ActionTable without = new ActionTable(table, TableAge.fresh(parameters), Map.of());
        assertTrue(
                without.judge(account, withdrawal(spare + buffer(enough) / 2)).allowed());
    }

    /** An account that lacks the buffer may reduce, and IM + Buffer falls with it. */
    @Test
    void shouldLetAnAccountWithoutItsBufferReduce() {
        MarginAccount account = holding(initialMargin() + 1);
        assertTrue(buffer(initialMargin() + 1) > 1);
        long sold = LOTS / 10;
        Action sell = Action.trades(new Fill(Role.POSITION, new Entry(ETH_PERPETUAL, -sold), 0));
        Verdict verdict = rules(account).judge(account, sell);
        assertTrue(verdict.allowed(), verdict.reason());
    }

    /** Short of the buffer by one u is a call, and one u cures it. */
    @Test
    void shouldCallAndCureWhereOnlyTheBufferIsMissing() {
        MarginAccount account = holding(initialMargin() + 1);
        ActionTable rules = rules(account);
        HouseAllocation house = rules.house(account);
        assertEquals(AccountState.CALL, house.state());
        assertEquals(AccountState.OPEN, HouseAllocation.of(table, account).state());
        assertEquals(1 - house.beside(), house.excess());
        List<Cure> cures = Cures.of(rules, account, 500);
        assertTrue(cures.size() >= 2, cures.toString());
        for (Cure cure : cures) {
            MarginAccount cured = cure.action().applyTo(account);
            assertTrue(rules.judge(account, cure.action()).allowed(), cure.toString());
            assertEquals(AccountState.OPEN, rules.house(cured).state(), cure.toString());
            assertEquals(rules.house(cured).excess(), cure.excess());
        }
        Cure deposit = cures.stream()
                .filter(cure -> cure.kind() == Cure.Kind.DEPOSIT_CASH)
                .findFirst()
                .orElseThrow();
        assertTrue(deposit.capital() <= -house.excess(), "more equity never raises the buffer");
        MarginAccount nearly = holding(account.cash() + deposit.capital() - 1);
        assertEquals(AccountState.CALL, rules.house(nearly).state());
        assertEquals(List.of(), Cures.of(new ActionTable(table, rules.age(), Map.of()), account, 500));
    }

    /** The largest purchase leaves IM + Buffer covered, one lot more does not, and it is smaller than the initial margin alone would allow. */
    @Test
    void shouldTradeNoMoreThanMarginAndBufferAllow() {
        MarginAccount account = holding(2 * initialMargin());
        ActionTable rules = rules(account);
        LargestTrade buy = LargestTrade.of(rules, account, ETH_PERPETUAL, true).orElseThrow();
        assertTrue(rules.house(bought(account, buy.lots())).excess() >= 0);
        assertTrue(rules.house(bought(account, buy.lots() + 1)).excess() < 0);
        ActionTable without = new ActionTable(table, rules.age(), Map.of());
        long more = LargestTrade.of(without, account, ETH_PERPETUAL, true)
                .orElseThrow()
                .lots();
        assertTrue(buy.lots() < more, buy.lots() + " against " + more);
    }

    private MarginAccount bought(MarginAccount account, long lots) {
        return trade(lots).applyTo(account);
    }

    private Action trade(long lots) {
        long spread = table.instrument(ETH_PERPETUAL).orElseThrow().spread();
        return Action.trades(new Fill(Role.POSITION, new Entry(ETH_PERPETUAL, lots), -Math.abs(lots) * spread));
    }

    /** At its cap a vector certifies any flow, so there the headroom rules: buying and taking out wait, bringing and selling do not. */
    @Test
    void shouldLetIncreasesWaitWhereTheVectorIsAtItsCap() {
        HouseBook capped = HouseBook.of(
                        table, House.LISTING, House.market(), parameters.with(BufferParameters.CAP, 100))
                .orElseThrow();
        long enough = initialMargin();
        while (rules(capped, holding(enough)).house(holding(enough)).excess() < 0) {
            enough -= rules(capped, holding(enough)).house(holding(enough)).excess();
        }
        MarginAccount account = holding(enough + 10_000_000);
        ActionTable rules = rules(capped, account);
        for (Action increase : List.of(trade(1_000), withdrawal(1_000_000))) {
            assertTrue(rules.house(increase.applyTo(account)).excess() >= 0, "the equity test alone would pass it");
            Verdict verdict = rules.judge(account, increase);
            assertFalse(verdict.allowed(), verdict.reason());
            assertEquals(Rule.HEADROOM, verdict.rule());
            assertTrue(verdict.reason().contains("forced sales of ETH"), verdict.reason());
        }
        // Sold too cheap, one lot costs as much equity as the withdrawal; more wrapped ether is more to be sold.
        Action dear = Action.trades(new Fill(Role.POSITION, new Entry(ETH_PERPETUAL, -1), -1_000_000));
        Action asset = Action.transfer(
                new AccountChange(0, List.of(), List.of(), List.of(new Entry(WRAPPED_ETHER, 1_000)), List.of()));
        for (Action free : List.of(trade(-1_000), withdrawal(-1_000_000), dear, asset)) {
            Verdict verdict = rules.judge(account, free);
            assertTrue(verdict.allowed(), verdict.reason());
        }
        assertEquals(Optional.empty(), LargestTrade.of(rules, account, ETH_PERPETUAL, true));
    }

    /** What the buffer cannot count is refused by name, and no search steps on it. */
    @Test
    void shouldRefuseAnAccountBeyondTheRangeOfTheBuffer() {
        MarginAccount account = holding(2 * initialMargin());
        ActionTable rules = rules(account);
        // 2^56 micro-USD are 720,575,940,379,279.36 u; the risk table itself admits up to 2^59 u of cash.
        assertTrue(rules.judge(account, withdrawal(-700_000_000_000_000L)).allowed());
        Verdict verdict = rules.judge(account, withdrawal(-721_000_000_000_000L));
        assertEquals(Rule.ADMISSION_OF_ACCOUNT, verdict.rule());
        assertTrue(verdict.reason().contains("2^56"), verdict.reason());
    }
}
