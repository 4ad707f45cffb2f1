package io.bulwark.netting.placement;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.collateral.AssetRows;
import io.bulwark.netting.collateral.AssetTerms;
import io.bulwark.netting.collateral.CollateralRule;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.Recipe;
import io.bulwark.netting.scenario.TableInputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A table of format 2 with the entries of a house at their places. */
final class PlacedTable {
    private static final String AT = "@";

    private final Placement placement;
    private final RiskTable plain;
    private final ParameterSet parameters;
    private final TableInputs inputs;
    private final DislocationSlopes dislocations;
    private final CellPairs pairs;

    PlacedTable(Placement placement, RiskTable plain, ParameterSet parameters, TableInputs inputs) {
        this.placement = placement;
        this.plain = plain;
        this.parameters = parameters;
        this.inputs = inputs;
        this.dislocations = new DislocationSlopes(parameters, inputs);
        this.pairs = CellPairs.of(plain.rows(), plain.families());
    }

    /** Of format 3. */
    RiskTable table() {
        return table(new VenueRisk(
                venues(),
                Recipe.paths(plain.rows()),
                Math.toIntExact(parameters.value(PlacementParameters.PREFUNDING))));
    }

    /** Of format 2, the same entries. */
    RiskTable vault() {
        return table(VenueRisk.NONE);
    }

    private RiskTable table(VenueRisk venueRisk) {
        Shelf shelf = new Shelf(venueRisk);
        List<InstrumentRisk> instruments = shelf.instruments();
        List<AssetRisk> assets = shelf.assets();
        return new RiskTable(
                venueRisk.venues().isEmpty() ? plain.builder() : provenance(instruments),
                plain.rows().stream().map(row -> named(row, assets)).toList(),
                plain.families(),
                plain.combos(),
                plain.moves(),
                plain.esVolatility(),
                plain.esWeights(),
                venueRisk.venues().isEmpty()
                        ? plain.groups()
                        : plain.groups().stream()
                                .map(group -> parting(group, instruments))
                                .toList(),
                instruments,
                assets,
                plain.parameters(),
                venueRisk);
    }

    private List<VenueRisk.Terms> venues() {
        List<VenueRisk.Terms> venues = new ArrayList<>();
        venues.add(new VenueRisk.Terms("free", false, 0, 0));
        for (Place place : placement.places()) {
            int lost = isDebtor(place) ? tier(place).loss(parameters) : 0;
            venues.add(new VenueRisk.Terms(place.name(), place.acts(), lost, credit(place)));
        }
        return venues;
    }

    private int credit(Place place) {
        return isDebtor(place) ? tier(place).credit(parameters) : 0;
    }

    /** Who never closes anything, as a wallet, is nobody's debtor. */
    private boolean isDebtor(Place place) {
        return placement.placesOf(place.venue()).getFirst().acts();
    }

    private PlacementParameters.Tier tier(Place place) {
        return PlacementParameters.Tier.of(placement.venue(place), parameters);
    }

    /** A row names the claims where it names the coin: a peg that breaks, breaks wherever the coin stands. */
    private static ScenarioRow named(ScenarioRow row, List<AssetRisk> assets) {
        List<String> pegs = assets.stream()
                .map(AssetRisk::id)
                .filter(id -> row.pegs().contains(coin(id)))
                .toList();
        return new ScenarioRow(row.move(), row.volatilityShock(), row.skewSlope(), row.twist(), pegs, row.cross());
    }

    private static String coin(String claim) {
        int at = claim.indexOf(AT);
        return at < 0 ? claim : claim.substring(0, at);
    }

    /** Every entry of a table, in the order of its number. */
    private final class Shelf {
        private final VenueRisk venueRisk;

        Shelf(VenueRisk venueRisk) {
            this.venueRisk = venueRisk;
        }

        List<InstrumentRisk> instruments() {
            List<InstrumentRisk> all = new ArrayList<>();
            plain.instruments().forEach(i -> all.add(at(i, i.number(), i.id(), placement.own(i.number()))));
            for (Place place : placement.places()) {
                placement.instruments(place).stream()
                        .flatMap(number -> plain.instrument(number).stream())
                        .forEach(i -> all.add(at(i, place.numbered(i.number()), i.id() + AT + place.name(), place)));
            }
            return all;
        }

        List<AssetRisk> assets() {
            List<AssetRisk> all = new ArrayList<>();
            plain.assets().stream().map(this::free).filter(this::isFree).forEach(all::add);
            for (Place place : placement.places()) {
                placement.assets(place).stream()
                        .flatMap(number -> plain.asset(number).stream())
                        .forEach(a -> all.add(claim(a, place)));
            }
            return all;
        }

        private InstrumentRisk at(InstrumentRisk i, int number, String id, Place place) {
            return new InstrumentRisk(
                    number,
                    id,
                    i.group(),
                    i.paidUp(),
                    i.days(),
                    i.value(),
                    i.row(),
                    i.rowShort(),
                    i.es(),
                    i.delta(),
                    i.vega(),
                    i.spread(),
                    i.crowd(),
                    i.knots(),
                    i.bound(),
                    venueRisk.known(place.number()) ? place.number() : VenueRisk.FREE);
        }

