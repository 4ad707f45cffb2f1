package io.bulwark.api.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.placement.Placement.PlacedAccount;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.placement.PlacementParameters.Tier;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What venues may do on their own to the demonstration's accounts, over the recorded payloads. */
final class VenueRiskAnswerTest {
    private static final ParameterSet PARAMETERS = ParameterSet.founding();
    private static final List<String> ACCOUNTS = RecordedAccounts.NAMES;

    private static RecordedAccounts recorded;
    private static RiskTable table;

    @BeforeAll
    static void read() {
        recorded = RecordedAccounts.read(PARAMETERS);
        table = recorded.plain();
    }

    @Test
    void shouldChargeAtlasWhatHyperliquidWouldCloseOfItsShort() {
        PlacedAccount placed = placed(portfolio("ATLAS"), PARAMETERS);
        Requirement given = Requirement.of(placed.table(), placed.account());
        Placement.Own hyperliquid = placed.places().values().stream()
                .filter(place -> place.name().equals("hyperliquid"))
                .findFirst()
                .orElseThrow();
        long distance = hyperliquid.standings().getFirst().units();
        Entry leg = placed.account().positions().getFirst();
        InstrumentRisk risk = placed.table().instrument(leg.number()).orElseThrow();
        assertEquals(hyperliquid.place().number(), risk.venue());
        int first = placed.table().venueRisk().paths().getFirst().first();
        long lost = Math.abs(leg.lots()) * risk.row().at(first);
        assertEquals(lost - distance, given.prefunding().venues().getLast().need(0));
        assertTrue(lost > distance && given.prefunding().free() <= 0, "the short outgrows what stands beside it");
        long charge = given.prefundingCharge();
        assertTrue(charge > 0, () -> "prefunding of ATLAS: " + charge);
    }

    @Test
    void shouldBeTheSealedMarginWhereNothingIsChargedOfVenues() {
        ParameterSet nothing = PARAMETERS
                .with(PlacementParameters.PREFUNDING, 0)
                .with(PlacementParameters.CREDIT_PROVED, 0)
                .with(PlacementParameters.CREDIT_CHAIN, 0)
                .with(PlacementParameters.CREDIT_EXCHANGE, 0);
        for (String group : List.of("BTC", "ETH", "SOL", "GOV")) {
            nothing = nothing.with(PlacementParameters.dislocation(group), 0);
        }
        for (String name : ACCOUNTS) {
            Portfolio portfolio = portfolio(name);
            PlacedAccount placed = placed(portfolio, nothing);
            Requirement sealed = Requirement.of(table, portfolio.account());
            Requirement there = Requirement.of(placed.table(), placed.account());
            assertEquals(sealed.core(), there.core(), name);
            assertEquals(sealed.equity(), there.equity(), name);
            // An asset that stands at several venues pays its own size a little less; everything else is linear.
            assertTrue(there.initialMargin() <= sealed.initialMargin(), name);
            assertTrue(100 * (sealed.initialMargin() - there.initialMargin()) <= sealed.initialMargin(), name);
        }
    }

    @Test
    void shouldSayItOfEveryAccountInATableThatMayBePublished() {
        for (String name : ACCOUNTS) {
            Portfolio portfolio = portfolio(name);
            PlacedAccount placed = placed(portfolio, PARAMETERS);
            assertEquals(List.of(), Publication.ofFormula(placed.table()), name);
            MarginAnswer answer = MarginAnswer.of(recorded.lots(portfolio), view(portfolio));
            VenueRiskAnswer risk = answer.venueRisk().orElseThrow();
            Requirement given = MarginStatement.of(recorded.table(), recorded.lots(portfolio))
                    .given();
            assertEquals(Requirement.of(placed.table(), placed.account()).initialMargin(), given.initialMargin(), name);
            assertEquals(given.prefundingCharge(), risk.prefunding().u(), name);
            assertEquals(
                    given.initialMargin(), answer.asBooked().initialMargin().u(), name);
            String text = shown(answer);
            assertTrue(text.contains("what its venues may do on their own"), text);
            assertTrue(text.contains("  of it pledged "), text);
        }
    }

