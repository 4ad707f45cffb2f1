package io.bulwark.netting.liquidity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.MarketReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Venues 1 to 4 list one perpetual each of ETH (instrument = venue); venue 1 lists one of BTC and a future too. */
class MarkDispersionTest {
    private static final long NOW = 1_716_487_860_000L;
    private static final long WINDOW = 120_000;
    private static final Listing LISTING = listing();

    @Test
    void shouldMeasureEachVenueAgainstTheMedianOfAll() {
        // RISK-011: the median of 100, 101 and 103 is 101; |100 - 101|/101 = 0.990099 %, |103 - 101|/101 = 1.980198 %.
        assertEquals(Map.of(1, 9_901L, 2, 0L, 3, 19_802L), parted(mark(1, "100"), mark(2, "101"), mark(3, "103")));
        // The middle of two is between them: both part from it by half of what is between.
        assertEquals(Map.of(1, 9_901L, 2, 9_901L), parted(mark(1, "100"), mark(2, "102")));
    }

    @Test
    void shouldMeasureNothingOfAVenueThatStandsAlone() {
        assertEquals(Map.of(), parted(mark(1, "100")));
        assertEquals(Map.of(1, 0L, 2, 0L), parted(mark(1, "100"), mark(2, "100")), "who is missing is not compared");
    }

    /** A thousandfold price is the whole, and no more; the venue that prints it moves nobody else where three others agree. */
    @Test
    void shouldBoundAWrongPrintAndKeepItAtItsVenue() {
        assertEquals(
                Map.of(1, 0L, 2, 0L, 3, 0L, 4, 1_000_000L),
                parted(mark(1, "100"), mark(2, "100"), mark(3, "100"), mark(4, "100000")));
    }

    /** Two that agree on a false mark pull the median half way at most, and both they and the honest are charged for it. */
    @Test
    void shouldChargeWhoAgreesOnAFalseMarkToo() {
        assertEquals(
                Map.of(1, 200_000L, 2, 200_000L, 3, 200_000L, 4, 200_000L),
                parted(mark(1, "100"), mark(2, "100"), mark(3, "150"), mark(4, "150")));
    }

    @Test
    void shouldNotCompareWhatIsNotTheSameCoinMomentOrDate() {
        assertEquals(
                Map.of(1, 0L, 2, 0L),
                parted(
                        mark(1, "100"),
                        mark(2, "100"),
                        new MarketReport(
                                3, MarketReport.Kind.MARK, "v1:ETH", Amount.of("70"), EvidenceGrade.UNSIGNED, NOW)),
                "a venue has no word on another's contract");
        assertEquals(
                Map.of(1, 0L, 2, 0L),
                parted(mark(1, "100"), mark(2, "100"), report(3, "v3:ETH", "70", NOW - WINDOW - 1)),
                "an old mark shows how the market moved");
        assertEquals(
                Map.of(1, 0L, 2, 0L),
                parted(mark(1, "100"), mark(2, "100"), report(1, "v1:ETH-DEC", "130", NOW)),
                "a dated contract differs by the price of time");
        assertEquals(
                Map.of(1, 0L, 2, 0L),
                parted(mark(1, "100"), mark(2, "100"), report(1, "v1:BTC", "68000", NOW)),
                "another coin has another median");
    }

    /** However many contracts it lists, a venue has one voice; its own deviation is its furthest contract's. */
    @Test
    void shouldGiveEachVenueOneVoice() {
        assertEquals(
                Map.of(1, 100_000L, 2, 0L, 3, 0L),
                parted(mark(1, "110"), report(1, "v1:ETH-2", "110", NOW), mark(2, "100"), mark(3, "100")));
    }

    private static Map<Integer, Long> parted(MarketReport... reports) {
        Map<Integer, Long> byVenue = new TreeMap<>();
        MarkDispersion.of(LISTING, List.of(reports), NOW, WINDOW).forEach((key, ppm) -> {
            assertEquals(new MarketRecord.Key(MarketRecord.Kind.PARTED, 1, key.venue()), key);
            byVenue.put(key.venue(), ppm);
        });
        return byVenue;
    }

    private static MarketReport mark(int venue, String price) {
        return report(venue, "v" + venue + ":ETH", price, NOW);
    }

    private static MarketReport report(int venue, String subject, String price, long time) {
        return new MarketReport(venue, MarketReport.Kind.MARK, subject, Amount.of(price), EvidenceGrade.UNSIGNED, time);
    }

    private static Listing listing() {
        List<ListedVenue> venues = IntStream.rangeClosed(1, 4)
                .mapToObj(v -> new ListedVenue(v, "v" + v, "venue:v" + v, 900_000, EvidenceGrade.UNSIGNED))
                .toList();
        List<ListedInstrument> instruments = new ArrayList<>();
        for (int venue = 1; venue <= 4; venue++) {
            instruments.add(instrument(venue, venue, "ETH", 1, new Instrument.Perpetual("ETH", "USDC", false)));
        }
        instruments.add(instrument(5, 1, "ETH-2", 1, new Instrument.Perpetual("ETH", "ETH", true)));
        instruments.add(instrument(6, 1, "ETH-DEC", 1, new Instrument.Future("ETH", "USDC", false, NOW + 1)));
        instruments.add(instrument(7, 1, "BTC", 2, new Instrument.Perpetual("BTC", "USDC", false)));
        return new Listing(
                venues,
                List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "ETH"), new RiskGroup(2, "BTC")),
                List.of(),
                instruments);
    }

    private static ListedInstrument instrument(int number, int venue, String symbol, int group, Instrument contract) {
        return new ListedInstrument(
                number, "v" + venue + ":" + symbol, venue, symbol, group, contract, Amount.of("0.001"));
    }
}
