package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.account.MarginByVenue;
import io.bulwark.api.door.Money;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Origin.Line;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.tier.OfHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An account with collateral lent out on Aave, a straddle on Lyra, a short perpetual on Perp v2 and options on Deribit, each read from
 * what the real contracts or
 * the venue answered: one margin over all, lower than what its parts need venue by venue, explained to the unit, and found again from
 * the database.
 */
@OfHouse
class AcrossVenuesJourneyTest {
    private static final Path HOUSE = Path.of("../../docs/houses/across-venues.json");

    @Test
    void shouldMarginFourKindsOfVenueAsOneAccount(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(Files.readAllBytes(HOUSE));
            try (RecordedVenues recorded = RecordedVenues.bundled()) {
                VenueSurvey survey = RecordedSurvey.of(house, founded.file(), recorded);
                assertEquals(List.of(), survey.unread());
                house.cycle().intake(survey, founded.file());
            }
            ComputedEpoch sealed = house.cycle().seal(founded);
            AccountLine helios = sealed.accounts().getFirst();
            assertEquals(List.of("aave", "deribit", "lyra", "perp"), helios.venues());
            assertLessThanVenueByVenue(sealed, helios);
            assertExplained(sealed, helios);
            assertTrue(house.archive().replay(sealed.number()).orElseThrow().equal());
            assertEquals(
                    List.of(
                            "e05f6f7fec811880c73655931083bdddca99505ff6570dfcbd34474d7d81b686",
                            "19d59b4502dd43c3bcf84c9995674ae0adcedd11039e9872cd745da744bbf8e5",
                            "101932037ff46ea88a4e2a758c69afca8afab307df09ea212ce7baa27f0ed8f3",
                            "3b5e61ec815b5b98b4c6a9b72b0343e65900ee841be4be7f97a11346d55e4aa4"),
                    RecordedSurvey.roots(sealed));
        }
    }

    private static void assertLessThanVenueByVenue(ComputedEpoch sealed, AccountLine helios) {
        long together = margin(sealed.table(), helios.lots());
        assertEquals(
                together, margin(sealed.table(), held(sealed, helios, helios.origins())), "origins are the account");
        Map<Integer, List<Origin>> byVenue = new TreeMap<>();
        helios.origins()
                .forEach(origin -> byVenue.computeIfAbsent(origin.source().venue(), v -> new ArrayList<>())
                        .add(origin));
        assertEquals(4, byVenue.size());
        MarginByVenue shown =
                MarginAnswer.of(helios, sealed).orElseThrow().byVenue().orElseThrow();
        long apart = 0;
        for (Map.Entry<Integer, List<Origin>> venue : byVenue.entrySet()) {
            long alone = margin(sealed.table(), held(sealed, helios, venue.getValue()));
            String name = sealed.market().listing().venue(venue.getKey()).name();
            System.out.printf("%-8s alone %,15d u%n", name, alone);
            assertTrue(shown.venues().contains(new MarginByVenue.Venue(name, "pledged", Money.of(alone))), name);
            apart += alone;
        }
        System.out.printf("%-8s       %,15d u, together %,15d u%n", "sum", apart, together);
        assertTrue(together > 0 && together < apart, together + " together, " + apart + " apart");
        assertEquals(Money.of(apart), shown.apart());
        assertEquals(Money.of(apart - together), shown.saved());
        assertEquals(4, shown.venues().size());
        MarginAnswer asked = MarginAnswer.of(helios.lots(), EpochView.of(sealed).about(helios.number()));
        assertEquals(shown, asked.byVenue().orElseThrow(), "the command line asks so");
        assertTrue(
                MarginAnswer.of(helios.lots(), EpochView.of(sealed)).byVenue().isEmpty());
    }

    private static void assertExplained(ComputedEpoch sealed, AccountLine helios) {
        MarginAnswer answer = MarginAnswer.of(helios, sealed).orElseThrow();
        long terms = answer.terms().stream().mapToLong(Explanation.Term::amount).sum();
        assertEquals(margin(sealed.table(), helios.lots()), terms);
        assertEquals(answer.asBooked().initialMargin().u(), terms);
    }

    private static long margin(RiskTable table, MarginAccount account) {
        return assertInstanceOf(MarginStatement.class, PortfolioMargin.evaluate(table, account))
                .given()
                .initialMargin();
    }

    /** The account that some origins add up to, every lot where it stands. */
    private static MarginAccount held(ComputedEpoch sealed, AccountLine line, List<Origin> origins) {
        MarginAccount lots = new MarginAccount(
                origins.stream()
                        .filter(o -> o.line() == Line.CASH)
                        .mapToLong(Origin::lots)
                        .sum(),
                entries(origins, Line.POSITIONS),
                List.of(),
                entries(origins, Line.COLLATERAL),
                entries(origins, Line.DEBT));
        List<Portfolio.Standing> there = line.standings().stream()
                .filter(standing ->
                        origins.stream().anyMatch(origin -> origin.source().equals(standing.source())))
                .toList();
        return sealed.market().placement().orElseThrow().account(new Portfolio(lots, origins, List.of(), there));
    }

    private static List<Entry> entries(List<Origin> origins, Line line) {
        Map<Integer, Long> lots = new TreeMap<>();
        origins.stream().filter(o -> o.line() == line).forEach(o -> lots.merge(o.number(), o.lots(), Long::sum));
        return lots.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> new Entry(e.getKey(), e.getValue()))
                .toList();
    }
}
