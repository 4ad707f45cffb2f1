package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.margin.AccountGreeks.Greek;
import io.bulwark.netting.margin.AccountGreeks.Line;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Against Black 1976 by hand, and what any Greeks must satisfy. */
final class AccountGreeksTest {
    private static final int BTC = 1;
    private static final int BTC_PERPETUAL = 0;
    private static final int BTC_CALL = 1;
    private static final int BTC_PUT = 2;
    private static final int BTC_FUTURE = 3;
    private static final int BTC_COLLATERAL = 1;
    private static final int USD = 10_000;

    private final RiskTable table = RiskTableBuilder.marginTable(House.LISTING, House.market(), ParameterSet.founding())
            .table();

    /**
     * A tenth of a bitcoin's call at 68,000, 8 days, 55.75 %, at 68,777.90: √T = 0.1480, σ√T = 0.0825, d₁ = 0.179. Delta
     * 0.1 · S · N(d₁) = 3,927 USD, vega 0.1 · S · φ(d₁) · √T/100 = 4.00 USD. The rows look two days ahead: with six days left
     * P(+4 %) + P(−4 %) − 2 · P(0) of a tenth, a quarter of X = 16 % on either side, is 58.8683 USD, over 0.04² and for 1 % 367.93.
     */
    @Test
    void shouldBeWhatBlackSaysOfACall() {
        Line call = only(account(new Entry(BTC_CALL, 1)));
        assertEquals(OptionalInt.of(14), call.days(), "eight days stand at the table's fortnight");
        assertNear(3_927, call.of(Greek.DELTA), 40);
        assertNear(4.0, call.of(Greek.VEGA), 0.1);
        assertNear(367.93, call.of(Greek.GAMMA), 0.1);
        assertTrue(call.of(Greek.THETA) < 0, call.toString());
    }

    @Test
    void shouldSumLotsByExpiryAndRoundGammaDown() {
        Line one = only(account(new Entry(BTC_CALL, 1)));
        Line sold = only(account(new Entry(BTC_CALL, -1)));
        assertEquals(-one.of(Greek.DELTA), sold.of(Greek.DELTA));
        assertEquals(-one.of(Greek.VEGA), sold.of(Greek.VEGA));
        assertEquals(-one.of(Greek.GAMMA) - 1, sold.of(Greek.GAMMA), "either is rounded down");
        List<Line> lines = AccountGreeks.of(
                        account(
                                new Entry(BTC_PERPETUAL, -5),
                                new Entry(BTC_CALL, 2),
                                new Entry(BTC_PUT, 3),
                                new Entry(BTC_FUTURE, 7)),
                        table)
                .lines();
        assertEquals(
                List.of(OptionalInt.empty(), OptionalInt.of(14), OptionalInt.of(60)),
                lines.stream().map(Line::days).toList());
        Line put = only(account(new Entry(BTC_PUT, 3)));
        assertEquals(2 * one.of(Greek.VEGA) + put.of(Greek.VEGA), lines.get(1).of(Greek.VEGA));
        assertEquals(2 * one.of(Greek.DELTA) + put.of(Greek.DELTA), lines.get(1).of(Greek.DELTA));
        assertTrue(put.of(Greek.DELTA) < 0 && put.of(Greek.GAMMA) > 0 && put.of(Greek.VEGA) > 0);
    }

    /** What is linear bends by the rounding of its rows alone, half a u each at a quarter of X: at most 2/0.04² u a lot. */
    @Test
    void shouldBendNothingThatIsLinear() {
        for (int linear : List.of(BTC_PERPETUAL, BTC_FUTURE)) {
            Line line = only(account(new Entry(linear, 100)));
            assertEquals(0, line.of(Greek.VEGA));
            assertTrue(Math.abs(line.of(Greek.GAMMA)) <= 100 * 2 / 0.04 / 0.04 / 100, line.toString());
        }
        MarginAccount pledged =
                new MarginAccount(0, List.of(), List.of(), List.of(new Entry(BTC_COLLATERAL, 10_000)), List.of());
        Line held = only(pledged);
        assertNear(68_777.9, held.of(Greek.DELTA), 1);
        assertEquals(0, held.of(Greek.GAMMA));
        Line owed =
                only(new MarginAccount(0, List.of(), List.of(), List.of(), List.of(new Entry(BTC_COLLATERAL, 10_000))));
        assertEquals(-held.of(Greek.DELTA), owed.of(Greek.DELTA));
    }

    private static void assertNear(double usd, long u, double within) {
        assertEquals(usd, u / (double) USD, within);
    }

    private Line only(MarginAccount account) {
        List<Line> lines = AccountGreeks.of(account, table).lines();
        assertEquals(1, lines.size(), lines.toString());
        assertEquals(BTC, lines.getFirst().group());
        return lines.getFirst();
    }

    private static MarginAccount account(Entry... positions) {
        return new MarginAccount(0, List.of(positions), List.of(), List.of(), List.of());
    }
}
