package io.bulwark.netting.scenario;

import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.market.Market;
import java.util.List;

/** A listing of three venues and their reports of 2024-05-23, 18:11 UTC, as tests need them. */
public final class House {
    /** 2024-05-23 18:11 UTC. */
    public static final long EPOCH_MILLIS = 1_716_487_860_000L;

    private static final long DAY_MILLIS = 86_400_000;
    private static final long HOUR_MILLIS = 3_600_000;

    /** The listing. */
    public static final Listing LISTING = new Listing(
            List.of(
                    new ListedVenue(1, "aave", "eip155:1", 2 * HOUR_MILLIS, EvidenceGrade.QUORUM_OBSERVATION),
                    new ListedVenue(2, "deribit", "venue:deribit", HOUR_MILLIS, EvidenceGrade.UNSIGNED),
                    new ListedVenue(3, "hyperliquid", "venue:hyperliquid", HOUR_MILLIS, EvidenceGrade.UNSIGNED)),
            List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "BTC"), new RiskGroup(2, "ETH"), new RiskGroup(3, "SOL")),
            List.of(
                    asset(0, "USDC", 0, new Instrument.Spot("USDC"), "1", AssetTier.STABLE, 30_000, 10_000),
                    asset(1, "BTC", 1, new Instrument.Spot("BTC"), "0.0001", AssetTier.MAJOR, 110_000, 20_000),
                    asset(
                            2,
                            "aWETH",
                            2,
                            new Instrument.LendingClaim("ETH"),
                            "0.001",
                            AssetTier.MAJOR,
                            120_000,
                            20_000)),
            List.of(
                    instrument(0, 2, "BTC-PERPETUAL", 1, new Instrument.Perpetual("BTC", "BTC", true), "10"),
                    instrument(1, 2, "BTC-31MAY24-68000-C", 1, option(OptionRight.CALL, "68000", 8), "0.1"),
                    instrument(2, 2, "BTC-31MAY24-60000-P", 1, option(OptionRight.PUT, "60000", 8), "0.1"),
                    instrument(3, 2, "BTC-28JUN24", 1, future(36), "10"),
                    instrument(4, 3, "ETH", 2, new Instrument.Perpetual("ETH", "USDC", false), "0.001"),
                    instrument(5, 3, "SOL", 3, new Instrument.Perpetual("SOL", "USDC", false), "0.01")));

    private House() {}

    /** The fresh reports of the epoch. */
    public static List<PriceReport> reports() {
        return List.of(
                report(Measure.INDEX_PRICE, "BTC", "68777.9"),
                report(Measure.INDEX_PRICE, "ETH", "3784.8"),
                report(Measure.INDEX_PRICE, "SOL", "176.18"),
                report(Measure.INDEX_PRICE, "USDC", "0.9999"),
                report(Measure.MARK_PRICE, "deribit:BTC-28JUN24", "69500"),
                report(Measure.MARK_PRICE, "hyperliquid:ETH", "3785.25"),
                report(Measure.IMPLIED_VOLATILITY, "deribit:BTC-31MAY24-68000-C", "0.5575"),
                report(Measure.IMPLIED_VOLATILITY, "deribit:BTC-31MAY24-60000-P", "0.662"));
    }

    /** The listing with another grade asked of every asset. */
    public static Listing withGrade(EvidenceGrade grade) {
        List<ListedAsset> assets = LISTING.assets().stream()
                .map(a -> new ListedAsset(
                        a.number(),
                        a.name(),
                        a.group(),
                        a.form(),
                        a.lot(),
                        a.tier(),
                        a.haircutPpm(),
                        a.residualPpm(),
                        grade))
                .toList();
        return new Listing(LISTING.venues(), LISTING.groups(), assets, LISTING.instruments());
    }

    /** What the reports say. */
    public static Market market() {
        return market(reports());
    }

    /** What given reports say. */
    public static Market market(List<PriceReport> reports) {
        return Market.of(LISTING, new PriceBook(reports, EPOCH_MILLIS, HOUR_MILLIS));
    }

    public static PriceReport report(Measure measure, String subject, String value) {
        return new PriceReport(2, measure, subject, Amount.of(value), EPOCH_MILLIS);
    }

    private static Instrument option(OptionRight right, String strike, int days) {
        return new Instrument.Option("BTC", "BTC", right, Amount.of(strike), EPOCH_MILLIS + days * DAY_MILLIS);
    }

    private static Instrument future(int days) {
        return new Instrument.Future("BTC", "BTC", true, EPOCH_MILLIS + days * DAY_MILLIS);
    }

    private static ListedAsset asset(
            int number,
            String name,
            int group,
            Instrument form,
            String lot,
            AssetTier tier,
            long haircut,
            long residual) {
        return new ListedAsset(
                number, name, group, form, Amount.of(lot), tier, haircut, residual, EvidenceGrade.UNSIGNED);
    }

    private static ListedInstrument instrument(
            int number, int venue, String symbol, int group, Instrument contract, String lot) {
        String name = (venue == 2 ? "deribit:" : "hyperliquid:") + symbol;
        return new ListedInstrument(number, name, venue, symbol, group, contract, Amount.of(lot));
    }
}