        /** What stands with the house, or is pledged to it. */
        private AssetRisk free(AssetRisk a) {
            AssetRows rows = new AssetRows(a.value(), a.row(), a.es(), a.debtValue(), a.debtRow(), a.debtEs());
            return asset(a, a.number(), a.id(), a.haircut(), rows, counted(a, Ppm.ONE, VenueRisk.FREE));
        }

        /**
         * Whether an asset may stand with the house: a debt that rises by more than a third in a path would leave the
         * range that its bound promises (venue risk, section 1), so such an asset stands at venues only.
         */
        private boolean isFree(AssetRisk a) {
            return venueRisk.paths().stream()
                    .allMatch(path -> path.then().stream().allMatch(then -> a.isBoundedAsFreeDebt(path.first(), then)));
        }

        /** A claim: the coin under the venue's credit, and what the venue itself counts of it. */
        private AssetRisk claim(AssetRisk a, Place place) {
            List<GroupMoves> legs = plain.legsOf(a);
            // The rows of a pool follow from its two coins, which the table does not name: it keeps its own haircut.
            int credit = plain.movesOf(a.group()).isPresent() ? credit(place) : 0;
            int haircut =
                    Math.toIntExact(a.haircut() + Rounding.cdiv((long) (Ppm.ONE - a.haircut()) * credit, Ppm.ONE));
            AssetRows rows = haircut == a.haircut()
                    ? new AssetRows(a.value(), a.row(), a.es(), a.debtValue(), a.debtRow(), a.debtEs())
                    : CollateralRule.rows(
                            new AssetTerms(a.price(), haircut, a.residual(), a.peg(), a.stable()),
                            legs,
                            pairs,
                            row -> plain.rows().get(row).pegs().contains(a.id()));
            int weight = placement.weight(place, a.number());
            return asset(
                    a,
                    place.numbered(a.number()),
                    a.id() + AT + place.name(),
                    haircut,
                    rows,
                    counted(a, weight, place.number()));
        }

        private AssetRisk.AtVenue counted(AssetRisk a, int weight, int venue) {
            return venueRisk.venues().isEmpty()
                    ? AssetRisk.AtVenue.NONE
                    : new AssetRisk.AtVenue(venue, weight, atVenue(a, weight));
        }

        private IntColumn atVenue(AssetRisk a, int weight) {
            List<GroupMoves> legs = plain.legsOf(a);
            return IntColumn.ofLongs(venueRisk.paths().stream()
                    .mapToLong(path -> CollateralRule.atVenue(
                            a.price(),
                            weight,
                            legs,
                            path.first(),
                            plain.rows().get(path.first()).pegs().contains(a.id()) ? a.peg() : 0))
                    .toArray());
        }
    }

    private static AssetRisk asset(
            AssetRisk a, int number, String id, int haircut, AssetRows rows, AssetRisk.AtVenue at) {
        return new AssetRisk(
                        number,
                        id,
                        a.group(),
                        a.tier(),
                        a.stable(),
                        a.price(),
                        haircut,
                        a.residual(),
                        a.peg(),
                        rows.value(),
                        rows.row(),
                        rows.es(),
                        rows.debtValue(),
                        rows.debtRow(),
                        rows.debtEs(),
                        a.delta(),
                        a.crowd(),
                        a.knots(),
                        0,
                        at)
                .bounded();
    }

    private Group parting(Group group, List<InstrumentRisk> instruments) {
        return new Group(
                group.number(),
                group.id(),
                group.charges()
                        .map(c -> new GroupCharges(
                                c.impact(),
                                c.contagion(),
                                c.crowding(),
                                c.skew(),
                                c.basis(),
                                places(group, instruments).stream()
                                        .map(place -> new GroupCharges.Dislocation(
                                                place.number(),
                                                dislocations.of(group, place).ppm()))
                                        .toList())));
    }

    /** Where derivatives have a delta in a group, by number. */
    private List<Place> places(Group group, List<InstrumentRisk> instruments) {
        return instruments.stream()
                .filter(i -> i.delta().stream().anyMatch(leg -> leg.group() == group.number()))
                .map(InstrumentRisk::venue)
                .filter(venue -> venue != VenueRisk.FREE)
                .distinct()
                .sorted()
                .map(venue -> placement.places().get(venue - 1))
                .toList();
    }

    /**
     * The provenance of the plain table, and of each dislocation its basis, the observed quantile and the days
     * behind it. A table of an epoch that observed nothing says nothing of it.
     */
    private CanonicalValue provenance(List<InstrumentRisk> instruments) {
        if (!inputs.isObserved() || !(plain.builder() instanceof CanonicalValue.Array fields)) {
            return plain.builder();
        }
        List<CanonicalValue> slopes = new ArrayList<>();
        for (Group group : plain.groups()) {
            if (group.charges().isPresent()) {
                places(group, instruments).forEach(place -> slopes.add(dislocations.row(group, place)));
            }
        }
        List<CanonicalValue> all = new ArrayList<>(fields.values());
        all.add(array(text(DislocationSlopes.NAMED), array(slopes)));
        all.sort(Comparator.comparing(PlacedTable::key));
        return array(all);
    }

    private static String key(CanonicalValue field) {
        return field instanceof CanonicalValue.Array pair
                        && pair.values().getFirst() instanceof CanonicalValue.Text(String name)
                ? name
                : "";
    }
}
