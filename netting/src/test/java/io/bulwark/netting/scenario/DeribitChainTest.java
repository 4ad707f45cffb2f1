package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole option chain of a real day: 578 options with the venue's own volatilities. */
class DeribitChainTest {
    private static final String INDEX = "68777.9";
    private static final double LOT_UNITS = 0.1 * 1e4;

    @Test
    void shouldValueAWholeChainAsTheVenueMarksItAndPublishTheTable() {
        List<String[]> chain = chain();
        RiskTable table =
                table(chain, ParameterSet.founding(), TableInputs.NONE).table();
        assertEquals(List.of(), PublishedMargins.violations(table));
        double[] gaps = table.instruments().stream()
                .mapToDouble(i -> Math.abs(i.value() / LOT_UNITS / Double.parseDouble(INDEX)
                        - Double.parseDouble(chain.get(i.number())[4])))
                .sorted()
                .toArray();
        System.out.println("marks of the chain: " + gaps.length + " options, median gap " + gaps[gaps.length / 2]
                + " coins, largest " + gaps[gaps.length - 1]);
        // 34 rows of the chain stand at a volatility of exactly 100 %, which is none.
        assertEquals(chain.size() - 34, gaps.length);
        assertTrue(gaps[gaps.length / 2] < 0.001);
        assertTrue(gaps[gaps.length - 1] < 0.006);
    }

    @Test
    void shouldPublishTheWholeChainInFull() {
        List<String[]> chain = chain();
        // A joint fall of 35 % with volatility doubled is the worst shortfall row; the rest lie evenly between −20 %
        // and +20 %.
        int[] moves =
                IntStream.range(0, 256).map(j -> -200_000 + 400_000 * j / 255).toArray();
        moves[0] = -350_000;
        int[] volatility = new int[256];
        volatility[0] = 1_600_000;
        int[] weights = new int[256];
        Arrays.fill(weights, 3_906);
        Arrays.fill(weights, 240, 256, 3_910);
        TableInputs inputs = TableInputs.NONE
                .with(new NamedScenarios(CrashReplays.of(CrashReplaysTest.facts()), List.of(), List.of()))
                .with(new ExpectedShortfallRows(
                        "even", Map.of(1, IntColumn.of(moves)), IntColumn.of(volatility), IntColumn.of(weights)));
        PublishedTable full = table(chain, ParameterSet.founding(), inputs);
        assertEquals(List.of(), PublishedMargins.violations(full.table()));
        assertEquals(34, full.leftOut().size(), () -> full.leftOut().toString());
    }

    private static List<String[]> chain() {
        return SharedReference.read("venues/market/deribit_btc_chain_2024-05-23.csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static PublishedTable table(List<String[]> chain, ParameterSet parameters, TableInputs inputs) {
        List<ListedInstrument> instruments = new ArrayList<>();
        List<PriceReport> reports = new ArrayList<>();
        long now = millis("2024-05-23 18:11:00");
        reports.add(new PriceReport(1, Measure.INDEX_PRICE, "BTC", Amount.of(INDEX), now));
        for (String[] row : chain) {
            String name = "BTC " + row[3] + " " + row[1] + " " + row[0] + " " + instruments.size();
            Instrument contract = new Instrument.Option(
                    "BTC",
                    "BTC",
                    row[0].equals("call") ? OptionRight.CALL : OptionRight.PUT,
                    Amount.of(row[1]),
                    millis(row[3]));
            instruments.add(new ListedInstrument(instruments.size(), name, 1, name, 1, contract, Amount.of("0.1")));
            Amount volatility = Amount.of(row[6]).times(Amount.of("0.01"));
            if (!row[6].equals("100.0")) {
                reports.add(new PriceReport(1, Measure.IMPLIED_VOLATILITY, name, volatility, now));
                Amount premium = Amount.of(row[4]).times(Amount.of(INDEX));
                if (premium.signum() > 0) {
                    reports.add(new PriceReport(1, Measure.MARK_PRICE, name, premium, now));
                }
            }
        }
        Listing listing = new Listing(
                List.of(new ListedVenue(1, "deribit", "venue:deribit", 1, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "BTC")),
                List.of(),
                instruments);
        Market market = Market.of(listing, new PriceBook(reports, now, 0));
        return RiskTableBuilder.marginTable(listing, market, parameters, inputs);
    }

    private static long millis(String utc) {
        return LocalDateTime.parse(utc.replace(' ', 'T'))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }
}
