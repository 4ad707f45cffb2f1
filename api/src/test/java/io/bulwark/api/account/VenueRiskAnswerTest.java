package io.bulwark.api.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.Meanings;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.placement.PlacedAccount;
import io.bulwark.netting.placement.PlacedAccount.Place;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.Aggregation;
import io.bulwark.netting.portfolio.ConversionBasis;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.TableInputs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What venues may do on their own to the demonstration's accounts, over the recorded payloads. */
final class VenueRiskAnswerTest {
    private static final Path HOUSE = Path.of("src/main/resources/demo/house.json");
    private static final List<String> ACCOUNTS = List.of("ATLAS", "BOREALIS", "CYGNUS", "DRACO", "ERIDANUS", "FORNAX");
    private static final ParameterSet PARAMETERS = ParameterSet.founding();

    private static List<VenueSnapshot> said;
    private static Market prices;
    private static RiskTable table;
    private static FoundingFile founding;

    @BeforeAll
    static void read() throws IOException, InterruptedException {
        founding = FoundingFile.read(Files.readAllBytes(HOUSE));
        List<VenueAccount> linked = founding.accounts().stream()
                .flatMap(account -> account.venueAccounts().stream())
                .toList();
        try (RecordedVenues venues = RecordedVenues.bundled()) {
            List<VenueReader> readers = founding.connections().stream()
                    .map(c -> c.open(Endpoint.recorded(
                            venues.endpoint(founding.listing().venue(c.number()).name()))))
                    .toList();
            VenueSurvey survey = VenueSurvey.read(readers, linked, Duration.ofSeconds(30));
            readers.forEach(VenueReader::close);
            Meanings meanings = new Meanings(founding);
            said = survey.snapshots().stream().map(meanings::normalise).toList();
            List<PriceReport> reports =
                    said.stream().flatMap(s -> s.reports().stream()).toList();
            prices = Market.of(
                    founding.listing(),
                    new PriceBook(
                            reports, survey.newestMillis().orElseThrow(), PARAMETERS.value(PriceBook.AGE_MILLIS_MAX)));
            table = RiskTableBuilder.marginTable(founding.listing(), prices, PARAMETERS)
                    .table();
        }
    }

    @Test
    void shouldChargeAtlasWhatHyperliquidWouldCloseOfItsShort() {
        PlacedAccount placed = placed(portfolio("ATLAS"), PARAMETERS);
        Requirement given = Requirement.of(placed.table(), placed.account());
        Place hyperliquid = placed.places().stream()
                .filter(place -> place.name().equals("hyperliquid"))
                .findFirst()
                .orElseThrow();
        long distance = hyperliquid.standing().orElseThrow().units();
        Entry leg = placed.account().positions().getFirst();
        InstrumentRisk risk = placed.table().instrument(leg.number()).orElseThrow();
        assertEquals(hyperliquid.number(), risk.venue());
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
            MarginAnswer answer = MarginAnswer.of(portfolio.account(), view(portfolio));
            assertEquals(!portfolio.standings().isEmpty(), answer.venueRisk().isPresent(), name);
            if (portfolio.standings().isEmpty()) {
                continue;
            }
            VenueRiskAnswer risk = answer.venueRisk().orElseThrow();
            MarginStatement statement = MarginStatement.of(placed.table(), placed.account());
            assertEquals(statement.initialMargin(), risk.initialMargin().u(), name);
            StringWriter shown = new StringWriter();
            PrintWriter out = new PrintWriter(shown);
            new MarginTable(out).margin(answer);
            out.flush();
            assertTrue(shown.toString().contains("what its venues may do on their own"), shown.toString());
        }
    }

    @Test
    void shouldChargeNothingOnceTheCureStandsThereAndStillSomethingBefore() {
        PlacedAccount placed = placed(portfolio("ATLAS"), PARAMETERS);
        for (Place place : placed.places()) {
            if (place.standing().isPresent()) {
                placed.cure(place).ifPresent(more -> {
                    assertEquals(0, charge(placed, place, more), place.name());
                    assertTrue(charge(placed, place, more - 1) > 0, place.name());
                });
            }
        }
        assertTrue(placed.places().stream()
                .filter(place -> place.standing().isPresent())
                .anyMatch(place -> placed.cure(place).isPresent()));
    }

    private static long charge(PlacedAccount placed, Place place, long more) {
        MarginAccount a = placed.account();
        MarginAccount better = new MarginAccount(
                a.cash(),
                a.positions(),
                a.paid(),
                a.collateral(),
                a.debt(),
                a.standings().stream()
                        .map(s -> s.venue() == place.number()
                                ? new MarginAccount.Standing(s.venue(), s.distance() + more)
                                : s)
                        .toList());
        return Requirement.of(placed.table(), better).prefundingCharge();
    }

    private static PlacedAccount placed(Portfolio portfolio, ParameterSet parameters) {
        return PlacedAccount.of(
                        table,
                        founding.listing(),
                        parameters,
                        portfolio.account(),
                        portfolio.origins(),
                        portfolio.standings())
                .orElseThrow();
    }

    private static EpochView view(Portfolio portfolio) {
        return new EpochView(
                table,
                number -> Optional.of(portfolio.account()),
                Optional.of(new EpochMarket(founding.listing(), prices, PARAMETERS, TableInputs.NONE)),
                number -> portfolio.origins(),
                number -> portfolio.standings(),
                Optional.empty(),
                "1");
    }

    private static Portfolio portfolio(String name) {
        ClearingAccount owner = founding.accounts().stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow();
        return (Portfolio)
                Aggregation.of(owner, said, List.of(), new ConversionBasis(founding.listing(), prices, table));
    }
}
