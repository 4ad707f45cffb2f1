package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.Explanation.Part;
import io.bulwark.netting.margin.Explanation.Term;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person reads: scenario, terms, hedging benefit, what-if. */
final class ExplanationTest {
    private final RiskTable table = ReferenceTable.load();

    @Test
    void shouldSplitALongPerpetualIntoLossSpreadAndImpact() {
        MarginStatement statement = statement(account(List.of(position("ETH-PERP", 1_000))));
        List<Term> terms = statement.explanation().terms();
        assertEquals(new Term(Part.STRESS, "stress", "ETH-PERP", 40_000_000), terms.getFirst());
        assertTrue(terms.stream()
                .anyMatch(t -> t.name().equals("liquidity") && t.subject().equals("ETH")));
        assertEquals(
                statement.initialMargin(),
                terms.stream().mapToLong(Term::amount).sum());
    }

    @Test
    void shouldNameTheWorstScenarioAsAPersonWould() {
        assertEquals(
                "ETH \u221220 %",
                statement(account(List.of(position("ETH-PERP", 1_000))))
                        .scenario()
                        .text());
        assertEquals(
                "ETH +20 %",
                statement(account(List.of(position("ETH-PERP", -1_000))))
                        .scenario()
                        .text());
        assertEquals(
                "nothing at risk", statement(MarginAccount.EMPTY).scenario().text());
    }

    @Test
    void shouldGiveAHedgeANegativeMarginalMargin() {
        MarginAccount hedged = account(List.of(position("BTC-PERP", 1_000), position("BTC-90D-FUT", -1_000)));
        HedgingBenefit benefit = HedgingBenefit.of(table, hedged);
        assertEquals(benefit.standalone() - benefit.initialMargin(), benefit.benefit());
        assertTrue(benefit.benefit() > 0, () -> "hedging benefit " + benefit);
        benefit.lines().forEach(line -> assertTrue(line.marginal() < 0, line::toString));
    }

    @Test
    void shouldAnswerWhatIfWithTheMarginOfTheChangedAccount() {
        MarginAccount base = account(List.of(position("ETH-PERP", 1_000)));
        Entry trade = position("ETH-PERP", -400);
        MarginResult asked = AccountChange.trade(trade.number(), trade.lots()).evaluate(table, base);
        assertEquals(PortfolioMargin.evaluate(table, account(List.of(position("ETH-PERP", 600)))), asked);
    }

    @Test
    void shouldRefuseAWhatIfThatTakesMoreThanThereIs() {
        int ether = table.asset("ETH").orElseThrow().number();
        MarginAccount base = new MarginAccount(0, List.of(), List.of(), List.of(new Entry(ether, 5)), List.of());
        AccountChange withdrawal = new AccountChange(0, List.of(), List.of(), List.of(new Entry(ether, -6)), List.of());
        MarginRefusal refusal = assertInstanceOf(MarginRefusal.class, withdrawal.evaluate(table, base));
        assertEquals(MarginRefusal.Code.NEGATIVE_QUANTITY, refusal.code());
        assertEquals("collateral[0]", refusal.field());
    }

    @Test
    void shouldShowTheSmallestMarginAsATermOfItsOwn() {
        List<Term> terms = statement(account(List.of(position("ETH-PERP", 1))))
                .explanation()
                .terms();
        assertEquals(Part.MINIMUM_MARGIN, terms.getLast().part());
        assertEquals(250_000, terms.stream().mapToLong(Term::amount).sum());
    }

    private MarginStatement statement(MarginAccount account) {
        return assertInstanceOf(MarginStatement.class, PortfolioMargin.evaluate(table, account));
    }

    private Entry position(String id, long lots) {
        return new Entry(table.instrument(id).orElseThrow().number(), lots);
    }

    private static MarginAccount account(List<Entry> positions) {
        return new MarginAccount(0, positions, List.of(), List.of(), List.of());
    }
}
