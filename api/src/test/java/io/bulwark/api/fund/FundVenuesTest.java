package io.bulwark.api.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.account.RecordedAccounts;
import io.bulwark.api.fund.FundVenues.Claim;
import io.bulwark.api.fund.FundVenues.Venue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.fund.FundStress.VenueFailures;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.prover.binding.FieldElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it would cost that a venue of the demonstration is gone tomorrow. */
final class FundVenuesTest {
    @Test
    void shouldCostNothingOfWhoIsRichAndLoseHisClaimAllTheSame() {
        RecordedAccounts recorded = RecordedAccounts.read(ParameterSet.founding());
        FundVenues venues = venues(recorded, 0);
        assertEquals(List.of(), venues.left());
        assertEquals(
                recorded.market().listing().venues().size(), venues.venues().size());
        Venue dydx = venue(venues, "dydx");
        List<String> owed = dydx.claims().stream().map(Claim::account).toList();
        assertEquals(List.of("CYGNUS", "DRACO", "GRUS"), owed);
        // DRACO: half of what its USDC there counts for, at the credit of such a venue, rounded up.
        Portfolio draco = recorded.portfolio("DRACO");
        int share = (int) recorded.market()
                .parameters()
                .value(
                        recorded.market().listing().venues().stream()
                                        .filter(v -> v.name().equals("dydx"))
                                        .findFirst()
                                        .orElseThrow()
                                        .chain()
                                        .startsWith("venue:")
                                ? PlacementParameters.LOSS_EXCHANGE
                                : PlacementParameters.LOSS_CHAIN);
        long lost = dydx.claims().get(owed.indexOf("DRACO")).lost().u();
        long counted = draco.origins().stream()
                .filter(o -> o.source().venue() == number(recorded, "dydx") && o.line() == Origin.Line.COLLATERAL)
                .mapToLong(o -> o.lots()
                        * recorded.plain()
                                .asset(o.number())
                                .map(AssetRisk::value)
                                .orElseThrow())
                .sum();
        assertTrue(lost > 0 && lost <= Math.ceilDiv(counted * share, 1_000_000L), lost + " of " + counted);
    }

    @Test
    void shouldCostTheFundWhatAHedgeLeavesNakedWhereItsOtherLegIsGone() {
        RecordedAccounts recorded = RecordedAccounts.read(ParameterSet.founding());
        FundVenues venues = venues(recorded, 0);
        Venue worst = venues.venues().getFirst();
        assertTrue(worst.layer().u() > 0, venues.toString());
        assertTrue(worst.scenario().contains("ETH") || worst.scenario().contains("BTC"), worst.scenario());
        for (int i = 1; i < venues.venues().size(); i++) {
            assertTrue(venues.venues().get(i - 1).layer().u()
                    >= venues.venues().get(i).layer().u());
        }
    }

    /** A venue fails when prices have fallen further than the joint family has them: the fund counts the replay, and says which. */
    @Test
    void shouldCountTheDaysThatTheVaultReplays() {
        RecordedAccounts recorded =
                RecordedAccounts.read(ParameterSet.founding().with(ScenarioParameters.DESIGN, 0));
        FundVenues counted = venues(recorded, 1);
        FundVenues joint = venues(recorded, 0);
        for (Venue venue : counted.venues()) {
            Venue of = venue(joint, venue.venue());
            assertEquals(of.layer(), venue.layer(), "the definition is the same");
            assertEquals(of.layer(), of.counted());
            assertEquals(
                    Math.max(venue.layer().u(), venue.replayed().u()),
                    venue.counted().u());
            System.out.println(venue);
        }
        assertTrue(
                counted.venues().stream()
                        .anyMatch(venue -> venue.replayed().u() > venue.layer().u()
                                && venue.replay().equals("the replay of 2020-03-12")),
                counted::toString);
    }

    private static FundVenues venues(RecordedAccounts recorded, long replays) {
        List<AccountLine> lines = lines(recorded);
        return FundVenues.of(
                1,
                recorded.table(),
                ParameterSet.founding().with(VaultParameters.VENUE_REPLAYS, replays),
                lines,
                VenueFailures.failures(
                        recorded.table(),
                        recorded.market().scaledVaultTable(Ppm.ONE),
                        lines,
                        recorded.market().placement().orElseThrow()));
    }

    private static int number(RecordedAccounts recorded, String venue) {
        return recorded.market().listing().venues().stream()
                .filter(v -> v.name().equals(venue))
                .findFirst()
                .orElseThrow()
                .number();
    }

    private static Venue venue(FundVenues venues, String name) {
        Optional<Venue> found =
                venues.venues().stream().filter(v -> v.venue().equals(name)).findFirst();
        return found.orElseThrow();
    }

    private static List<AccountLine> lines(RecordedAccounts recorded) {
        List<AccountLine> lines = new ArrayList<>();
        for (String name : RecordedAccounts.NAMES) {
            Portfolio portfolio = recorded.portfolio(name);
            lines.add(new AccountLine(
                    lines.size(),
                    name,
                    List.of(),
                    recorded.lots(portfolio),
                    portfolio.origins(),
                    portfolio.standings(),
                    EquityByMode.NONE,
                    new AccountMargin.Stated(
                            MarginStatement.of(recorded.table(), recorded.lots(portfolio)),
                            HedgingBenefit.of(recorded.table(), recorded.lots(portfolio))),
                    false,
                    List.of(),
                    FieldElement.ofShortBytes(new byte[31])));
        }
        return lines;
    }
}
