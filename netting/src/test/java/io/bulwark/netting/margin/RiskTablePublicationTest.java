package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.publication.Publication.Violation;
import io.bulwark.netting.publication.PublicationCheck;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.AssetRisk.AtVenue;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.House;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may be published, and the one encoding of it. */
public final class RiskTablePublicationTest {
    @Test
    void shouldPassEveryFormulaCheckWithTheReferenceTable() {
        RiskTable table = ReferenceTable.load();
        assertEquals(List.of(), Publication.ofFormula(table));
        assertEquals(List.of(), PublishedMargins.ofMargins(table));
    }

    @Test
    void shouldPassEveryFormulaCheckWithTheReferenceTableOfVenues() {
        RiskTable table = ReferenceTable.withVenues();
        assertEquals(List.of(), Publication.ofFormula(table));
        assertEquals(List.of(), PublishedMargins.ofMargins(table));
        assertEquals(List.of(PublicationCheck.ES_ROW_COUNT), checks(Publication.ofProduction(table)));
    }

    @Test
    void shouldReadBackATableOfVenues() {
        RiskTable table = ReferenceTable.withVenues();
        RiskTable decoded = RiskTable.decode(table.encode());
        assertEquals(table, decoded);
        assertArrayEquals(table.encode(), decoded.encode());
        assertEquals(RiskTable.FORMAT_OF_VENUES, decoded.format());
        assertEquals(RiskTable.FORMAT, ReferenceTable.load().format());
    }

    @Test
    void shouldReadBackATableInATreeOfDepthFour() {
        for (RiskTable usual : List.of(ReferenceTable.load(), ReferenceTable.withVenues())) {
            RiskTable shallow = usual.inTreeOf(RiskTable.SMALL_TREE_DEPTH);
            assertEquals(shallow, RiskTable.decode(shallow.encode()));
            assertEquals(usual, shallow.inTreeOf(RiskTable.TREE_DEPTH));
            assertEquals(usual.encode().length + 1, shallow.encode().length);
            assertThrows(IllegalArgumentException.class, () -> usual.inTreeOf(3));
        }
    }

    @Test
    void shouldNameATableOfMoreLeavesThanItsTreeHasRoomFor() {
        RiskTable table = ReferenceTable.withVenues();
        assertTrue(table.leafCount() <= 256, () -> table.leafCount() + " leaves");
        RiskTable full = ofVenues(table, more(table, 256 - table.leafCount()), table.assets());
        RiskTable over = ofVenues(table, more(table, 257 - table.leafCount()), table.assets());
        assertEquals(
                List.of(PublicationCheck.ES_ROW_COUNT),
                checks(Publication.ofProduction(full.inTreeOf(RiskTable.SMALL_TREE_DEPTH))));
        assertEquals(List.of(PublicationCheck.ES_ROW_COUNT), checks(Publication.ofProduction(over)));
        assertEquals(
                List.of(PublicationCheck.LEAF_COUNT, PublicationCheck.ES_ROW_COUNT),
                checks(Publication.ofProduction(over.inTreeOf(RiskTable.SMALL_TREE_DEPTH))));
    }

    /** Its groups and so many more, of which no entry is. */
    private static List<Group> more(RiskTable table, int count) {
        int last = table.groups().getLast().number();
        return Stream.concat(
                        table.groups().stream(),
                        IntStream.rangeClosed(1, count)
                                .mapToObj(i -> new Group(last + i, "more " + i, Optional.empty())))
                .toList();
    }

