package io.bulwark.netting.revaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.netting.pricing.BlackScholesMerton;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.revaluation.PublishedTable.Unpriced;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.scenario.House;
import io.bulwark.netting.scenario.MarketStatistics;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.ReferenceBuilder;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.ScenarioRows;
import io.bulwark.netting.scenario.Submission;
import io.bulwark.netting.scenario.TableInputs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RiskTableBuilderTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding().with(ScenarioParameters.DESIGN, 0);

    private final RiskTable table = built(House.reports()).table();

    @Test
    void shouldPublishTheJointGridInTheReferenceOrder() {
        ReferenceBuilder reference = new ReferenceBuilder();
        List<ScenarioRow> joint = ScenarioRows.joint();
        assertEquals(53, joint.size());
        assertEquals(reference.rows.subList(0, 53), joint);
        assertEquals(reference.rows.get(53), ScenarioRows.cross());
        assertEquals(reference.rows.get(88), ScenarioRows.replay(CrashDay.MARCH_2020));
    }

    @Test
    void shouldMoveLinearInstrumentsExactlyByTheShock() {
        // 0.001 ETH at the venue's mark of 3,785.25 USD: 37,852.5 u; −20 % is −7,570.5, half to even −7,570.
        InstrumentRisk ether = table.instrument("hyperliquid:ETH").orElseThrow();
        assertEquals(-7_570, ether.row().at(0));
        assertEquals(0, ether.value());
        assertEquals(37_852, ether.delta().getFirst().amount());
        assertEquals(19, ether.spread());
        assertEquals(OptionalInt.empty(), ether.days());
    }

    @Test
    void shouldCountAnInverseContractInItsDollars() {
        InstrumentRisk perpetual = table.instrument("deribit:BTC-PERPETUAL").orElseThrow();
        assertEquals(100_000, perpetual.delta().getFirst().amount());
        assertEquals(-16_000, perpetual.row().at(0));
        InstrumentRisk future = table.instrument("deribit:BTC-28JUN24").orElseThrow();
        assertEquals(perpetual.row(), future.row());
        assertEquals(OptionalInt.of(60), future.days());
    }

    @Test
    void shouldValueOptionsInDollarsAtTheirOwnVolatility() {
        InstrumentRisk call = table.instrument("deribit:BTC-31MAY24-68000-C").orElseThrow();
        BlackScholesMerton model = new BlackScholesMerton(OptionRight.CALL, 68_777.9, 68_000, 0, 0, 8.0 / 365, 0.5575);
        assertEquals(Math.round(0.1 * 1e4 * model.price()), call.value());
        assertEquals(
                0.1 * 1e4 * 68_777.9 * model.delta(), call.delta().getFirst().amount(), 2);
        assertEquals(0.1 * 1e4 * model.vega() / 100, call.vega().getFirst().amount(), 30);
        assertTrue(call.paidUp());
        assertEquals(OptionalInt.of(14), call.days());
    }

    @Test
    void shouldValueAnOptionOnTheForwardThatTheVenuesMarkImplies() {
        // Forward 5 % over the index; the venue pays in coins: (S/F)·Black(F, K).
        double spot = 68_777.9;
        double forward = 1.05 * spot;
        double premium =
                new BlackScholesMerton(OptionRight.CALL, forward, 68_000, 0, 0, 8.0 / 365, 0.5575).price() / 1.05;
        List<PriceReport> reports = new ArrayList<>(House.reports());
        reports.add(House.report(Measure.MARK_PRICE, "deribit:BTC-31MAY24-68000-C", Double.toString(premium)));
        assertEquals(table.instrument(1), built(reports).table().instrument(1), "5 % in 8 days is not believed");
        double near =
                new BlackScholesMerton(OptionRight.CALL, 1.02 * spot, 68_000, 0, 0, 8.0 / 365, 0.5575).price() / 1.02;
        reports.set(
                reports.size() - 1,
                House.report(Measure.MARK_PRICE, "deribit:BTC-31MAY24-68000-C", Double.toString(near)));
        RiskTable forwards = built(reports).table();
        assertEquals(
                Math.round(0.1 * 1e4 * near),
                forwards.instrument(1).orElseThrow().value());
        // The put of the same expiry has no mark of its own and takes the same forward: parity holds.
        assertTrue(forwards.instrument(2).orElseThrow().value()
                < table.instrument(2).orElseThrow().value());
    }

    @Test
    void shouldNeverLetAPaidOptionOweAnything() {
        for (InstrumentRisk option :
                table.instruments().stream().filter(InstrumentRisk::paidUp).toList()) {
            assertTrue(option.row().stream().allMatch(change -> option.value() + change >= 0), option::id);
        }
    }

    @Test
    void shouldNeverCountADebtBelowTheSameCollateral() {
        for (AssetRisk asset : table.assets()) {
            IntStream.range(0, table.rowCount())
                    .forEach(row -> assertTrue(
                            asset.debtValue() + asset.debtRow().at(row)
                                    >= asset.value() + asset.row().at(row),
                            asset::id));
        }
        AssetRisk usdc = table.asset("USDC").orElseThrow();
        assertEquals(9_999, usdc.price());
        assertEquals(IntColumn.zeros(54), usdc.row());
        assertEquals(IntColumn.zeros(54), usdc.debtRow());
        assertEquals(List.of(), usdc.delta());
    }

    @Test
    void shouldChargeOnlySpreadAndImpact() {
        Group ether = table.group(2).orElseThrow();
        GroupCharges charges = ether.charges().orElseThrow();
        assertEquals(1_900, charges.impact().longSlope());
        assertEquals(0, charges.contagion().longSlope());
        assertEquals(0, charges.skew().psi());
        GroupCharges bitcoin = table.group(1).orElseThrow().charges().orElseThrow();
        assertEquals(List.of(new GroupCharges.Basis(14, 0), new GroupCharges.Basis(60, 0)), bitcoin.basis());
        assertTrue(table.group(0).orElseThrow().charges().isEmpty());
        assertEquals(IntColumn.of(1_000_000), table.esWeights());
        assertTrue(table.instruments().stream().allMatch(i -> i.es().equals(IntColumn.zeros(1))));
        assertTrue(table.assets().stream()
                .allMatch(a -> a.es().equals(IntColumn.zeros(1)) && a.debtEs().equals(IntColumn.zeros(1))));
    }

    @Test
    void shouldPassEveryPublicationCheck() {
        assertEquals(List.of(), Publication.ofProduction(table));
        RiskTable vault = RiskTableBuilder.vaultTable(House.LISTING, House.market(), FOUNDING)
                .table();
        assertEquals(List.of(), Publication.ofProduction(vault));
    }

    @Test
    void shouldBeTheSameBytesFromReportsInAnyOrder() {
        List<PriceReport> reversed = new ArrayList<>(House.reports()).reversed();
        assertArrayEquals(table.encode(), built(reversed).table().encode());
        assertEquals(table, RiskTable.decode(table.encode()));
    }

    /** A golden digest: any change of rows, rules or encoding must be meant. */
    @Test
    void shouldBeTheSameBytesOnEveryMachine() {
        assertEquals(
                "4d4549b593424283a6b2a5b5f43751352a7a372b5bb6c2aada160b1733595d59",
                RiskTableBuilder.marginTable(House.LISTING, House.market(), ParameterSet.founding())
                        .table()
                        .digest()
                        .toString());
    }

    @Test
    void shouldLeaveOutByNameWhatNobodyPricesFreshly() {
        List<PriceReport> fewer = House.reports().stream()
                .filter(r -> !r.subject().equals("SOL") && !r.subject().endsWith("60000-P"))
                .toList();
        PublishedTable partial = built(fewer);
        assertEquals(
                List.of(
                        new Unpriced(2, "deribit:BTC-31MAY24-60000-P", "no fresh implied volatility"),
                        new Unpriced(5, "hyperliquid:SOL", "no fresh mark or index price")),
                partial.leftOut());
        assertTrue(partial.table().instrument(5).isEmpty());
        assertTrue(partial.table().instrument(4).isPresent());
    }

    @Test
    void shouldNotCountAStableAtParWhenItsPriceIsStale() {
        PriceReport stale =
                new PriceReport(1, Measure.INDEX_PRICE, "USDC", Amount.of("0.87"), House.EPOCH_MILLIS - 4_000_000);
        List<PriceReport> reports = new ArrayList<>(House.reports());
        reports.removeIf(r -> r.subject().equals("USDC"));
        assertEquals(10_000, built(reports).table().asset("USDC").orElseThrow().price());
        reports.add(stale);
        assertEquals(
                List.of(new Unpriced(0, "USDC", "no fresh price")),
                built(reports).leftOut());
    }

    @Test
    void shouldFollowGovernedRanges() {
        ParameterSet wider = FOUNDING.with(ScenarioParameters.range("ETH"), 300_000);
        RiskTable governed = RiskTableBuilder.marginTable(House.LISTING, House.market(), wider)
                .table();
        assertEquals(-300_000, governed.movesOf(2).orElseThrow().shock().at(0));
        assertNotEquals(table.digest(), governed.digest());
        assertThrows(IllegalArgumentException.class, () -> FOUNDING.with(ScenarioParameters.range("ETH"), 10));
    }

    @Test
    void shouldReplayTheTwelfthOfMarchAtFullWeightForTheFund() {
        RiskTable vault = RiskTableBuilder.vaultTable(House.LISTING, House.market(), FOUNDING)
                .table();
        assertEquals(1, vault.rowCount());
        assertEquals(-388_000, vault.movesOf(1).orElseThrow().shock().at(0));
        assertEquals(-430_000, vault.movesOf(2).orElseThrow().shock().at(0));
        assertEquals(-602_000, vault.movesOf(3).orElseThrow().shock().at(0));
        assertEquals(0, vault.movesOf(0).orElseThrow().shock().at(0));
        assertEquals(
                -38_800,
                vault.instrument("deribit:BTC-PERPETUAL").orElseThrow().row().at(0));
        InstrumentRisk put = vault.instrument("deribit:BTC-31MAY24-60000-P").orElseThrow();
        double intrinsic = 0.1 * 1e4 * (60_000 - 0.612 * 68_777.9);
        assertEquals(intrinsic, (double) (put.value() + put.row().at(0)), 0.02 * intrinsic);
    }

    @Test
    void shouldScaleEveryMoveOfTheFundsRows() {
        RiskTable half = scaled(500_000);
        assertEquals(-194_000, half.movesOf(1).orElseThrow().shock().at(0));
        assertEquals(-301_000, half.movesOf(3).orElseThrow().shock().at(0));
        assertEquals(
                -19_400,
                half.instrument("deribit:BTC-PERPETUAL").orElseThrow().row().at(0));
        assertEquals(
                -950_000, scaled(3_000_000).movesOf(3).orElseThrow().shock().at(0), "no price falls further than 95 %");
        RiskTable sealed = RiskTableBuilder.vaultTable(House.LISTING, House.market(), FOUNDING)
                .table();
        assertEquals(sealed, scaled(1_000_000));
        assertThrows(IllegalArgumentException.class, () -> scaled(5_000_001));
    }

    private static RiskTable scaled(int ppm) {
        return RiskTableBuilder.scaledVaultTable(House.LISTING, House.market(), FOUNDING, TableInputs.NONE, ppm)
                .table();
    }

    @Test
    void shouldPublishEveryFamilyWhereTheDesignIsFull() {
        ParameterSet full = FOUNDING.with(ScenarioParameters.DESIGN, 1);
        NamedScenarios scenarios = new NamedScenarios(
                List.of(CrashDay.MARCH_2020),
                List.of(submission("accepted", -80_000)),
                List.of(submission("refused", -660_000)));
        TableInputs inputs = TableInputs.NONE
                .with(scenarios)
                .with(new MarketStatistics(
                        "a test", List.of(new GroupStatistics(1, 170_000, 290_000, OptionalLong.empty()))));
        RiskTable margin = RiskTableBuilder.marginTable(House.LISTING, House.market(), full, inputs)
                .table();
        assertEquals(
                List.of("J", "S", "STAR", "EXT", "HIST", "DEPEG", "ADV"),
                margin.families().stream().map(Family::name).toList());
        assertEquals(List.of(), Publication.ofProduction(margin));
        GroupMoves bitcoin = margin.movesOf(1).orElseThrow();
        assertEquals(-170_000, bitcoin.shock().at(0));
        assertEquals(-170_000 + 49_300, bitcoin.shock().at(54), "κ of X inwards");
        assertEquals(170_000_000 / 660, bitcoin.damp().at(78));
        assertEquals(450_000, bitcoin.damp().at(84));
        assertEquals(margin, RiskTable.decode(margin.encode()));

        RiskTable vault = RiskTableBuilder.vaultTable(House.LISTING, House.market(), full, inputs)
                .table();
        assertEquals(
                List.of("HIST", "EXT", "ADV"),
                vault.families().stream().map(Family::name).toList());
        assertEquals(List.of(), Publication.ofProduction(vault));
        assertTrue(vault.movesOf(1).orElseThrow().damp().stream().allMatch(damp -> damp == 1_000_000));
        assertEquals(-660_000, vault.movesOf(1).orElseThrow().shock().at(22));
    }

    private static Submission submission(String name, int ppm) {
        return new Submission(name, Map.of("BTC", ppm, "ETH", ppm, "SOL", ppm), new BigDecimal("0.5"));
    }

    private static PublishedTable built(List<PriceReport> reports) {
        return RiskTableBuilder.marginTable(House.LISTING, House.market(reports), FOUNDING);
    }
}