    @Test
    void shouldSayHowMuchOfTheEquityStandsBehindEachMode() {
        for (String name : ACCOUNTS) {
            Portfolio portfolio = portfolio(name);
            MarginAnswer read = MarginAnswer.of(recorded.lots(portfolio), view(portfolio));
            assertEquals(read.asBooked().equity().u(), modes(read)[1] + residual(read), name);
            MarginAnswer answer = MarginAnswer.of(recorded.lots(portfolio), view(portfolio, modal(recorded.market())));
            long[] modes = modes(answer);
            assertEquals(read.asBooked(), answer.asBooked(), "no margin is less for a mode: " + name);
            assertEquals(answer.asBooked().equity().u(), modes[0] + modes[1] + modes[2] + residual(answer), name);
            answer.byVenue()
                    .orElseThrow()
                    .venues()
                    .forEach(venue -> assertEquals(mode(venue.venue()).label(), venue.mode(), name));
            answer.venueRisk()
                    .ifPresent(risk -> risk.venues()
                            .forEach(venue -> assertEquals(mode(venue.venue()).label(), venue.mode(), name)));
        }
        Portfolio atlas = portfolio("ATLAS");
        String text = shown(MarginAnswer.of(recorded.lots(atlas), view(atlas, modal(recorded.market()))));
        assertTrue(text.contains("  of it pledged ") && text.contains("  of it custodied "), text);
        assertTrue(text.contains("  hyperliquid, custodied  "), text);
        assertTrue(!text.contains("advisory"), text);
    }

    @Test
    void shouldTakePaidLotsAndTheResidualOfOwedCashOutOfTheModes() {
        InstrumentRisk option = table.instruments().stream()
                .filter(i -> i.paidUp() && i.value() > 0)
                .findFirst()
                .orElseThrow();
        MarginAccount account = new MarginAccount(
                -1_000_000,
                List.of(new Entry(option.number(), 4)),
                List.of(new Entry(option.number(), 6)),
                List.of(),
                List.of());
        List<Origin> origins = List.of(
                origin(0, Origin.Line.POSITIONS, option.number(), -1),
                origin(1, Origin.Line.POSITIONS, option.number(), 5),
                origin(2, Origin.Line.POSITIONS, option.number(), 6),
                origin(3, Origin.Line.CASH, 0, -1_000_000));
        EquityByMode modes =
                EquityByMode.of(table, modal(recorded.market()).listing(), account, origins, Origin::number);
        long mark = option.value();
        assertEquals(
                Map.of(
                        ConnectionMode.ADVISORY,
                        -1_000_000L,
                        ConnectionMode.PLEDGED,
                        -mark,
                        ConnectionMode.CUSTODIED,
                        5 * mark),
                modes.modes());
        long residual = -1_000_000L * table.parameters().cashResidual() / 1_000_000;
        assertEquals(Equity.of(table, account), 4 * mark - 1_000_000 + residual);
    }

    @Test
    void shouldTakeTheWeakerWordWhereTwoConnectionsReadOneClaim() {
        int weth = recorded.market().listing().assetNamed("WETH").orElseThrow().number();
        long value = table.asset(weth).orElseThrow().value();
        MarginAccount account = new MarginAccount(0, List.of(), List.of(), List.of(new Entry(weth, 7)), List.of());
        List<Origin> alone = List.of(origin(0, Origin.Line.COLLATERAL, weth, 7));
        assertEquals(7 * value, modesOf(account, alone).of(ConnectionMode.PLEDGED));
        assertEquals(7 * value, modesOf(account, alone).binding());
        List<Origin> twice = List.of(alone.getFirst(), elsewhere(3, weth));
        assertEquals(0, modesOf(account, twice).binding(), "dydx only reads it: it can be withdrawn there");
        assertEquals(7 * value, modesOf(account, twice).of(ConnectionMode.ADVISORY));
        assertEquals(
                7 * value,
                modesOf(account, List.of(alone.getFirst(), elsewhere(1, weth))).binding());
    }

