package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the demonstration's venues say, to the last digit, and that its prices are those of the named day. */
class RecordedFiguresTest {
    private static final int AAVE = 0;
    private static final int DERIBIT = 1;
    private static final int HYPERLIQUID = 2;
    private static final int DYDX = 3;

    @Test
    void shouldHoldAavesSupplyDownAndItsDebtUpWithStorageProofs() {
        VenueSnapshot atlas = account(AAVE, "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc");
        assertEquals(
                List.of(
                        new Holding.Collateral(asset("aWETH"), Amount.of("200.005313776387941551")),
                        new Holding.Debt(asset("USDC"), Amount.of("250428.93159"))),
                Quantities.of(atlas.holdings()));
        assertEquals(EvidenceGrade.STORAGE_PROOF, atlas.grade());
    }

    @Test
    void shouldHoldHyperliquidsShortWithItsEntryPriceAndTheDepositBehindIt() {
        assertEquals(
                List.of(
                        derivative("hyperliquid:ETH", "-150", Optional.of("3801.5")),
                        new Holding.Collateral(asset("USDC"), Amount.of("90000"))),
                account(HYPERLIQUID, "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc")
                        .holdings());
    }

    @Test
    void shouldHoldDydxsLongWithItsEntryPriceAndTheDepositBehindIt() {
        String address = DemoHouse.venueAccounts(DemoHouse.FILE).stream()
                .filter(a -> a.venue() == DYDX)
                .map(VenueAccount::address)
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        derivative("dydx:BTC-USD", "6", Optional.of("66850.25")),
                        new Holding.Collateral(asset("USDC"), Amount.of("120000"))),
                account(DYDX, address).holdings());
    }

    @Test
    void shouldHoldDeribitsStraddleShortAndItsCoins() {
        assertEquals(
                List.of(
                        derivative("deribit:BTC-28JUN24-68000-C", "-15", Optional.empty()),
                        derivative("deribit:BTC-28JUN24-68000-P", "-15", Optional.empty()),
                        new Holding.Collateral(asset("BTC"), Amount.of(12))),
                account(DERIBIT, "20101").holdings());
    }

    @Test
    void shouldSayVolatilityAsAFractionAndOptionMarksInUsd() {
        List<PriceReport> reports = account(DERIBIT, VenueAccount.MARKET).reports();
        assertEquals(Amount.of("0.5167"), report(reports, Measure.IMPLIED_VOLATILITY, "deribit:BTC-28JUN24-68000-C"));
        // 0.0891 BTC at the index of 68,777.9 USD.
        assertEquals(Amount.of("6128.11089"), report(reports, Measure.MARK_PRICE, "deribit:BTC-28JUN24-68000-C"));
        assertEquals(Amount.of("68777.9"), report(reports, Measure.INDEX_PRICE, "BTC"));
    }

    @Test
    void shouldReportEveryListedInstrumentAndNothingElse() {
        for (var instrument : RecordedSnapshots.LISTING.instruments()) {
            if (instrument.venue() == DERIBIT) {
                List<PriceReport> reports =
                        account(DERIBIT, VenueAccount.MARKET).reports();
                report(reports, Measure.IMPLIED_VOLATILITY, instrument.name());
                report(reports, Measure.MARK_PRICE, instrument.name());
            }
        }
        assertEquals(
                List.of("BTC", "ETH"),
                account(DYDX, VenueAccount.MARKET).reports().stream()
                        .map(PriceReport::subject)
                        .toList());
    }

    @Test
    void shouldPriceAtTheClosesOfTheNamedDay() {
        List<String> lines = ReferenceFiles.lines("market/daily_close_9assets_2020-10_2024-06.csv");
        String[] day = lines.stream()
                .filter(l -> l.startsWith("2024-05-23"))
                .findFirst()
                .orElseThrow()
                .split(",", -1);
        for (int venue : List.of(HYPERLIQUID, DYDX)) {
            List<PriceReport> reports = account(venue, VenueAccount.MARKET).reports();
            assertEquals(Amount.of(day[1]), report(reports, Measure.INDEX_PRICE, "BTC"));
            assertEquals(Amount.of(day[2]), report(reports, Measure.INDEX_PRICE, "ETH"));
        }
        List<PriceReport> aave = account(AAVE, VenueAccount.MARKET).reports();
        assertEquals(Amount.of(day[1]), report(aave, Measure.INDEX_PRICE, "WBTC"));
        assertEquals(Amount.of(day[2]), report(aave, Measure.INDEX_PRICE, "WETH"));
        assertEquals(Amount.of(1), report(aave, Measure.INDEX_PRICE, "USDC"));
    }

    private static VenueSnapshot account(int venue, String address) {
        return RecordedSnapshots.normalised(RecordedSnapshots.of(venue, address));
    }

    private static Amount report(List<PriceReport> reports, Measure measure, String subject) {
        return reports.stream()
                .filter(r -> r.measure() == measure && r.subject().equals(subject))
                .map(PriceReport::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + measure + " of " + subject));
    }

    private static int asset(String name) {
        return RecordedSnapshots.LISTING.assetNamed(name).orElseThrow().number();
    }

    private static Holding derivative(String name, String quantity, Optional<String> settledPrice) {
        int number = RecordedSnapshots.LISTING.instruments().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow()
                .number();
        return new Holding.Derivative(number, Amount.of(quantity), settledPrice.map(Amount::of), Amount.ZERO);
    }
}
