package io.bulwark.prover;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
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
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;

/** A table made by the house's own builder from a small listing, at the prices of 2024-05-23. */
public final class HouseTable {
    /** 2024-05-23 18:11 UTC. */
    private static final long EPOCH_MILLIS = 1_716_487_860_000L;

    private static final long DAY_MILLIS = 86_400_000;
    /** The table. */
    public static final RiskTable PUBLISHED = RiskTableBuilder.marginTable(listing(), market(), ParameterSet.founding())
            .table();

    /** The vault's table beside it. */
    public static final RiskTable VAULT = RiskTableBuilder.vaultTable(listing(), market(), ParameterSet.founding())
            .table();

    private HouseTable() {}

    /** The same table under other governed numbers. */
    public static RiskTable of(ParameterSet parameters) {
        return RiskTableBuilder.marginTable(listing(), market(), parameters).table();
    }

    /** The book of a house that publishes a buffer over such a table. */
    public static HouseBook book(RiskTable table, ParameterSet parameters) {
        return HouseBook.of(table, listing(), market(), parameters).orElseThrow();
    }

    private static Listing listing() {
        Instrument.Option option = new Instrument.Option(
                "BTC", "BTC", Instrument.OptionRight.CALL, Amount.of("68000"), EPOCH_MILLIS + 8 * DAY_MILLIS);
        return new Listing(
                List.of(new ListedVenue(1, "deribit", "venue:deribit", DAY_MILLIS, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "BTC")),
                List.of(
                        asset(0, "USDC", 0, "1", AssetTier.STABLE, 30_000, 10_000),
                        asset(1, "BTC", 1, "0.0001", AssetTier.MAJOR, 110_000, 20_000)),
                List.of(
                        instrument(0, "BTC-PERPETUAL", new Instrument.Perpetual("BTC", "BTC", true), "10"),
                        instrument(1, "BTC-31MAY24-68000-C", option, "0.1"),
                        instrument(
                                2,
                                "BTC-28JUN24",
                                new Instrument.Future("BTC", "BTC", true, EPOCH_MILLIS + 36 * DAY_MILLIS),
                                "10")));
    }

    private static ListedAsset asset(
            int number, String name, int group, String lot, AssetTier tier, long haircut, long residual) {
        return new ListedAsset(
                number,
                name,
                group,
                new Instrument.Spot(name),
                Amount.of(lot),
                tier,
                haircut,
                residual,
                EvidenceGrade.UNSIGNED);
    }

    private static ListedInstrument instrument(int number, String symbol, Instrument contract, String lot) {
        return new ListedInstrument(number, "deribit:" + symbol, 1, symbol, 1, contract, Amount.of(lot));
    }

    private static Market market() {
        List<PriceReport> reports = List.of(
                report(Measure.INDEX_PRICE, "BTC", "68777.9"),
                report(Measure.INDEX_PRICE, "USDC", "0.9999"),
                report(Measure.IMPLIED_VOLATILITY, "deribit:BTC-31MAY24-68000-C", "0.5575"));
        return Market.of(listing(), new PriceBook(reports, EPOCH_MILLIS, DAY_MILLIS));
    }

    private static PriceReport report(Measure measure, String subject, String value) {
        return new PriceReport(1, measure, subject, Amount.of(value), EPOCH_MILLIS);
    }
}
