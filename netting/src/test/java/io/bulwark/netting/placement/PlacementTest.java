package io.bulwark.netting.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.Told;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Origin.Line;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.House;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.TableInputs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A house's places: one table for all its accounts, numbers that stay, and nothing that one account holds seen as another's. */
final class PlacementTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final VenueAccount AAVE = new VenueAccount(1, "0xaa");
    private static final VenueAccount ALICE = new VenueAccount(3, "0xbb");
    private static final VenueAccount ALICE_TOO = new VenueAccount(3, "0xcc");
    private static final VenueAccount BOB = new VenueAccount(3, "0xdd");
    private static final int USDC = 0;
    private static final int AWETH = 2;
    private static final int ETH = 4;
    private static final int SPACE = 1 << 20;
    private static final RiskTable PLAIN = RiskTableBuilder.marginTable(House.LISTING, House.market(), FOUNDING)
            .table();

    private static final Portfolio TWO_ADDRESSES = portfolio(
            List.of(
                    lots(AAVE, Line.COLLATERAL, AWETH, 9_000),
                    lots(ALICE, Line.POSITIONS, ETH, -10_000),
                    lots(ALICE, Line.COLLATERAL, USDC, 4_000),
                    lots(ALICE_TOO, Line.POSITIONS, ETH, 10_000)),
            List.of(stands(ALICE, "3600"), stands(ALICE_TOO, "-5")));
    private static final Portfolio ONE_ADDRESS = portfolio(
            List.of(lots(BOB, Line.POSITIONS, ETH, 7), lots(BOB, Line.COLLATERAL, USDC, 100)),
            List.of(stands(BOB, "100")));

    @Test
    void shouldNumberEntriesByTheListingAndThePlaceAlone() {
        Placement both = Placement.of(House.LISTING, List.of(TWO_ADDRESSES, ONE_ADDRESS));
        int venues = House.LISTING.venues().size();
        int second = 1 + 2 * venues + venueIndex(3);
        MarginAccount two = both.account(TWO_ADDRESSES);
        assertEquals(List.of(new Entry(ETH, -10_000), new Entry(second * SPACE + ETH, 10_000)), two.positions());
        assertEquals(
                List.of(
                        new Entry((1 + venueIndex(1)) * SPACE + AWETH, 9_000),
                        new Entry((1 + venueIndex(3)) * SPACE + USDC, 4_000)),
                two.collateral());
        assertEquals(
                List.of(
                        new MarginAccount.Standing(1 + venueIndex(3), 36_000_000),
                        new MarginAccount.Standing(second, -50_000)),
                two.standings());
        // Nobody else moves an account's numbers.
        Placement alone = Placement.of(House.LISTING, List.of(ONE_ADDRESS));
        assertEquals(both.account(ONE_ADDRESS), alone.account(ONE_ADDRESS));
    }

    @Test
    void shouldGiveEveryAccountOneTableThatMayBePublished() {
        Placement placement = Placement.of(House.LISTING, List.of(TWO_ADDRESSES, ONE_ADDRESS));
        RiskTable table = placement.table(PLAIN, FOUNDING);
        assertEquals(RiskTable.FORMAT_OF_VENUES, table.format());
        assertEquals(List.of(), Publication.ofFormula(table));
        for (Portfolio portfolio : List.of(TWO_ADDRESSES, ONE_ADDRESS)) {
            Requirement.of(table, placement.account(portfolio));
        }
        // Every instrument keeps its number at its venue, every asset its own for what stands with the house.
        PLAIN.instruments()
                .forEach(i -> assertEquals(
                        i.id(), table.instrument(i.number()).orElseThrow().id()));
        PLAIN.assets()
                .forEach(a ->
                        assertEquals(0, table.asset(a.number()).orElseThrow().venue()));
    }

    @Test
    void shouldPlaceTheFullTableToo() {
        ParameterSet full = FOUNDING.with(ScenarioParameters.DESIGN, 1);
        RiskTable plain = RiskTableBuilder.marginTable(
                        House.LISTING,
                        House.market(),
                        full,
                        TableInputs.NONE.with(new NamedScenarios(List.of(CrashDay.MARCH_2020), List.of(), List.of())))
                .table();
        Placement placement = Placement.of(House.LISTING, List.of(TWO_ADDRESSES, ONE_ADDRESS));
        RiskTable table = placement.table(plain, full);
        assertEquals(List.of(), Publication.ofProduction(table));
        assertEquals(table, RiskTable.decode(table.encode()));
        // On the skeleton, with the two counter paths, which end in the row back alone.
        assertEquals(
                List.of(),
                Publication.ofSkeleton(
                        table, RiskTableBuilder.marginSkeleton(full).orElseThrow()));
        int back = 13;
        assertEquals(
                List.of(new VenueRisk.Path(114, List.of(back)), new VenueRisk.Path(115, List.of(back))),
                table.venueRisk().paths().subList(8, 10));
    }

    @Test
    void shouldKeepTheSameEntriesUnderTheTableThatSizesTheFund() {
        Placement placement = Placement.of(House.LISTING, List.of(TWO_ADDRESSES, ONE_ADDRESS));
        RiskTable table = placement.table(PLAIN, FOUNDING);
        RiskTable vault = placement.vault(
                RiskTableBuilder.vaultTable(House.LISTING, House.market(), FOUNDING)
                        .table(),
                FOUNDING);
        assertEquals(RiskTable.FORMAT, vault.format());
        assertEquals(
                table.assets().stream().map(AssetRisk::number).toList(),
                vault.assets().stream().map(AssetRisk::number).toList());
        assertEquals(
                table.assets().stream().map(AssetRisk::value).toList(),
                vault.assets().stream().map(AssetRisk::value).toList());
    }

    @Test
    void shouldHoldNothingOfAVenueThatTellsNothingInThisAccountButActsInAnother() {
        Portfolio silent = portfolio(List.of(lots(BOB, Line.POSITIONS, ETH, 7)), List.of());
        Placement placement = Placement.of(House.LISTING, List.of(TWO_ADDRESSES, silent));
        assertEquals(
                List.of(new MarginAccount.Standing(1 + venueIndex(3), 0)),
                placement.account(silent).standings());
    }

    @Test
    void shouldTakePaidLotsFromEveryPlaceThatHasSome() {
        Portfolio options = portfolio(
                List.of(lots(ALICE, Line.POSITIONS, 1, 3), lots(ALICE_TOO, Line.POSITIONS, 1, 4)),
                List.of(stands(ALICE, "0"), stands(ALICE_TOO, "0")));
        MarginAccount paid =
                new MarginAccount(0, List.of(new Entry(1, 2)), List.of(new Entry(1, 5)), List.of(), List.of());
        Portfolio allocated = new Portfolio(paid, options.origins(), List.of(), options.standings());
        Placement placement = Placement.of(House.LISTING, List.of(allocated));
        MarginAccount placed = placement.account(allocated);
        assertEquals(List.of(3L, 2L), placed.paid().stream().map(Entry::lots).toList());
        assertEquals(List.of(2L), placed.positions().stream().map(Entry::lots).toList());
        Portfolio tooMany = new Portfolio(
                new MarginAccount(0, List.of(), List.of(new Entry(1, 8)), List.of(), List.of()),
                options.origins(),
                List.of(),
                options.standings());
        assertEquals(Optional.empty(), placement.placed(tooMany));
    }

    @Test
    void shouldRefuseATableWithoutTheGridThatPathsWalkOn() {
        Placement placement = Placement.of(House.LISTING, List.of(ONE_ADDRESS));
        RiskTable vault = RiskTableBuilder.vaultTable(House.LISTING, House.market(), FOUNDING)
                .table();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> placement.table(vault, FOUNDING));
        assertTrue(String.valueOf(refused.getMessage()).contains("joint grid"), String.valueOf(refused.getMessage()));
    }

    private static int venueIndex(int number) {
        return House.LISTING.venues().indexOf(House.LISTING.venue(number));
    }

    private static Origin lots(VenueAccount at, Line line, int number, long lots) {
        return new Origin(
                at, Digest.ZERO, line, number, Origin.Rule.HELD, Amount.of(Long.toString(Math.abs(lots))), lots);
    }

    private static Portfolio.Standing stands(VenueAccount at, String distance) {
        return new Portfolio.Standing(
                at,
                Digest.ZERO,
                VenueStanding.of(new Told(VenueStanding.USD, Amount.of(distance), Amount.ZERO)),
                Amount.of(distance));
    }

    /** Lots of one entry at two addresses add up. */
    private static Portfolio portfolio(List<Origin> origins, List<Portfolio.Standing> standings) {
        return new Portfolio(
                new MarginAccount(0, sum(origins, Line.POSITIONS), List.of(), sum(origins, Line.COLLATERAL), List.of()),
                origins,
                List.of(),
                standings);
    }

    private static List<Entry> sum(List<Origin> origins, Line line) {
        return origins.stream()
                .filter(o -> o.line() == line)
                .map(Origin::number)
                .distinct()
                .sorted()
                .map(n -> new Entry(
                        n,
                        origins.stream()
                                .filter(o -> o.line() == line && o.number() == n)
                                .mapToLong(Origin::lots)
                                .sum()))
                .filter(e -> e.lots() != 0)
                .toList();
    }
}
