package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceDoubt;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.oracle.Quote;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A price in doubt widens what is charged, then nothing rests on it: never in silence. */
final class DoubtedPriceTest {
    private static final int ETH = 2;
    private static final int ETH_PERPETUAL = 4;
    private static final int USDC = 0;
    private static final int SOL_PERPETUAL = 5;
    private static final int BTC_CALL = 1;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final ParameterSet PARAMETERS = ParameterSet.founding().with(ScenarioParameters.DESIGN, 0);

    private static PublishedTable table(List<PriceReport> reports) {
        Market market = Market.of(House.LISTING, new PriceBook(reports, House.EPOCH_MILLIS, DAY));
        return RiskTableBuilder.marginTable(House.LISTING, market, PARAMETERS);
    }

    private static PriceReport report(int venue, String subject, String value, long age) {
        return new PriceReport(venue, Measure.INDEX_PRICE, subject, Amount.of(value), House.EPOCH_MILLIS - age);
    }

    /** The house's reports with those of one subject replaced. */
    private static List<PriceReport> with(PriceReport... others) {
        List<PriceReport> reports = new ArrayList<>(House.reports());
        reports.removeIf(r -> r.measure() == Measure.INDEX_PRICE && r.subject().equals(others[0].subject()));
        reports.addAll(List.of(others));
        return reports;
    }

    private static int deepest(RiskTable table, int group) {
        return table.movesOf(group).orElseThrow().shock().stream().min().orElseThrow();
    }

    private static long margin(RiskTable table) {
        MarginAccount held =
                new MarginAccount(1L << 40, List.of(new Entry(ETH_PERPETUAL, 10_000)), List.of(), List.of(), List.of());
        return Requirement.of(table, held).initialMargin();
    }

    @Test
    void shouldWidenByTheHourAndThenHalt() {
        RiskTable fresh = table(House.reports()).table();
        assertEquals(-200_000, deepest(fresh, ETH));
        assertEquals(fresh, table(with(report(2, "ETH", "3784.8", HOUR))).table(), "an hour is fresh");
        RiskTable late = table(with(report(2, "ETH", "3784.8", 3 * HOUR))).table();
        assertEquals(-214_000, deepest(late, ETH));
        RiskTable later = table(with(report(2, "ETH", "3784.8", 3 * HOUR + 1))).table();
        assertEquals(-214_001, deepest(later, ETH), "begun milliseconds count against the account");
        assertTrue(margin(late) > margin(fresh));
        assertEquals(-160_000, deepest(late, 1), "the other groups move as before");
        PublishedTable halted = table(with(report(2, "SOL", "176.18", DAY + 1)));
        assertTrue(halted.table().instrument(SOL_PERPETUAL).isEmpty());
        assertFalse(halted.leftOut().isEmpty());
    }

    @Test
    void shouldWidenWhereSourcesDisagree() {
        RiskTable agreed = table(with(report(2, "ETH", "3784.8", 0), report(3, "ETH", "3790", 0)))
                .table();
        assertEquals(-200_000, deepest(agreed, ETH));
        // Half of 200 over 3,800 is 26,316 ppm, less the free 10,000.
        RiskTable apart = table(with(report(2, "ETH", "3700", 0), report(3, "ETH", "3900", 0)))
                .table();
        assertEquals(-216_316, deepest(apart, ETH));
        assertNotEquals(agreed.digest(), apart.digest());
    }

    @Test
    void shouldWidenTheHaircutOfAnAssetWithAPriceOfItsOwn() {
        RiskTable fresh = table(House.reports()).table();
        RiskTable late = table(with(report(2, "USDC", "0.9999", 11 * HOUR))).table();
        assertEquals(30_000, fresh.asset(USDC).orElseThrow().haircut());
        assertEquals(100_000, late.asset(USDC).orElseThrow().haircut());
        assertTrue(late.asset(USDC).orElseThrow().value()
                < fresh.asset(USDC).orElseThrow().value());
    }

    /** A mark of its own that gets old costs what its lot follows, an old volatility costs vega: per lot and not netted, on top of the spread. */
    @Test
    void shouldChargeALotForTheDoubtOfItsOwnQuote() {
        RiskTable fresh = table(House.reports()).table();
        RiskTable late = table(House.reports().stream()
                        .map(r -> r.measure() == Measure.INDEX_PRICE
                                ? r
                                : new PriceReport(
                                        r.venue(), r.measure(), r.subject(), r.value(), House.EPOCH_MILLIS - 5 * HOUR))
                        .toList())
                .table();
        long delta =
                fresh.instrument(ETH_PERPETUAL).orElseThrow().delta().getFirst().amount();
        assertEquals(
                fresh.instrument(ETH_PERPETUAL).orElseThrow().spread() + Math.ceilDiv(delta * 28_000, 1_000_000L),
                late.instrument(ETH_PERPETUAL).orElseThrow().spread());
        long vega = fresh.instrument(BTC_CALL).orElseThrow().vega().getFirst().amount();
        assertTrue(vega > 0);
        assertEquals(
                fresh.instrument(BTC_CALL).orElseThrow().spread() + 2 * vega,
                late.instrument(BTC_CALL).orElseThrow().spread());
        assertEquals(
                fresh.instrument(SOL_PERPETUAL).orElseThrow().spread(),
                late.instrument(SOL_PERPETUAL).orElseThrow().spread(),
                "it has no mark of its own");
        assertNotEquals(fresh.digest(), late.digest());
        assertTrue(margin(late) > margin(fresh));
    }

    /** The age of a median is that of the report that it is; of an even number the older one's of the two in the middle. */
    @Test
    void shouldTakeTheAgeOfTheReportThatTheMedianIs() {
        List<PriceReport> reports = List.of(
                report(1, "ETH", "100", 7),
                report(2, "ETH", "101", 5),
                report(3, "ETH", "102", 9),
                report(4, "ETH", "103", 8));
        assertEquals(
                new Quote.Believed(Amount.of("101.50"), Amount.of("1.5"), 4, 9),
                new PriceBook(reports, House.EPOCH_MILLIS, DAY).quote(Measure.INDEX_PRICE, "ETH"));
        assertEquals(
                new Quote.Believed(Amount.of("101.0"), Amount.of("1.0"), 3, 5),
                new PriceBook(reports.subList(0, 3), House.EPOCH_MILLIS, DAY).quote(Measure.INDEX_PRICE, "ETH"));
    }

    /** Doubt never falls as a price gets older or its sources move apart, and what governance frees is free. */
    @Test
    void shouldNeverDoubtLess() {
        long[] byAge = IntStream.range(0, 50)
                .mapToLong(h -> new PriceDoubt(0, h * HOUR / 2).ppm(PARAMETERS))
                .toArray();
        long[] byGap = IntStream.range(0, 50)
                .mapToLong(g -> new PriceDoubt(g * 400L, 0).ppm(PARAMETERS))
                .toArray();
        for (int i = 1; i < 50; i++) {
            assertTrue(byAge[i] >= byAge[i - 1] && byGap[i] >= byGap[i - 1]);
        }
        assertEquals(0, byAge[2]);
        assertEquals(3_500, byAge[3]);
        assertEquals(0, byGap[25]);
        assertEquals(400, byGap[26]);
    }
}