    @Test
    void shouldNamePathsThatDoNotStartAloneEndElsewhereOrHaveNoMirror() {
        RiskTable table = ReferenceTable.withVenues();
        List<VenueRisk.Path> paths = table.venueRisk().paths();
        VenueRisk.Path first = paths.getFirst();
        int back = first.then().getLast();
        int cross = table.rows()
                .indexOf(table.rows().stream()
                        .filter(ScenarioRow::cross)
                        .findFirst()
                        .orElseThrow());
        assertEquals(
                List.of(PublicationCheck.PATH_FIRST),
                broken(table, changed(paths, new VenueRisk.Path(cross, first.then())), PublicationCheck.PATH_FIRST));
        VenueRisk.Path nowhere =
                new VenueRisk.Path(first.first(), List.of(first.then().getFirst()));
        assertEquals(
                List.of(PublicationCheck.PATH_THEN),
                broken(table, changed(paths, nowhere), PublicationCheck.PATH_THEN));
        VenueRisk.Path itself = new VenueRisk.Path(first.first(), List.of(first.first(), back));
        assertEquals(
                List.of(PublicationCheck.PATH_THEN), broken(table, changed(paths, itself), PublicationCheck.PATH_THEN));
        List<VenueRisk.Path> oneWay = paths.subList(0, paths.size() - 1);
        assertEquals(List.of(PublicationCheck.PATH_MIRROR), broken(table, oneWay, PublicationCheck.PATH_MIRROR));
    }

    @Test
    void shouldNameWhatAVenueCountsOfALotWhereItDoesNotFollow() {
        RiskTable table = ReferenceTable.withVenues();
        for (AssetRisk asset : table.assets()) {
            AtVenue at = asset.at();
            int[] row = at.row().stream().toArray();
            row[0]++;
            AssetRisk changed = at(asset, new AtVenue(at.venue(), at.weight(), IntColumn.of(row)));
            List<AssetRisk> assets = new ArrayList<>(table.assets());
            assets.set(asset.number(), changed);
            assertTrue(
                    checks(Publication.ofFormula(ofVenues(table, table.groups(), assets)))
                            .contains(PublicationCheck.VENUE_ROW),
                    asset.id());
        }
    }

    @Test
    void shouldNameAVenueWhoseMarksMayPartForNothing() {
        RiskTable table = ReferenceTable.withVenues();
        List<Group> groups = table.groups().stream()
                .map(g -> new Group(
                        g.number(),
                        g.id(),
                        g.charges()
                                .map(c -> new GroupCharges(
                                        c.impact(), c.contagion(), c.crowding(), c.skew(), c.basis()))))
                .toList();
        assertEquals(
                List.of(PublicationCheck.DISLOCATION_KEYS),
                checks(Publication.ofFormula(ofVenues(table, groups, table.assets()))));
    }

    private static List<VenueRisk.Path> changed(List<VenueRisk.Path> paths, VenueRisk.Path first) {
        List<VenueRisk.Path> changed = new ArrayList<>(paths);
        changed.set(0, first);
        return changed;
    }

