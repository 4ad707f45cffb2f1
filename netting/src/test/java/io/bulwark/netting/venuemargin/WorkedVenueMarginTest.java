package io.bulwark.netting.venuemargin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.House;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin.DeribitMargin;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin.VenueCharges;
import io.bulwark.netting.venuemargin.VenueMargin.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked numbers of docs/methodology/venue-margins.md, each added up by hand there. */
final class WorkedVenueMarginTest {
    private static final int BTC_PERPETUAL = 0;
    private static final int BTC_CALL = 1;
    private static final int BTC_PUT = 2;
    private static final int BTC_FUTURE = 3;
    private static final int ETH_PERPETUAL = 4;

    private final RiskTable table = RiskTableBuilder.marginTable(House.LISTING, House.market(), ParameterSet.founding())
            .table();

    @Test
    void shouldMarginOneEtherAtEveryVenue() {
        MarginAccount account = positions(new Entry(ETH_PERPETUAL, 1_000));
        // VENUE-001: (1/0.82 − 1 + 0.005) · 3 784.8
        assertEquals(
                new Requirement(8_497_338, 6_797_871), of(account, deribit()).venue());
        // VENUE-002: 0.15 · 3 785.25 + 0.02 · 3 784.8, and 1.3 times that
        VenueMargin first = of(account, new VenueEngine.DerivePmrm1(TestEngines.PMRM1));
        assertEquals(new Requirement(8_365_286, 6_434_835), first.venue());
        assertEquals(first.venue(), first.convex());
        // VENUE-003: 0.18 · 3 785.25 + 0.02 · 3 784.8; 0.8 · 0.18 · 3 785.25 + 0.015 · 3 784.8
        VenueEngine second = new VenueEngine.DerivePmrm2(TestEngines.PMRM2, 0.01, 0.02);
        assertEquals(new Requirement(7_570_410, 6_018_480), of(account, second).venue());
        // VENUE-004: 6.5 % and 5 % of 3 785.25
        VenueEngine standard = new VenueEngine.DeriveStandard(TestEngines.STANDARD);
        assertEquals(
                new Requirement(2_460_413, 1_892_625), of(account, standard).venue());
        // VENUE-005: 0.18 · 3 785.25, and 1.1 times that
        assertEquals(
                new Requirement(7_494_795, 6_813_450),
                of(account, new VenueEngine.Span(TestEngines.SPAN)).venue());
    }

    @Test
    void shouldChargeACalendarSpread() {
        // VENUE-006: 69 500 USD of a future of 36 days against 68 770 USD of perpetual, both inverse:
        // 730 · 0.16 of scan risk, and 0.8 % of the 68 770 USD of delta that the spread holds.
        MarginAccount account = positions(new Entry(BTC_PERPETUAL, -6_877), new Entry(BTC_FUTURE, 6_950));
        VenueMargin margin = of(account, new VenueEngine.Span(TestEngines.SPAN));
        assertEquals(6_669_600, margin.venue().maintenance());
        assertEquals(VenueEngine.Form.BOUNDED, margin.form());
        assertTrue(margin.convex().maintenance() >= margin.venue().maintenance());
        assertEquals(VenueEngine.Form.EXACT, new VenueEngine.Span(TestEngines.SCAN_ALONE).form());
    }

    @Test
    void shouldCreditOppositeDeltasInTwoUnderlyings() {
        // 68 770 USD of BTC long, 18 ETH short: half of the price risk of both legs is forgiven, up to the smaller leg.
        MarginAccount account = positions(new Entry(BTC_PERPETUAL, 6_877), new Entry(ETH_PERPETUAL, -18_000));
        double spreads = 68_770 / 68_777.9;
        double gross = 0.16 * 68_770 + 0.18 * 18 * 3_785.25;
        double credit = 0.5 * (0.16 * 68_770 + spreads * 0.18 * 18 * 3_785.25);
        VenueMargin margin = of(account, new VenueEngine.Span(TestEngines.SPAN));
        assertEquals((gross - credit) * 10_000, (double) margin.venue().maintenance(), 1);
        assertTrue(margin.convex().maintenance() >= gross * 10_000);
    }

    @Test
    void shouldHoldALeastRequirementOfShortOptions() {
        // A sold call far above a bought one: the scan finds no loss, the minimum is 1 % of 68 777.9 on 0.1 BTC.
        VenueBook.Underlying held = new VenueBook.Underlying(
                "BTC", 68_777.9, List.of(), List.of(option(60_000, 0.1), option(60_000, 0.1), option(60_000, -0.1)), 0);
        SpanMargin.Commodity commodity = SpanScan.margin(TestEngines.SCAN_ALONE, List.of(held))
                .commodities()
                .getFirst();
        assertEquals(68.7779, commodity.shortOptionMinimum(), 1e-9);
        assertEquals(Math.max(commodity.scanRisk(), 68.7779), commodity.requirement(), 1e-9);
        assertEquals(16, commodity.losses().size());
    }