    @Test
    void shouldBindNothingWhereNothingStandsBehindTheWord() {
        EquityByMode owing = new EquityByMode(
                Map.of(ConnectionMode.ADVISORY, 500L, ConnectionMode.PLEDGED, 300L, ConnectionMode.CUSTODIED, -400L));
        assertEquals(0, owing.binding(), "what is pledged is owed at the custodied venue");
        assertEquals(0, EquityByMode.NONE.binding());
        EquityByMode all = new EquityByMode(
                Map.of(ConnectionMode.ADVISORY, 500L, ConnectionMode.PLEDGED, 300L, ConnectionMode.CUSTODIED, 40L));
        assertEquals(
                Map.of(ConnectionMode.CUSTODIED, 40L, ConnectionMode.PLEDGED, 300L, ConnectionMode.ADVISORY, 160L),
                all.behind(500));
        assertEquals(
                Map.of(ConnectionMode.CUSTODIED, 40L, ConnectionMode.PLEDGED, 10L, ConnectionMode.ADVISORY, 0L),
                all.behind(50));
    }

    @Test
    void shouldPutNoVenueHigherThanItsEvidenceCarries() {
        ListedVenue exchange = new ListedVenue(1, "deribit", "venue:deribit", 1_000, EvidenceGrade.UNSIGNED);
        ListedVenue chain = new ListedVenue(0, "aave", "eip155:1", 1_000, EvidenceGrade.UNSIGNED);
        ListedVenue proved = new ListedVenue(0, "aave", "eip155:1", 1_000, EvidenceGrade.STORAGE_PROOF);
        assertEquals(
                List.of(Tier.EXCHANGE, Tier.RESERVES, Tier.RESERVES, Tier.RESERVES, Tier.EXCHANGE), tiers(exchange));
        assertEquals(List.of(Tier.CHAIN, Tier.CHAIN, Tier.CHAIN, Tier.RESERVES, Tier.EXCHANGE), tiers(chain));
        assertEquals(List.of(Tier.PROVED, Tier.PROVED, Tier.CHAIN, Tier.RESERVES, Tier.EXCHANGE), tiers(proved));
        assertEquals(30_000, Tier.RESERVES.credit(PARAMETERS));
        assertEquals(400_000, Tier.RESERVES.loss(PARAMETERS));
    }

    /** By the governed number: silent, then 1 to 4. */
    private static List<Tier> tiers(ListedVenue venue) {
        return IntStream.rangeClosed(0, 4)
                .mapToObj(said -> Tier.of(venue, PARAMETERS.with(PlacementParameters.tier(venue.name()), said)))
                .toList();
    }

    @Test
    void shouldTakeOffAClaimWhatItsVenuesTierTakes() {
        Portfolio atlas = portfolio("ATLAS");
        ParameterSet reserves = PARAMETERS.with(PlacementParameters.tier("hyperliquid"), 3);
        assertEquals(40_000, credit(placed(atlas, PARAMETERS), "hyperliquid"));
        assertEquals(30_000, credit(placed(atlas, reserves), "hyperliquid"));
        assertEquals(
                20_000, credit(placed(atlas, reserves), "aave"), "nobody asks a proof of the demonstration's pool");
        MarginAnswer answer = MarginAnswer.of(recorded.lots(atlas), view(atlas));
        VenueRiskAnswer.Venue shown = answer.venueRisk().orElseThrow().venues().getLast();
        assertEquals("hyperliquid", shown.venue());
        assertEquals(40_000, shown.creditPpm());
        assertEquals("exchange", shown.tier().orElseThrow());
        assertTrue(shown(answer).contains("exchange: 4 % off"), shown(answer));
        assertTrue(shown(answer).contains("public on its chain: 2 % off"), shown(answer));
    }

    private static int credit(PlacedAccount placed, String venue) {
        return placed.table().venueRisk().venues().stream()
                .filter(terms -> terms.id().equals(venue))
                .findFirst()
                .orElseThrow()
                .credit();
    }

    private static EquityByMode modesOf(MarginAccount account, List<Origin> origins) {
        return EquityByMode.of(table, modal(recorded.market()).listing(), account, origins, Origin::number);
    }

