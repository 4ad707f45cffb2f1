package io.bulwark.api.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.RecordedAccounts;
import io.bulwark.api.advice.StandingCurveAnswer.Point;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.tier.Heavy;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** What is charged as one venue stands nearer or farther, of the accounts that the houses record: before this is charged, and after. */
@Heavy
class StandingCurveTest {
    private static final Path DEMONSTRATION = Path.of("src/main/resources/demo/house.json");
    private static final Path HOUSES = Path.of("../docs/houses");

    @ParameterizedTest
    @CsvSource({"demo,ATLAS", "demo,DRACO", "across-venues,HELIOS", "across-venues,EOS", "exchanges,ORION"})
    void shouldChargeLessTheFartherAVenueStands(String house, String name) {
        RecordedAccounts recorded = recorded(house);
        EpochView view = view(recorded, name);
        MarginAccount account = view.accounts().apply(1).orElseThrow();
        Portfolio portfolio = recorded.portfolio(name);
        Requirement before = given(recorded.plain(), portfolio.account());
        Requirement after = Requirement.of(recorded.table(), account);
        System.out.printf(
                "%-7s margin before %,16.4f, now %,16.4f USD: prefunding %,14.4f, marks apart %,12.4f%n",
                name,
                before.initialMargin() / 1e4,
                after.initialMargin() / 1e4,
                after.prefundingCharge() / 1e4,
                after.dislocation() / 1e4);
        // A claim is counted at less than its coin, so that a fall has less to take of it: the margin may be lower,
        // what is left is not more.
        assertTrue(after.excessInitial() <= before.excessInitial(), "what venues may do is never worth something");
        view.places().forEach((place, own) -> {
            if (recorded.table().venueRisk().liquidates(place) && loses(after, place)) {
                curve(view, account, own.name(), after);
            }
        });
    }

    private static boolean loses(Requirement requirement, int place) {
        return requirement.prefunding().venues().stream()
                .filter(need -> need.venue() == place)
                .anyMatch(need -> need.losses().stream().anyMatch(loss -> loss > 0));
    }

    private static void curve(EpochView view, MarginAccount account, String venue, Requirement given) {
        StandingCurveAnswer curve = StandingCurveAnswer.of(account, view, venue);
        List<Point> points = curve.points();
        System.out.printf(
                "  %-24s stands at %,14.4f of %,14.4f USD; alone the core goes from %s to %s, prefunding from %s to %s%n",
                venue,
                curve.distance().u() / 1e4,
                curve.stress().u() / 1e4,
                points.getFirst().alone().core().usd(),
                points.getLast().alone().core().usd(),
                points.getFirst().alone().prefunding().usd(),
                points.getLast().alone().prefunding().usd());
        assertFalling(points, point -> point.given().initialMargin().u());
        assertFalling(points, point -> point.alone().prefunding().u());
        if (given.prefunding().free() >= 0) {
            assertEquals(0, points.getLast().alone().prefunding().u(), "who carries its own is charged nothing");
        }
        assertEquals(curve.stress(), points.getLast().distance());
        assertEquals(0, points.getFirst().distance().u());
    }

    /** Convex and never rising: a unit more at the venue lowers what is charged by at most what it lowered it before. */
    private static void assertFalling(List<Point> points, ToLongFunction<Point> amount) {
        long last = Long.MIN_VALUE;
        for (int i = 1; i < points.size(); i++) {
            long slope = amount.applyAsLong(points.get(i)) - amount.applyAsLong(points.get(i - 1));
            assertTrue(slope <= 0, "at " + points.get(i).percent() + " %: " + slope);
            // A ceiling and the rounding of the distance, a unit each, at either end.
            assertTrue(
                    slope >= last - 4 || i == 1, "at " + points.get(i).percent() + " %: " + slope + " after " + last);
            last = slope;
        }
    }

    /** With nothing at the exchange a hedged short is charged as if it stood alone. */
    @Test
    void shouldChargeTheNakedLegWhereNothingCarriesIt() {
        RecordedAccounts recorded = recorded("demo");
        EpochView view = view(recorded, "ATLAS");
        MarginAccount account = view.accounts().apply(1).orElseThrow();
        StandingCurveAnswer curve = StandingCurveAnswer.of(account, view, "hyperliquid");
        MarginAccount naked = new MarginAccount(0, account.positions(), List.of(), List.of(), List.of());
        long alone = Requirement.of(recorded.table(), naked).core();
        assertEquals(alone, curve.points().getFirst().alone().core().u());
        assertEquals(alone, curve.stress().u());
    }

    @Test
    void shouldDrawIt() throws Exception {
        RecordedAccounts recorded = recorded("demo");
        EpochView view = view(recorded, "ATLAS");
        StandingCurveAnswer curve =
                StandingCurveAnswer.of(view.accounts().apply(1).orElseThrow(), view, "hyperliquid");
        String picture = StandingPicture.of(curve, "<ATLAS & co>");
        assertEquals(picture, StandingPicture.of(curve, "<ATLAS & co>"));
        Document parsed = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "<ATLAS & co>: margin as hyperliquid stands",
                parsed.getElementsByTagName("title").item(0).getTextContent());
        String said = parsed.getDocumentElement().getTextContent();
        assertTrue(said.contains("stands at 86,827.80 USD"), said);
        StringWriter words = new StringWriter();
        PrintWriter out = new PrintWriter(words);
        AdviceTable.standing(out, curve);
        out.flush();
        assertTrue(words.toString().startsWith("hyperliquid stands at 86827.8000 USD"), words.toString());
    }

    @Test
    void shouldNameTheVenuesThereAre() {
        RecordedAccounts recorded = recorded("demo");
        EpochView view = view(recorded, "ATLAS");
        MarginAccount account = view.accounts().apply(1).orElseThrow();
        BadInput refused = assertThrows(BadInput.class, () -> StandingCurveAnswer.of(account, view, "dydx"));
        assertEquals("--venue = dydx: must be one of aave, hyperliquid", refused.getMessage());
    }

    private static RecordedAccounts recorded(String house) {
        Path file = house.equals("demo") ? DEMONSTRATION : HOUSES.resolve(house + ".json");
        return RecordedAccounts.read(file, ParameterSet.founding());
    }

    private static EpochView view(RecordedAccounts recorded, String name) {
        Portfolio portfolio = recorded.portfolio(name);
        return new EpochView(
                recorded.table(),
                recorded.table()::digest,
                number -> Optional.of(recorded.lots(portfolio)),
                Optional.of(recorded.market()),
                number -> portfolio.origins(),
                number -> portfolio.standings(),
                Optional.empty(),
                Optional.empty(),
                number -> Optional.empty(),
                number -> List.of(),
                "1",
                Optional.empty());
    }

    private static Requirement given(RiskTable table, MarginAccount account) {
        return ((MarginStatement) PortfolioMargin.evaluate(table, account)).given();
    }
}
