package io.bulwark.api.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.account.MarginTable;
import io.bulwark.api.account.RecordedAccounts;
import io.bulwark.api.advice.OutlookAnswer.Act;
import io.bulwark.api.advice.OutlookAnswer.Distance;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import io.bulwark.clearing.position.VenueStanding.Told;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.tier.Heavy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How far the demonstration's accounts are from being closed, by the house and by each venue, over the recorded payloads. */
@Heavy
class RecordedOutlookTest {
    private static final Map<String, OutlookAnswer> OUTLOOKS = new HashMap<>();

    private static RecordedAccounts recorded;

    @BeforeAll
    static void read() {
        recorded = RecordedAccounts.read(ParameterSet.founding());
    }

    @Test
    void shouldSayWhereHyperliquidClosesTheShortOfAtlas() {
        OutlookAnswer atlas = outlook("ATLAS");
        Distance rise = distance(atlas, "price of ETH", "up");
        assertTrue(rise.reached());
        assertEquals("+15.1427 %".substring(0, 5), rise.move().substring(0, 5));
        assertEquals(Optional.of("4357.92 USD"), rise.level());
        List<String> texts = rise.acts().stream().map(Act::text).toList();
        assertTrue(
                texts.getFirst().startsWith("hyperliquid closes your short at ETH 4,357.92 (+15.14"), texts.toString());
        // The house follows: what Hyperliquid may close is charged, and more of it the nearer that is.
        String house = texts.stream()
                .filter(text -> text.startsWith("the house would at ETH"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(texts.toString()));
        assertTrue(texts.indexOf(house) > 1, texts.toString());
        StringWriter shown = new StringWriter();
        PrintWriter out = new PrintWriter(shown);
        AdviceTable.outlook(out, atlas);
        out.flush();
        assertTrue(shown.toString().contains("hyperliquid closes your short at ETH 4,357.92"), shown.toString());
    }

    /** By what it counts and by its own word a venue acts at prices that are apart by what the requirement grows on the way. */
    @Test
    void shouldFindByTheRowsWhatTheVenueSaysItself() {
        Portfolio atlas = portfolio("ATLAS");
        Portfolio.Standing standing = atlas.standings().stream()
                .filter(s -> !s.said().limits().isEmpty())
                .findFirst()
                .orElseThrow();
        LiquidationPrice limit = standing.said().limits().getFirst();
        Told told = (Told) standing.said().count();
        // d = size · (x − mark) where nothing else moves.
        BigDecimal expected =
                told.distance().toDecimal().divide(limit.worth().abs().toDecimal(), 6, RoundingMode.HALF_EVEN);
        Act counted = distance(outlook("ATLAS"), "price of ETH", "up").acts().stream()
                .filter(act -> act.text().startsWith("hyperliquid may act"))
                .findFirst()
                .orElseThrow();
        BigDecimal shown = new BigDecimal(counted.move().replaceAll("[+ %]", "")).movePointLeft(2);
        assertTrue(shown.subtract(expected).abs().compareTo(new BigDecimal("0.0005")) < 0, shown + " for " + expected);
    }

    /** Every account of every venue: a telling venue acts before a price at which it says that it does, within a fiftieth of the leg. */
    @Test
    void shouldNameEachVenueOfEachAccount() {
        for (String name : List.of("ATLAS", "BOREALIS", "CYGNUS", "DRACO", "ERIDANUS", "FORNAX", "GRUS")) {
            OutlookAnswer answer = outlook(name);
            for (Distance distance : answer.distances()) {
                if (distance.what().startsWith("price of")) {
                    assertFalse(distance.acts().isEmpty(), name);
                    Act nearest = distance.acts().getFirst();
                    assertEquals(nearest.move(), distance.move(), name);
                    assertEquals(nearest.reached(), distance.reached(), name);
                    assertTrue(
                            distance.acts().stream().anyMatch(act -> act.who().equals("the house")), name);
                }
            }
        }
    }

    /**
     * All of the supply is one coin and all of the debt dollars, so the pool acts where its own health factor falls to 1: at 1 / health
     * of the price.
     */
    @Test
    void shouldFindWhereThePoolsHealthIsOne() {
        BigDecimal health = recorded.said().stream()
                .filter(s ->
                        s.raw().account().equals(new VenueAccount(0, "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc")))
                .flatMap(s -> s.raw().readings().stream())
                .map(reading -> new String(reading.result(), StandardCharsets.UTF_8).replace("\"", ""))
                .filter(words -> words.length() == 2 + 6 * 64)
                .map(words -> new BigDecimal(new BigInteger(words.substring(2 + 5 * 64), 16), 18))
                .findFirst()
                .orElseThrow();
        Act pool = distance(outlook("ATLAS"), "price of ETH", "down").acts().getFirst();
        assertEquals("aave", pool.who());
        BigDecimal fall = new BigDecimal(pool.move().replaceAll("[\u2212 %]", "")).movePointLeft(2);
        BigDecimal expected = BigDecimal.ONE.subtract(BigDecimal.ONE.divide(health, 12, RoundingMode.HALF_EVEN));
        assertTrue(fall.subtract(expected).abs().compareTo(new BigDecimal("0.0003")) < 0, fall + " for " + expected);
    }

    @Test
    void shouldStateWhatEachVenueCounts() {
        Portfolio atlas = portfolio("ATLAS");
        MarginAnswer margin = MarginAnswer.of(recorded.lots(atlas), view(atlas, atlas.standings()));
        assertEquals(
                List.of("aave", "hyperliquid"),
                margin.standings().stream().map(MarginAnswer.Counted::venue).toList());
        MarginAnswer.Counted counted = margin.standings().getLast();
        assertEquals(Optional.of("92505"), counted.equity());
        assertEquals(Optional.of("5677.2"), counted.requirement());
        assertEquals("86827.8000", counted.distance().usd());
        StringWriter shown = new StringWriter();
        PrintWriter out = new PrintWriter(shown);
        new MarginTable(out).margin(margin);
        out.flush();
        assertTrue(
                shown.toString()
                        .contains(
                                "counts 92505 USD and requires 5677.2: 86827.8 from acting; closes the short of ETH at 4357.920792"),
                shown.toString());
        assertEquals(
                List.of(),
                MarginAnswer.of(recorded.lots(atlas), EpochView.of(recorded.table()))
                        .standings(),
                "of a portfolio that is not booked no venue has said anything");
    }

    /** Where a venue acts may not depend on what stands elsewhere, and what it counts makes it act earlier, not later. */
    @Test
    void shouldActAtOnceWhereNothingIsCounted() {
        Portfolio atlas = portfolio("ATLAS");
        List<Portfolio.Standing> none = atlas.standings().stream()
                .map(s -> new Portfolio.Standing(s.source(), s.snapshot(), s.said(), Amount.ZERO))
                .toList();
        Distance rise = distance(outlook(atlas, none), "price of ETH", "up");
        assertEquals("+0.0000 %", rise.move());
        List<Portfolio.Standing> owed = atlas.standings().stream()
                .map(s -> new Portfolio.Standing(s.source(), s.snapshot(), s.said(), Amount.of("-1.2345")))
                .toList();
        Distance fall = distance(outlook(atlas, owed), "price of ETH", "down");
        assertEquals("\u22120.0000 %".substring(1), fall.move().substring(1));
        assertTrue(fall.acts().getFirst().text().contains("requires 1.2345 USD more than it counts"), fall.toString());
    }

    /** Several tests look at one account's; an answer holds nothing that changes. */
    private static OutlookAnswer outlook(String name) {
        return OUTLOOKS.computeIfAbsent(
                name, of -> outlook(portfolio(of), portfolio(of).standings()));
    }

    private static OutlookAnswer outlook(Portfolio portfolio, List<Portfolio.Standing> standings) {
        return OutlookAnswer.of(recorded.lots(portfolio), view(portfolio, standings));
    }

    private static EpochView view(Portfolio portfolio, List<Portfolio.Standing> standings) {
        return new EpochView(
                recorded.table(),
                recorded.table()::digest,
                number -> Optional.of(recorded.lots(portfolio)),
                Optional.of(recorded.market()),
                number -> portfolio.origins(),
                number -> standings,
                Optional.empty(),
                Optional.empty(),
                number -> Optional.empty(),
                number -> List.of(),
                "1",
                Optional.empty());
    }

    private static Distance distance(OutlookAnswer answer, String what, String direction) {
        return answer.distances().stream()
                .filter(d -> d.what().equals(what) && d.direction().equals(direction))
                .findFirst()
                .orElseThrow();
    }

    private static Portfolio portfolio(String name) {
        return recorded.portfolio(name);
    }
}
