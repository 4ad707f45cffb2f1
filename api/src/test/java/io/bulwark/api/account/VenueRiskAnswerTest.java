package io.bulwark.api.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.PlacedAccount;
import io.bulwark.netting.placement.PlacedAccount.Place;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
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
        table = recorded.table();
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
                        recorded.market().listing(),
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
                Optional.of(recorded.market()),
                number -> portfolio.origins(),
                number -> portfolio.standings(),
                Optional.empty(),
                "1");
    }

    private static Portfolio portfolio(String name) {
        return recorded.portfolio(name);
    }
}
