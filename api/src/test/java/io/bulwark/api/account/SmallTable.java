package io.bulwark.api.account;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.TableInputs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A table small enough to add up by hand: BTC at 60,000 USD moves 20 % down or up; one lot is 0.001 BTC (60 USD = 600,000 u). A long call that costs 3 USD a lot loses
 * all of it or gains 9 USD.
 */
public final class SmallTable {
    /** One lot of BTC-PERP loses 12 USD in either direction: 120,000 u, plus spread 60 u and half a unit. */
    public static final RiskTable TABLE = new RiskTable(
            CanonicalValue.text("by hand"),
            List.of(row(-1), row(1)),
            List.of(new Family("J", List.of(IntColumn.of(0), IntColumn.of(1)))),
            List.of(new Combo("joint", IntColumn.of(1_000_000))),
            List.of(new GroupMoves(
                    1, IntColumn.of(-200_000, 200_000), IntColumn.of(1_000_000, 1_000_000), IntColumn.zeros(1))),
            IntColumn.zeros(1),
            IntColumn.of(1_000_000),
            List.of(new Group(0, "USD", Optional.empty()), new Group(1, "BTC", Optional.empty())),
            List.of(
                    instrument(3, "BTC-PERP", false, 0, IntColumn.of(-120_000, 120_000), 600_000),
                    instrument(7, "BTC-CALL", true, 30_000, IntColumn.of(-30_000, 90_000), 300_000)),
            List.of(new AssetRisk(
                    2,
                    "BTC",
                    1,
                    "major",
                    false,
                    600_000,
                    110_000,
                    20_000,
                    0,
                    534_000,
                    IntColumn.of(-63_600, 106_800),
                    IntColumn.zeros(1),
                    612_000,
                    IntColumn.of(-120_000, 120_000),
                    IntColumn.zeros(1),
                    List.of(new Sensitivity(1, 600_000)),
                    CrowdSlopes.NONE,
                    List.of(),
                    700_000,
                    AssetRisk.AtVenue.NONE)),
            new RiskParameters(10_000, 800_000, 10_000, 250_000, 1L << 60, Integer.MAX_VALUE),
            VenueRisk.NONE);

    /** The market behind it: the call is struck at 60,000 USD and has 30 days to run. */
    public static final EpochMarket MARKET = new EpochMarket(
            new Listing(
                    List.of(new ListedVenue(
                            0, "perpetual-one", "venue:one", 1_000, EvidenceGrade.UNSIGNED, ConnectionMode.PLEDGED)),
                    List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "BTC")),
                    List.of(new ListedAsset(
                            2,
                            "BTC",
                            1,
                            new Instrument.Spot("BTC"),
                            Amount.of("0.001"),
                            AssetTier.MAJOR,
                            110_000,
                            20_000,
                            EvidenceGrade.UNSIGNED)),
                    List.of(
                            listed(3, "BTC-PERP", new Instrument.Perpetual("BTC", "USDC", false)),
                            listed(
                                    7,
                                    "BTC-CALL",
                                    new Instrument.Option(
                                            "BTC",
                                            "USDC",
                                            OptionRight.CALL,
                                            Amount.of(60_000),
                                            1_716_487_200_000L + 30L * 86_400_000)))),
            new Market(
                    1_716_487_200_000L,
                    Map.of(0, Amount.of(1), 1, Amount.of(60_000)),
                    Map.of(2, Amount.of(60_000)),
                    Map.of(3, Amount.of(60_000)),
                    Map.of(7, Amount.of(3_000)),
                    Map.of(7, Amount.of("0.45"))),
            ParameterSet.founding(),
            TableInputs.NONE);

    private SmallTable() {}

    private static ListedInstrument listed(int number, String name, Instrument contract) {
        return new ListedInstrument(number, name, 0, name, 1, contract, Amount.of("0.001"));
    }

    private static ScenarioRow row(int point) {
        return new ScenarioRow(
                new ScenarioRow.PricePoint(point, 0), BigDecimal.ZERO, BigDecimal.ZERO, 0, List.of(), false);
    }

    private static InstrumentRisk instrument(
            int number, String id, boolean paidUp, long value, IntColumn row, int delta) {
        return new InstrumentRisk(
                number,
                id,
                1,
                paidUp,
                OptionalInt.empty(),
                value,
                row,
                Optional.empty(),
                IntColumn.zeros(1),
                List.of(new Sensitivity(1, delta)),
                List.of(),
                60,
                CrowdSlopes.NONE,
                List.of(),
                700_000,
                VenueRisk.FREE);
    }
}