    @Test
    void shouldCountPaidLotsAndCollateralAsAVenueDoes() {
        MarginAccount margined = positions(new Entry(BTC_PUT, 5));
        MarginAccount paid = new MarginAccount(0, List.of(), List.of(new Entry(BTC_PUT, 5)), List.of(), List.of());
        VenueEngine second = new VenueEngine.DerivePmrm2(TestEngines.PMRM2, 0.01, 0.02);
        assertEquals(of(margined, second), of(paid, second));
        MarginAccount hedged = new MarginAccount(
                0, List.of(new Entry(ETH_PERPETUAL, -1_000)), List.of(), List.of(new Entry(2, 1_000)), List.of());
        // 1 ETH of collateral stands against the short: what is left are charges and the mark's distance from the
        // index.
        double left = 0.18 * (3_785.25 - 3_784.8) + 0.02 * 3_784.8 + 0.03 * 3_784.8;
        assertEquals(left * 10_000, (double) of(hedged, second).venue().initial(), 1);
    }

    @Test
    void shouldNameWhatAnEngineDoesNotMargin() {
        VenueMargin margin = of(positions(new Entry(5, 100)), deribit());
        assertEquals(List.of("SOL has no parameters"), margin.leftOut());
        assertEquals(new Requirement(0, 0), margin.venue());
    }

    @Test
    void shouldRefuseATableThatStatesNoContracts() {
        RiskTable bare = new RiskTable(
                CanonicalValue.array(),
                table.rows(),
                table.families(),
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                table.instruments(),
                table.assets(),
                table.parameters(),
                VenueRisk.NONE);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> VenueBook.of(bare, MarginAccount.EMPTY));
        assertTrue(refusal.toString().contains("must state contracts and prices"), refusal.toString());
    }

    @Test
    void shouldShockALargeNetDelta() {
        // VENUE-007: 20 000 ETH at 2 000 USD: 10 000 above the threshold of 20 M USD, 4e-6 each: 4 % of the delta.
        DeribitMargin margin = DeribitPortfolioMargin.margin(
                TestEngines.DERIBIT_ETH,
                2_000,
                List.of(new CoinMarginPosition.Future("ETH-PERPETUAL", 20_000, 0)),
                VenueCharges.NONE,
                DeribitPortfolioMargin.Rule.VENUE);
        assertEquals(0.04 * 20_000, margin.deltaShock(), 1e-9);
        assertEquals(0.005 * 20_000, margin.rollShock(), 1e-9);
        assertEquals(20_000 * (1 / 0.82 - 1) + 800 + 100, margin.riskMatrixMargin(), 1e-9);
    }

    @Test
    void shouldReadTheForwardOffPutCallParity() {
        ParityForwards forwards = new ParityForwards();
        // F = 1 010 at K = 1 000: call − put = 1 − K/F coins.
        forwards.observe(1, 7, OptionRight.CALL, 1_000, 0.05 + 1 - 1_000 / 1_010.0);
        forwards.observe(1, 7, OptionRight.PUT, 1_000, 0.05);
        forwards.observe(1, 7, OptionRight.CALL, 990, 0.09);
        assertEquals(1.01, forwards.overSpot(1, 7, 1_000), 1e-12);
        assertEquals(1, forwards.overSpot(1, 8, 1_000));
    }

    @Test
    void shouldReadOptionsWithTheirTerms() {
        VenueBook book = VenueBook.of(table, positions(new Entry(BTC_CALL, -3)));
        VenueBook.OptionHolding call = book.underlyings().getFirst().options().getFirst();
        assertEquals("BTC", book.underlyings().getFirst().name());
        assertEquals(-0.3, call.size(), 1e-12);
        assertEquals(68_000, call.strike());
        assertEquals(0.5575, call.volatility());
        assertEquals(8 / 365.0, call.years(), 1e-12);
        assertEquals(OptionRight.CALL, call.right());
    }

    private static VenueBook.OptionHolding option(double strike, double size) {
        return new VenueBook.OptionHolding("put", OptionRight.PUT, strike, size, 68_777.9, 0.66, 8 / 365.0);
    }

    private VenueMargin of(MarginAccount account, VenueEngine engine) {
        return VenueMargin.of(VenueBook.of(table, account), engine);
    }

    private static VenueEngine deribit() {
        return new VenueEngine.Deribit(Map.of("ETH", TestEngines.DERIBIT_ETH));
    }

    private static MarginAccount positions(Entry... entries) {
        return new MarginAccount(0, List.of(entries), List.of(), List.of(), List.of());
    }
}
