package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.liquidity.LiquidityParameters;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.liquidity.ObservedMarket;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What accounts hold together, and what venues quote, charges everybody on that side by the square-root law. */
class ObservedSlopesTest {
    private static final ParameterSet FULL =
            ParameterSet.founding().with(ScenarioParameters.DESIGN, 1).with(PlacementParameters.VENUES, 0);

    /** hyperliquid:ETH, one lot is 0.001 ETH at a mark of 3,785.25 USD. */
    private static final int ETH = 4;

    private static final int LOTS_A_COIN = 1_000;

    @Test
    void shouldChargeTheSideThatOneAccountCrowds() {
        // RISK-012: D = ⌊10,000,000 / 3.78525⌋ = 2,641,833 lots.
        long depth = 2_641_833;
        CrowdSlopes least = slopes(table(1));
        for (long coins : new long[] {1, 1_000, 5_000, 20_000, 200_000}) {
            CrowdSlopes slopes = slopes(table(coins));
            long ppm = law(coins * LOTS_A_COIN, depth);
            // 3.78525 USD are 37,852.5 u.
            long charged = Math.ceilDiv(378_525 * Math.max(1_000, ppm), 10 * Rounding.PPM);
            assertEquals(charged, slopes.shortSide(), coins + " ETH: " + ppm + " ppm");
            // Nobody crowds the long side. It rises only as far as maintenance margin must pay the closing of a lot, at
            // the dearer impact.
            assertTrue(
                    slopes.longSide() >= least.longSide() && 3 * slopes.longSide() <= Math.max(138, slopes.shortSide()),
                    "long " + slopes.longSide() + ", short " + slopes.shortSide());
        }
        assertEquals(50_000, law(200_000L * LOTS_A_COIN, depth), "no slope is above 5 %");
        // 0.25 · 20,000,000 / 2,641,833 = 1.892625; √ = 1.375727; ⅔ · 2 % of it = 1.834303 %, rounded up.
        assertEquals(18_344, law(20_000L * LOTS_A_COIN, depth));
    }

    /** A coin costs whoever is on the crowded side more, however little he holds himself, and splitting does not help. */
    @Test
    void shouldMakeACoinOnTheCrowdedSideDearer() {
        MarginAccount small = shortOf(LOTS_A_COIN);
        long alone = Requirement.of(table(1), small).initialMargin();
        long crowded = Requirement.of(table(200_000), small).initialMargin();
        System.out.println("1 ETH short: " + alone + " u beside nobody, " + crowded + " u beside 200,000 ETH short");
        assertTrue(crowded > alone + 37_852 * 40L, "4.9 % of 3,785 USD more");
        RiskTable split = table(List.of(shortOf(100_000L * LOTS_A_COIN), shortOf(100_000L * LOTS_A_COIN)));
        assertEquals(slopes(table(200_000)), slopes(split));
    }

    @Test
    void shouldPublishWhatItObserves() {
        for (long coins : new long[] {0, 1, 20_000, 200_000}) {
            assertEquals(
                    List.of(),
                    PublishedMargins.violations(table(coins), RiskTableBuilder.marginSkeleton(FULL)),
                    coins + " ETH short");
        }
    }

    /** A slope of the table before rises by a quarter of itself, or by a thousandth of what a lot is worth if that is more. */
    @Test
    void shouldRiseByOneStepAnEpoch() {
        RiskTable before = table(1_000);
        long from = slopes(before).shortSide();
        RiskTable after = table(List.of(shortOf(200_000L * LOTS_A_COIN)), List.of(), MarketRecord.NONE, before);
        assertEquals(from + Math.max(Math.ceilDiv(from, 4), 38), slopes(after).shortSide());
        RiskTable calm = table(List.of(), List.of(), MarketRecord.NONE, after);
        assertEquals(slopes(table(0)), slopes(calm), "a fall is immediate");
    }

    @Test
    void shouldOnlyRaiseBeforeNinetyDaysAreObserved() {
        RiskTable silent = table(1);
        RiskTable wide = quoted("0.01");
        RiskTable narrow = quoted("0.000001");
        assertEquals(spread(silent), spread(narrow), "a narrow quote of one day is not believed");
        // Half of 1 % and the taker's fee of 0.045 % are 0.545 % of 37,852.5 u.
        assertEquals(207, spread(wide));
        MarketRecord record = MarketRecord.NONE;
        for (long day = 90; day >= 1; day--) {
            record = observed(quotes("0.0002", "9000"), record, House.EPOCH_MILLIS - day * 86_400_000)
                    .with(
                            List.of(),
                            RiskTableBuilder.marginTable(House.LISTING, market(), FULL)
                                    .table())
                    .record();
        }
        RiskTable known = table(List.of(), quotes("0.0002", "9000"), record, null);
        // 0.01 % and the fee are 0.055 %, 20.8 u; the governed least was 0.05 %.
        assertEquals(21, spread(known));
    }

