package io.bulwark.prover.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.RandomVenues;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.witness.ProofShape.Fit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which accounts have a proof. */
final class ProofShapeTest {
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(1), 54, 20);
    private static final List<Integer> NUMBERS =
            TABLE.instruments().stream().map(InstrumentRisk::number).toList();
    private static final TableStructure STRUCTURE = TableStructure.of(TABLE);
    private static final ProofShape SHAPE = new ProofShape(4, 2, 12, 0, 10, Opening.DIRECT, STRUCTURE);

    private static List<Entry> entries(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Entry(NUMBERS.get(i), 1))
                .toList();
    }

    private static MarginAccount account(
            List<Entry> positions, List<Entry> paid, List<Entry> collateral, List<Entry> debt) {
        return new MarginAccount(0, positions, paid, collateral, debt);
    }

    @Test
    void shouldCountAnInstrumentOnceThatIsMarginedAndPaid() {
        assertEquals(new Fit.Fits(), SHAPE.fit(TABLE, account(entries(0, 4), entries(1, 3), List.of(), List.of())));
        assertEquals(
                new Fit.TooLarge("different instruments", 5, 4),
                SHAPE.fit(TABLE, account(entries(0, 3), entries(3, 5), List.of(), List.of())));
    }

    @Test
    void shouldCountCollateralAndDebtOfOneAssetAsTwoLines() {
        List<Entry> one = List.of(new Entry(TABLE.assets().getFirst().number(), 1));
        List<Entry> two =
                List.of(one.getFirst(), new Entry(TABLE.assets().get(1).number(), 1));
        assertEquals(new Fit.Fits(), SHAPE.fit(TABLE, account(List.of(), List.of(), one, one)));
        assertEquals(
                new Fit.TooLarge("collateral and debt lines", 3, 2),
                SHAPE.fit(TABLE, account(List.of(), List.of(), two, one)));
    }

    @Test
    void shouldCountTheGroupsThatEntriesName() {
        ProofShape narrow = new ProofShape(40, 2, 1, 0, 10, Opening.DIRECT, STRUCTURE);
        Fit fit = narrow.fit(TABLE, account(entries(0, 40), List.of(), List.of(), List.of()));
        long groups = TABLE.instruments().stream()
                .mapToInt(InstrumentRisk::group)
                .distinct()
                .count();
        assertEquals(new Fit.TooLarge("groups", Math.toIntExact(groups), 1), fit);
    }

    @Test
    void shouldHaveRoomInTheSmallKeyUpToItsGross() {
        ProofShape compact = new ProofShape(4, 2, 12, 0, 10, Opening.COMPACT, STRUCTURE);
        long most = (1L << 46) - 1;
        MarginAccount last = new MarginAccount(-most, List.of(), List.of(), List.of(), List.of());
        MarginAccount beyond = new MarginAccount(most + 1, List.of(), List.of(), List.of(), List.of());
        assertEquals(new Fit.Fits(), compact.fit(TABLE, last));
        assertEquals(new Fit.TooLarge("u gross", 1L << 47, (1L << 47) - 1), compact.fit(TABLE, beyond));
        assertEquals(new Fit.Fits(), SHAPE.fit(TABLE, beyond));
    }

    @Test
    void shouldHaveNoRoomForATableOfMoreRows() {
        ProofShape small = TestKeys.TINY;
        assertEquals(new Fit.TooLarge("scenario rows", 54, 6), small.fit(TABLE, MarginAccount.EMPTY));
    }

    @Test
    void shouldNameItsSizesInTheirOrder() {
        ProofShape standard = ProofShape.standard(TABLE);
        assertTrue(standard.label().startsWith("16-8-8-0-54-16-10-direct-"), standard.label());
        assertThrows(IllegalArgumentException.class, () -> new ProofShape(0, 8, 8, 0, 10, Opening.DIRECT, STRUCTURE));
    }

    private static final RiskTable AT_VENUES = RandomVenues.over(new SplittableRandom(1), TABLE);

    @Test
    void shouldFollowFromTheTableWhetherItHasStandings() {
        assertEquals(0, ProofShape.standard(TABLE).standings());
        ProofShape standard = ProofShape.standard(AT_VENUES);
        assertEquals(4, standard.standings());
        assertEquals(4, standard.call().standings());
        assertEquals(AT_VENUES.venueRisk().paths(), standard.structure().paths());
        assertTrue(standard.label().startsWith("16-8-8-0-54-16-10-direct-"), standard.label());
        assertNotEquals(ProofShape.standard(TABLE).label(), standard.label());
        assertThrows(
                IllegalArgumentException.class, () -> shape(TableStructure.of(AT_VENUES), 0), "paths need standings");
        assertThrows(IllegalArgumentException.class, () -> shape(STRUCTURE, 1), "standings need paths");
    }

    private static ProofShape shape(TableStructure structure, int standings) {
        return new ProofShape(
                ProofShape.Statement.CLAIM, 4, 2, 12, 0, 10, Opening.DIRECT, structure, standings, Optional.empty());
    }

    @Test
    void shouldAskForAStandingWhereverAVenueMayAct() {
        ProofShape wide = shape(TableStructure.of(AT_VENUES), 2);
        InstrumentRisk acting = AT_VENUES.instruments().stream()
                .filter(instrument -> instrument.venue() == 2)
                .findFirst()
                .orElseThrow();
        List<Entry> held = List.of(new Entry(acting.number(), 1));
        for (MarginAccount account : List.of(
                account(held, List.of(), List.of(), List.of()), account(List.of(), held, List.of(), List.of()))) {
            assertEquals(new Fit.WithoutStanding("exchange"), wide.fit(AT_VENUES, account));
            Standing none = new Standing(2, 0);
            assertEquals(new Fit.Fits(), wide.fit(AT_VENUES, RandomVenues.standing(account, List.of(none))));
            List<Standing> three = List.of(new Standing(1, 0), none, new Standing(4, 0));
            assertEquals(
                    new Fit.TooLarge("standings at venues", 3, 2),
                    wide.fit(AT_VENUES, RandomVenues.standing(account, three)));
        }
        MarginAccount free = account(entriesAt(0), List.of(), List.of(), List.of());
        MarginAccount kept = account(entriesAt(3), List.of(), List.of(), List.of());
        assertEquals(new Fit.Fits(), wide.fit(AT_VENUES, free));
        assertEquals(new Fit.Fits(), wide.fit(AT_VENUES, kept));
    }

    @Test
    void shouldTakeTheLargeKeyWhereOnlyThatHasRoom() {
        ProofShape standard = ProofShape.standard(AT_VENUES);
        ProofShape large = ProofShape.large(AT_VENUES);
        assertTrue(large.label().startsWith("24-24-8-0-54-16-10-challenge-"), large.label());
        assertEquals(8, large.standings());
        assertEquals(24, large.call().positions());
        assertEquals(8, large.call().standings());
        MarginAccount few = RandomVenues.standing(MarginAccount.EMPTY, standings(4));
        MarginAccount many = RandomVenues.standing(MarginAccount.EMPTY, standings(5));
        MarginAccount most = RandomVenues.standing(MarginAccount.EMPTY, standings(8));
        MarginAccount tooMany = RandomVenues.standing(MarginAccount.EMPTY, standings(9));
        assertEquals(standard, ProofShape.of(AT_VENUES, few));
        for (MarginAccount account : List.of(many, most)) {
            assertEquals(large, ProofShape.of(AT_VENUES, account));
            assertEquals(new Fit.Fits(), large.fit(AT_VENUES, account));
        }
        ProofShape named = ProofShape.of(AT_VENUES, tooMany);
        assertEquals(standard, named);
        assertEquals(new Fit.TooLarge("standings at venues", 9, 4), named.fit(AT_VENUES, tooMany));
    }

    @Test
    void shouldFollowFromTheTableHowDeepItsTreeIs() {
        RiskTable shallow = AT_VENUES.inTreeOf(RiskTable.SMALL_TREE_DEPTH);
        ProofShape standard = ProofShape.standard(shallow);
        assertTrue(standard.structure().shallow());
        assertNotEquals(ProofShape.standard(AT_VENUES).label(), standard.label());
        assertNotEquals(
                ProofShape.standard(TABLE).label(),
                ProofShape.standard(TABLE.inTreeOf(RiskTable.SMALL_TREE_DEPTH)).label());
    }

    private static List<Standing> standings(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(venue -> new Standing(venue, 0))
                .toList();
    }

    @Test
    void shouldTakeTheLargeKeyForManyInstruments() {
        List<Integer> groups = TABLE.instruments().stream()
                .filter(i -> i.delta().size() < 2)
                .map(InstrumentRisk::group)
                .distinct()
                .limit(8)
                .toList();
        List<Entry> held = TABLE.instruments().stream()
                .filter(i -> groups.contains(i.group()) && i.delta().size() < 2)
                .limit(17)
                .map(i -> new Entry(i.number(), 1))
                .toList();
        assertEquals(17, held.size());
        MarginAccount many = account(held, List.of(), List.of(), List.of());
        assertEquals(ProofShape.large(TABLE), ProofShape.of(TABLE, many));
        assertEquals(0, ProofShape.large(TABLE).standings());
        MarginAccount usual = account(held.subList(0, 16), List.of(), List.of(), List.of());
        assertEquals(ProofShape.standard(TABLE), ProofShape.of(TABLE, usual));
    }

    private static List<Entry> entriesAt(int venue) {
        return AT_VENUES.instruments().stream()
                .filter(instrument -> instrument.venue() == venue)
                .limit(2)
                .map(instrument -> new Entry(instrument.number(), 1))
                .toList();
    }
}
