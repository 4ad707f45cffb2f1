package io.bulwark.insurance.stresstest;

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
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.TableInputs;
import java.util.List;

/** The product's own vault table over two perpetuals and a coin at round prices: BTC 50,000 and ETH 2,000 USD. */
public final class VaultTable {
    /** 0.001 BTC a lot: 50 USD; loses 19.40 USD in the replay. */
    public static final int BTC = 0;

    /** 0.01 ETH a lot: 20 USD; loses 8.60 USD in the replay. */
    public static final int ETH = 1;

    private static final long TIME_MILLIS = 1_716_487_860_000L;

    private VaultTable() {}

    /** The table. */
    public static RiskTable table() {
        Listing listing = listing();
        return RiskTableBuilder.vaultTable(
                        listing, market(listing), ParameterSet.founding().with(ScenarioParameters.DESIGN, 0))
                .table();
    }

    /** The vault table of the full design, after these days. */
    static RiskTable after(NamedScenarios scenarios) {
        Listing listing = listing();
        return RiskTableBuilder.vaultTable(
                        listing, market(listing), ParameterSet.founding(), TableInputs.NONE.with(scenarios))
                .table();
    }

    /** The risk table of the full design with these rows of expected shortfall. */
    static RiskTable tableWith(ExpectedShortfallRows tail) {
        Listing listing = listing();
        return RiskTableBuilder.marginTable(
                        listing, market(listing), ParameterSet.founding(), TableInputs.NONE.with(tail))
                .table();
    }

    private static Market market(Listing listing) {
        return Market.of(listing, new PriceBook(List.of(price("BTC", "50000"), price("ETH", "2000")), TIME_MILLIS, 0));
    }

    private static Listing listing() {
        return new Listing(
                List.of(new ListedVenue(1, "venue", "venue:venue", 1, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "BTC"), new RiskGroup(2, "ETH")),
                List.of(new ListedAsset(
                        0,
                        "ETH",
                        2,
                        new Instrument.Spot("ETH"),
                        Amount.of("0.01"),
                        AssetTier.MAJOR,
                        120_000,
                        20_000,
                        EvidenceGrade.UNSIGNED)),
                List.of(perpetual(BTC, "BTC", 1, "0.001"), perpetual(ETH, "ETH", 2, "0.01")));
    }

    /** An account of one position and so much cash. */
    public static StressedAccount account(int number, String member, int instrument, long lots, long cash) {
        MarginAccount held =
                new MarginAccount(cash, List.of(new Entry(instrument, lots)), List.of(), List.of(), List.of());
        return new StressedAccount(number, member, held, cash);
    }

    private static PriceReport price(String subject, String value) {
        return new PriceReport(1, Measure.INDEX_PRICE, subject, Amount.of(value), TIME_MILLIS);
    }

    private static ListedInstrument perpetual(int number, String underlying, int group, String lot) {
        Instrument contract = new Instrument.Perpetual(underlying, "USDC", false);
        return new ListedInstrument(number, underlying, 1, underlying, group, contract, Amount.of(lot));
    }
}