    /** D below the reference widens the range of the whole group, as margin.md has it: a quarter more at half of it. */
    @Test
    void shouldWidenTheRangeOfAThinMarket() {
        RiskTable usual = table(1);
        // 1,320 ETH at 3,785.25 USD are just below half of 10,000,000 USD.
        RiskTable thin = table(List.of(), quotes("0.0002", "1320"), MarketRecord.NONE, null);
        assertEquals(-200_000, worst(usual));
        assertEquals(-250_000, worst(thin));
    }

    @Test
    void shouldSayInItsProvenanceWhatItRestsOn() {
        RiskTable governed = RiskTableBuilder.marginTable(House.LISTING, market(), FULL, TableInputs.NONE)
                .table();
        assertTrue(MarketRecord.digest(governed).isEmpty());
        RiskTable observed = table(1);
        assertEquals(
                MarketRecord.NONE.canonical().sha256(),
                MarketRecord.digest(observed).orElseThrow());
        assertNotEquals(observed.digest(), table(2).digest(), "what accounts hold is part of what it says");
    }

    private static int worst(RiskTable table) {
        return table.movesOf(2).orElseThrow().shock().stream().limit(54).min().orElseThrow();
    }

    private static long spread(RiskTable table) {
        return table.instrument(ETH).orElseThrow().spread();
    }

    private static CrowdSlopes slopes(RiskTable table) {
        return table.instrument(ETH).map(InstrumentRisk::crowd).orElseThrow();
    }

    /** The smallest s with 9·10⁶·D·s² ≥ 1.6·10⁹·β·OI, at most 5 %: ⅔·2 %·√(β·OI/D) rounded up. */
    private static long law(long interest, long depth) {
        BigInteger right = BigInteger.valueOf(1_600_000_000L)
                .multiply(BigInteger.valueOf(FULL.value(LiquidityParameters.CROWD_SHARE)))
                .multiply(BigInteger.valueOf(interest));
        long slope = 0;
        while (slope < 50_000
                && BigInteger.valueOf(9_000_000L)
                                .multiply(BigInteger.valueOf(depth))
                                .multiply(BigInteger.valueOf(slope * slope))
                                .compareTo(right)
                        < 0) {
            slope++;
        }
        return slope;
    }

    private static MarginAccount shortOf(long lots) {
        return new MarginAccount(1_000_000_000_000L, List.of(new Entry(ETH, -lots)), List.of(), List.of(), List.of());
    }

    private static RiskTable table(long coins) {
        return table(coins == 0 ? List.of() : List.of(shortOf(coins * LOTS_A_COIN)));
    }

    private static RiskTable table(List<MarginAccount> accounts) {
        return table(accounts, List.of(), MarketRecord.NONE, null);
    }

    private static RiskTable quoted(String spread) {
        return table(List.of(), quotes(spread, "100000"), MarketRecord.NONE, null);
    }

    private static List<MarketReport> quotes(String spread, String depth) {
        List<MarketReport> reports = new ArrayList<>();
        reports.add(report(MarketReport.Kind.SPREAD, spread));
        reports.add(report(MarketReport.Kind.DEPTH, depth));
        return reports;
    }

    private static MarketReport report(MarketReport.Kind kind, String value) {
        return new MarketReport(
                3, kind, "hyperliquid:ETH", Amount.of(value), EvidenceGrade.UNSIGNED, House.EPOCH_MILLIS);
    }

    private static Market market() {
        return House.market();
    }

    private static ObservedMarket observed(List<MarketReport> reports, MarketRecord record, long timeMillis) {
        Market now = market();
        return ObservedMarket.of(
                House.LISTING,
                new Market(
                        timeMillis, now.groups(), now.assets(), now.instruments(), now.premiums(), now.volatilities()),
                reports,
                record,
                FULL);
    }

    private static RiskTable table(
            List<MarginAccount> accounts, List<MarketReport> reports, MarketRecord record, @Nullable RiskTable before) {
        RiskTable first = RiskTableBuilder.marginTable(House.LISTING, market(), FULL, TableInputs.NONE)
                .table();
        ObservedMarket.Held held = observed(reports, record, House.EPOCH_MILLIS).with(accounts, first);
        TableInputs inputs = TableInputs.NONE.with(held.record()).with(held.liquidity());
        return RiskTableBuilder.marginTable(
                        House.LISTING, market(), FULL, before == null ? inputs : inputs.after(before))
                .table();
    }
}