    /** Whether the check is among those that a table with other paths fails; what venues count is left to its own test. */
    private static List<PublicationCheck> broken(
            RiskTable table, List<VenueRisk.Path> paths, PublicationCheck expected) {
        List<AssetRisk> assets = table.assets().stream()
                .map(a -> at(
                        a,
                        new AtVenue(
                                a.venue(),
                                a.at().weight(),
                                IntColumn.of(a.at().row().stream()
                                        .limit(paths.size())
                                        .toArray()))))
                .toList();
        VenueRisk risk = new VenueRisk(
                table.venueRisk().venues(), paths, table.venueRisk().prefunding());
        RiskTable other = new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                table.instruments(),
                assets,
                table.parameters(),
                risk);
        return checks(Publication.ofFormula(other)).stream()
                .filter(check -> check == expected)
                .toList();
    }

    private static AssetRisk at(AssetRisk a, AtVenue at) {
        return new AssetRisk(
                a.number(),
                a.id(),
                a.group(),
                a.tier(),
                a.stable(),
                a.price(),
                a.haircut(),
                a.residual(),
                a.peg(),
                a.value(),
                a.row(),
                a.es(),
                a.debtValue(),
                a.debtRow(),
                a.debtEs(),
                a.delta(),
                a.crowd(),
                a.knots(),
                a.bound(),
                at);
    }

    private static RiskTable ofVenues(RiskTable table, List<Group> groups, List<AssetRisk> assets) {
        return new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                groups,
                table.instruments(),
                assets,
                table.parameters(),
                table.venueRisk());
    }

    @Test
    void shouldHoldTheReferenceTableToTheLimitsOfTheProductSeparately() {
        assertEquals(List.of(PublicationCheck.ES_ROW_COUNT), checks(Publication.ofProduction(ReferenceTable.load())));
    }

    @Test
    void shouldPassEveryCheckWithTheTableThatTheHousePublishes() {
        RiskTable table = RiskTableBuilder.marginTable(House.LISTING, House.market(), ParameterSet.founding())
                .table();
        assertEquals(List.of(), PublishedMargins.violations(table));
    }

    @Test
    void shouldReadBackWhatItEncodes() {
        RiskTable table = ReferenceTable.load();
        RiskTable decoded = RiskTable.decode(table.encode());
        assertEquals(table, decoded);
        assertEquals(table.digest(), decoded.digest());
    }

    @Test
    void shouldRefuseAnEncodingWithOneByteChangedOrCutOff() {
        byte[] encoding = ReferenceTable.load().encode();
        byte[] cut = java.util.Arrays.copyOf(encoding, encoding.length - 1);
        assertThrows(IllegalArgumentException.class, () -> RiskTable.decode(cut));
        byte[] version = encoding.clone();
        version[2 + RiskTable.SCHEMA.length()]++;
        assertThrows(IllegalArgumentException.class, () -> RiskTable.decode(version));
        assertArrayEquals(encoding, RiskTable.decode(encoding).encode());
    }

    @Test
    void shouldNameOwnSizeSlopesAboveThreePercent() {
        RiskTable table = withFirstInstrument(i ->
                with(i, i.row(), List.of(new Knot(1, (i.spread() + 4_800) * 3 / 100 + 1)), i.bound()));
        assertTrue(checks(Publication.ofFormula(table)).contains(PublicationCheck.OWN_SIZE));
    }

    @Test
    void shouldNameABoundThatIsTooSmallOrTooLarge() {
        for (long change : new long[] {-1, 1}) {
            RiskTable table = withFirstInstrument(i -> with(i, i.row(), i.knots(), i.bound() + change));
            assertEquals(List.of(PublicationCheck.BOUND), checks(Publication.ofFormula(table)));
        }
    }

    @Test
    void shouldNameComboWeightsThatDoNotAddUp() {
        RiskTable table = ReferenceTable.load();
        int[] weights = new int[table.families().size()];
        weights[0] = 999_999;
        List<Combo> combos = List.of(new Combo("joint", IntColumn.of(weights)));
        assertEquals(
                List.of(PublicationCheck.COMBO_WEIGHTS),
                checks(Publication.ofFormula(copy(table, combos, table.instruments()))));
    }

    @Test
    void shouldRefuseARowOfAnotherLengthByName() {
        ReferenceTable.load();
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> withFirstInstrument(i -> with(i, IntColumn.of(1, 2), i.knots(), i.bound())));
        assertEquals("risk table: instrument BTC-PERP row must have 100 entries; have 2", refusal.getMessage());
    }

    private static RiskTable withFirstInstrument(UnaryOperator<InstrumentRisk> change) {
        RiskTable table = ReferenceTable.load();
        List<InstrumentRisk> instruments = new ArrayList<>(table.instruments());
        instruments.set(0, change.apply(instruments.getFirst()));
        return copy(table, table.combos(), instruments);
    }

    private static InstrumentRisk with(InstrumentRisk i, IntColumn row, List<Knot> knots, long bound) {
        return new InstrumentRisk(
                i.number(),
                i.id(),
                i.group(),
                i.paidUp(),
                i.days(),
                i.value(),
                row,
                i.rowShort(),
                i.es(),
                i.delta(),
                i.vega(),
                i.spread(),
                i.crowd(),
                knots,
                bound,
                i.venue());
    }

    public static RiskTable copy(RiskTable table, List<Combo> combos, List<InstrumentRisk> instruments) {
        return new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                combos,
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                instruments,
                table.assets(),
                table.parameters(),
                table.venueRisk());
    }

    private static List<PublicationCheck> checks(List<Violation> violations) {
        return violations.stream().map(Violation::check).distinct().toList();
    }
}