    private static Origin elsewhere(int venue, int asset) {
        Origin read = origin(venue, Origin.Line.COLLATERAL, asset, 0);
        return new Origin(
                read.source(), read.snapshot(), read.line(), asset, Origin.Rule.COUNTED_ELSEWHERE, read.amount(), 0);
    }

    private static Origin origin(int venue, Origin.Line line, int number, long lots) {
        return new Origin(
                new VenueAccount(venue, "a"),
                Digest.ZERO,
                line,
                number,
                Origin.Rule.HELD,
                Amount.of(Long.toString(lots)),
                lots);
    }

    /** As a house might have it: each mode once at least. */
    private static ConnectionMode mode(String venue) {
        return switch (venue) {
            case "aave" -> ConnectionMode.PLEDGED;
            case "dydx" -> ConnectionMode.ADVISORY;
            default -> ConnectionMode.CUSTODIED;
        };
    }

    /** The market of a house with connections of every mode. */
    private static EpochMarket modal(EpochMarket market) {
        Listing plain = market.listing();
        List<ListedVenue> venues = plain.venues().stream()
                .map(v -> new ListedVenue(
                        v.number(), v.name(), v.chain(), v.ageMillisMax(), v.leastGrade(), mode(v.name())))
                .toList();
        return new EpochMarket(
                new Listing(venues, plain.groups(), plain.assets(), plain.instruments()),
                market.market(),
                market.parameters(),
                market.inputs(),
                market.placement());
    }

    private static long[] modes(MarginAnswer answer) {
        return answer.byVenue().orElseThrow().modes().stream()
                .mapToLong(mode -> mode.equity().u())
                .toArray();
    }

    private static long residual(MarginAnswer answer) {
        return answer.byVenue().orElseThrow().cashResidual().u();
    }

    private static String shown(MarginAnswer answer) {
        StringWriter shown = new StringWriter();
        PrintWriter out = new PrintWriter(shown);
        new MarginTable(out).margin(answer);
        out.flush();
        return shown.toString();
    }

    @Test
    void shouldChargeNothingOnceTheCureStandsThereAndStillSomethingBefore() {
        PlacedAccount placed = placed(portfolio("ATLAS"), PARAMETERS);
        List<Integer> acting = placed.places().values().stream()
                .map(Placement.Own::place)
                .filter(Place::acts)
                .map(Place::number)
                .toList();
        for (int place : acting) {
            placed.cure(place).ifPresent(more -> {
                assertEquals(0, charge(placed, place, more), placed.name(place));
                assertTrue(charge(placed, place, more - 1) > 0, placed.name(place));
            });
        }
        assertTrue(acting.stream().anyMatch(place -> placed.cure(place).isPresent()));
    }

    private static long charge(PlacedAccount placed, int place, long more) {
        MarginAccount a = placed.account();
        MarginAccount better = a.with(a.standings().stream()
                .map(s -> s.venue() == place ? new MarginAccount.Standing(s.venue(), s.distance() + more) : s)
                .toList());
        return Requirement.of(placed.table(), better).prefundingCharge();
    }

    private static PlacedAccount placed(Portfolio portfolio, ParameterSet parameters) {
        Placement placement = Placement.of(recorded.market().listing(), List.of(portfolio));
        return new PlacedAccount(
                placement.table(table, parameters),
                placement.account(portfolio),
                placement.of(portfolio.origins(), portfolio.standings()));
    }

    private static EpochView view(Portfolio portfolio) {
        return view(portfolio, recorded.market());
    }

    private static EpochView view(Portfolio portfolio, EpochMarket market) {
        return new EpochView(
                recorded.table(),
                recorded.table()::digest,
                number -> Optional.of(recorded.lots(portfolio)),
                Optional.of(market),
                number -> portfolio.origins(),
                number -> portfolio.standings(),
                Optional.empty(),
                Optional.empty(),
                number -> Optional.empty(),
                number -> List.of(),
                "1",
                Optional.empty());
    }

    private static Portfolio portfolio(String name) {
        return recorded.portfolio(name);
    }
}
