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
import io.bulwark.netting.margin.PublishedMargins;
import io.bulwark.netting.risktable.RiskTable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole option chain of a real day: 578 options with the venue's own volatilities. */
class DeribitChainTest {
    private static final String INDEX = "68777.9";
    private static final double LOT_UNITS = 0.1 * 1e4;

    @Test
    void shouldValueAWholeChainAsTheVenueMarksItAndPublishTheTable() {
        List<String[]> chain = SharedReference.read("venues/market/deribit_btc_chain_2024-05-23.csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
        RiskTable table = table(chain);
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

    private static RiskTable table(List<String[]> chain) {
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
        return RiskTableBuilder.marginTable(listing, market, ParameterSet.founding())
                .table();
    }

    private static long millis(String utc) {
        return LocalDateTime.parse(utc.replace(' ', 'T'))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }
}
