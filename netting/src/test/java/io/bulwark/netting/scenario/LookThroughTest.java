package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Aggregation;
import io.bulwark.netting.portfolio.ConversionBasis;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Shares of vaults and pools, and baskets: valued and margined by what they hold. */
class LookThroughTest {
    private static final long NOW = House.EPOCH_MILLIS;
    private static final VenueAccount ACCOUNT = new VenueAccount(1, "0xa");
    private static final int VAULT = 3;
    private static final int POOL = 4;
    private static final int INDEX = 5;
    private static final Listing LISTING = new Listing(
            List.of(new ListedVenue(1, "venue", "venue:venue", 3_600_000, EvidenceGrade.UNSIGNED)),
            List.of(
                    new RiskGroup(0, "USD"),
                    new RiskGroup(1, "BTC"),
                    new RiskGroup(2, "ETH"),
                    new RiskGroup(3, "POOL")),
            List.of(
                    asset(0, "USDC", 0, new Instrument.Spot("USDC"), "1", AssetTier.STABLE, 30_000),
                    asset(1, "BTC", 1, new Instrument.Spot("BTC"), "0.0001", AssetTier.MAJOR, 110_000),
                    asset(2, "ETH", 2, new Instrument.Spot("ETH"), "0.001", AssetTier.MAJOR, 120_000),
                    asset(VAULT, "vETH", 2, new Instrument.VaultShare("ETH"), "0.01", AssetTier.GOVERNANCE, 250_000),
                    asset(
                            POOL,
                            "BTC-ETH",
                            3,
                            new Instrument.LiquidityShare("BTC", "ETH"),
                            "0.01",
                            AssetTier.GOVERNANCE,
                            250_000),
                    asset(
                            INDEX,
                            "INDEX",
                            1,
                            new Instrument.Basket(List.of(
                                    new Instrument.Component("BTC", Amount.of("0.5")),
                                    new Instrument.Component("ETH", Amount.of("7.5005")))),
                            "0.01",
                            AssetTier.GOVERNANCE,
                            250_000)),
            List.of());

    @Test
    void shouldValueAVaultShareByTheAssetsThatItHolds() {
        // LOOK-001: 1.0523 ETH at 2,000 USD; a report of its own above that changes nothing, one below counts.
        assertEquals(Amount.of("2104.6"), price(VAULT, contents()).orElseThrow());
        assertEquals(
                Amount.of("2104.6"), price(VAULT, with(index("vETH", "2110"))).orElseThrow());
        assertEquals(
                Amount.of("1900"), price(VAULT, with(index("vETH", "1900"))).orElseThrow());
    }

    @Test
    void shouldValueAPoolShareAtTheRootOfBothSides() {
        // LOOK-002: 0.04 BTC and 1.2 ETH in a share: 2·√(0.04·60,000·1.2·2,000) = 4,800 USD.
        assertEquals(Amount.of("4800"), price(POOL, contents()).orElseThrow());
        // After a trade that takes half of the BTC out, x·y is the same, and so is the value.
        List<PriceReport> moved = prices();
        moved.add(content("BTC-ETH/BTC", "0.02"));
        moved.add(content("BTC-ETH/ETH", "2.4"));
        assertEquals(Amount.of("4800"), price(POOL, moved).orElseThrow());
    }

    @Test
    void shouldNeverTakeAShareAtPar() {
        assertEquals(Optional.empty(), price(VAULT, prices()));
        assertEquals(Optional.empty(), price(POOL, prices()));
        List<PriceReport> half = prices();
        half.add(content("BTC-ETH/BTC", "0.04"));
        assertEquals(Optional.empty(), price(POOL, half));
        List<PriceReport> stale = contents();
        stale.add(new PriceReport(1, Measure.INDEX_PRICE, "vETH", Amount.of("2104"), NOW - 4_000_000));
        assertEquals(Optional.empty(), price(VAULT, stale));
    }

