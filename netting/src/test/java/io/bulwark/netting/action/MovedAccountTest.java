package io.bulwark.netting.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.Told;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Origin.Line;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a move leaves at each venue: gains stay where they are made, and a venue's own count moves with what stands there. */
final class MovedAccountTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final VenueAccount SHORT = new VenueAccount(3, "0xbb");
    private static final VenueAccount LONG = new VenueAccount(3, "0xcc");
    private static final int USDC = 0;
    private static final int ETH = 4;
    private static final int GROUP = 2;

    private static final Portfolio HEDGED = new Portfolio(
            new MarginAccount(0, List.of(), List.of(), List.of(new Entry(USDC, 8_000)), List.of()),
            List.of(
                    lots(SHORT, Line.POSITIONS, ETH, -10_000),
                    lots(SHORT, Line.COLLATERAL, USDC, 4_000),
                    lots(LONG, Line.POSITIONS, ETH, 10_000),
                    lots(LONG, Line.COLLATERAL, USDC, 4_000)),
            List.of(),
            List.of(stands(SHORT), stands(LONG)));

    private static final Placement PLACEMENT = Placement.of(House.LISTING, List.of(HEDGED));
    private static final RiskTable BEFORE = table(0);
    private static final MarginAccount ACCOUNT = PLACEMENT.account(HEDGED);

    @Test
    void shouldLeaveAGainAtTheVenueThatPaysIt() {
        RiskTable after = table(100_000);
        MarginAccount moved = MovedAccount.of(BEFORE, after, ACCOUNT, GROUP, 100_000);
        assertEquals(0, moved.cash());
        // 10 ETH · 3,785.25 USD · 10 %, of a stable that is worth 9,999 u: the gain down, the loss up.
        long gain = 10_000L
                * BEFORE.instrument(ETH).orElseThrow().delta().getFirst().amount()
                / 10;
        long price = after.asset(USDC).orElseThrow().price();
        assertEquals(
                4_000 + gain / price,
                moved.collateral().getLast().lots(),
                "beside what was there, at the address that is long");
        assertEquals(Math.ceilDiv(gain, price), moved.debt().getFirst().lots());
        assertEquals(
                ACCOUNT.collateral().getFirst().number(),
                moved.debt().getFirst().number());
        assertEquals(
                List.of(
                        ACCOUNT.standings().getFirst().distance() - gain,
                        ACCOUNT.standings().getLast().distance() + gain),
                moved.standings().stream().map(MarginAccount.Standing::distance).toList());
        // No money is free by it, so the short needs more than before, by what it has lost.
        Requirement was = Requirement.of(BEFORE, ACCOUNT);
        Requirement then = Requirement.of(after, moved);
        assertEquals(0, then.prefunding().free());
        assertTrue(
                then.prefundingCharge() >= was.prefundingCharge() + gain,
                was.prefundingCharge() + " then " + then.prefundingCharge());
    }

    @Test
    void shouldCountOnlyWhatMovesWhereNothingIsSettled() {
        assertEquals(ACCOUNT, MovedAccount.of(BEFORE, BEFORE, ACCOUNT));
        assertEquals(ACCOUNT, MovedAccount.of(BEFORE, BEFORE, ACCOUNT, GROUP, 0));
    }

    private static RiskTable table(long ppm) {
        Market market = House.market().moved(House.LISTING, Market.Move.ofPrice(GROUP, ppm));
        return PLACEMENT.table(
                RiskTableBuilder.marginTable(House.LISTING, market, FOUNDING).table(), FOUNDING);
    }

    private static Origin lots(VenueAccount at, Line line, int number, long lots) {
        return new Origin(
                at, Digest.ZERO, line, number, Origin.Rule.HELD, Amount.of(Long.toString(Math.abs(lots))), lots);
    }

    private static Portfolio.Standing stands(VenueAccount at) {
        return new Portfolio.Standing(
                at,
                Digest.ZERO,
                VenueStanding.of(new Told(VenueStanding.USD, Amount.of("3600"), Amount.ZERO)),
                Amount.of("3600"));
    }
}