    @Test
    void shouldGiveAPoolShareTwoLegsAndAGroupOfItsOwn() {
        RiskTable table = full();
        AssetRisk pool = table.asset(POOL).orElseThrow();
        assertEquals(480_000, pool.price());
        assertEquals(List.of(new Sensitivity(1, 240_000), new Sensitivity(2, 240_000)), pool.delta());
        assertTrue(table.group(3).orElseThrow().charges().isEmpty());
        assertTrue(table.movesOf(3).isEmpty());
        // Both legs at −X: √(0.84 · 0.80) − 1 = −18.0 %, inside the haircut of 25 %.
        assertEquals(0, pool.row().at(0));
        // LOOK-003: both at +X: ⌈√(1.16 · 1.20)⌉ − 1 = 17.9831 %; a debt of 48 USD with its residual grows by 8.6319
        // USD.
        assertEquals(86_319, pool.debtRow().at(24));
        // In the cross row each leg goes its own way; for a debt the worst is both at +X.
        assertEquals(86_319, pool.debtRow().at(53));
        assertEquals(0, pool.debtRow().at(12));
        assertEquals(List.of(), PublishedMargins.violations(table));
    }

    @Test
    void shouldCountABasketByItsComponents() {
        RiskTable table = full();
        assertTrue(table.asset(INDEX).isEmpty());
        Portfolio held = portfolio(table, new Holding.Collateral(INDEX, Amount.of("2")));
        // LOOK-004: 2 · 0.5 BTC and 2 · 7.5005 ETH.
        assertEquals(
                List.of(new Entry(1, 10_000), new Entry(2, 15_001)),
                held.account().collateral());
        Portfolio odd = portfolio(table, new Holding.Collateral(INDEX, Amount.of("0.01")));
        assertEquals(List.of(new Entry(1, 50), new Entry(2, 75)), odd.account().collateral());
        Portfolio owed = portfolio(table, new Holding.Debt(INDEX, Amount.of("0.01")));
        assertEquals(List.of(new Entry(1, 50), new Entry(2, 76)), owed.account().debt());
        Portfolio apart = portfolio(
                table, new Holding.Collateral(1, Amount.of("1")), new Holding.Collateral(2, Amount.of("15.001")));
        assertEquals(statement(table, apart), statement(table, held));
    }

    private static MarginStatement statement(RiskTable table, Portfolio portfolio) {
        return (MarginStatement) PortfolioMargin.evaluate(table, portfolio.account());
    }

    private static Portfolio portfolio(RiskTable table, Holding... holdings) {
        RawSnapshot raw = new RawSnapshot(ACCOUNT, new Horizon.VenueTime(NOW), List.of());
        VenueSnapshot snapshot = new VenueSnapshot(raw, List.of(holdings), List.of(), EvidenceGrade.UNSIGNED);
        ClearingAccount account = new ClearingAccount(1, "one", "member", List.of(ACCOUNT));
        ConversionBasis basis = new ConversionBasis(LISTING, market(contents()), table);
        return (Portfolio) Aggregation.of(account, List.of(snapshot), List.of(), basis);
    }

    private static RiskTable full() {
        ParameterSet parameters = ParameterSet.founding();
        return RiskTableBuilder.marginTable(LISTING, market(contents()), parameters)
                .table();
    }

    private static Optional<Amount> price(int asset, List<PriceReport> reports) {
        return market(reports).assetPrice(asset);
    }

    private static Market market(List<PriceReport> reports) {
        return Market.of(LISTING, new PriceBook(reports, NOW, 3_600_000));
    }

    private static List<PriceReport> prices() {
        return new ArrayList<>(List.of(index("BTC", "60000"), index("ETH", "2000"), index("USDC", "1")));
    }

    private static List<PriceReport> contents() {
        List<PriceReport> reports = prices();
        reports.add(content("vETH/ETH", "1.0523"));
        reports.add(content("BTC-ETH/BTC", "0.04"));
        reports.add(content("BTC-ETH/ETH", "1.2"));
        return reports;
    }

    private static List<PriceReport> with(PriceReport report) {
        List<PriceReport> reports = contents();
        reports.add(report);
        return reports;
    }

    private static PriceReport index(String subject, String value) {
        return new PriceReport(1, Measure.INDEX_PRICE, subject, Amount.of(value), NOW);
    }

    private static PriceReport content(String subject, String value) {
        return new PriceReport(1, Measure.SHARE_CONTENT, subject, Amount.of(value), NOW);
    }

    private static ListedAsset asset(
            int number, String name, int group, Instrument form, String lot, AssetTier tier, long haircut) {
        return new ListedAsset(
                number, name, group, form, Amount.of(lot), tier, haircut, 20_000, EvidenceGrade.UNSIGNED);
    }
}
