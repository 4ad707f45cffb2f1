package io.bulwark.netting.placement;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.collateral.AssetRows;
import io.bulwark.netting.collateral.AssetTerms;
import io.bulwark.netting.collateral.CollateralRule;
import io.bulwark.netting.placement.PlacedAccount.Place;
import io.bulwark.netting.placement.PlacedAccount.PlacedLots;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A published table of format 2 as one of format 3, with the entries of one account, each at its place. */
final class PlacedTable {
    private static final int X = Ppm.ONE;
    private static final BigDecimal UP = BigDecimal.ONE;
    private static final BigDecimal STILL = BigDecimal.ZERO;
    private static final BigDecimal DOWN = BigDecimal.ONE.negate();
    private static final String OFF_CHAIN = "venue:";

    /** Where the paths start: price point of the grid and volatility. The paths end on the other side, and where nothing has moved. */
    private static final List<ScenarioRow> FIRST = List.of(
            ScenarioRow.grid(X, UP),
            ScenarioRow.grid(X, STILL),
            ScenarioRow.grid(-X, UP),
            ScenarioRow.grid(-X, STILL),
            ScenarioRow.grid(0, UP),
            ScenarioRow.grid(0, DOWN),
            ScenarioRow.grid(X / 2, STILL),
            ScenarioRow.grid(-X / 2, STILL));

    private static final ScenarioRow BACK = ScenarioRow.grid(0, STILL);

    private final RiskTable plain;
    private final Listing listing;
    private final ParameterSet parameters;
    private final List<VenueRisk.Path> paths;
    private final CellPairs pairs;

    private PlacedTable(RiskTable plain, Listing listing, ParameterSet parameters, List<VenueRisk.Path> paths) {
        this.plain = plain;
        this.listing = listing;
        this.parameters = parameters;
        this.paths = paths;
        this.pairs = CellPairs.of(plain.rows(), plain.families());
    }

    /** The table; empty where the plain one has no joint grid. */
    static Optional<RiskTable> of(
            RiskTable plain, Listing listing, ParameterSet parameters, PlacedLots lots, List<Place> places) {
        return paths(plain).map(paths -> new PlacedTable(plain, listing, parameters, paths).table(lots, places));
    }

    private static Optional<List<VenueRisk.Path>> paths(RiskTable plain) {
        int back = plain.rows().indexOf(BACK);
        List<VenueRisk.Path> paths = new ArrayList<>();
        for (ScenarioRow row : FIRST) {
            int first = plain.rows().indexOf(row);
            int mirror = plain.rows().indexOf(mirror(row));
            if (back < 0 || first < 0 || mirror < 0) {
                return Optional.empty();
            }
            paths.add(new VenueRisk.Path(first, List.of(mirror, back)));
        }
        return Optional.of(paths);
    }

    private static ScenarioRow mirror(ScenarioRow row) {
        int point = row.move() instanceof ScenarioRow.PricePoint at ? at.point() : 0;
        return point == 0
                ? ScenarioRow.grid(0, row.volatilityShock().negate())
                : ScenarioRow.grid(-point, row.volatilityShock());
    }

    private RiskTable table(PlacedLots lots, List<Place> places) {
        List<InstrumentRisk> instruments = new ArrayList<>();
        List<AssetRisk> assets = new ArrayList<>();
        for (Place place : places) {
            lots.instruments(place)
                    .forEach(number ->
                            instruments.add(at(plain.instrument(number).orElseThrow(), place)));
            lots.assets(place)
                    .forEach(number -> assets.add(at(plain.asset(number).orElseThrow(), place)));
        }
        return new RiskTable(
                plain.builder(),
                plain.rows().stream().map(row -> named(row, assets)).toList(),
                plain.families(),
                plain.combos(),
                plain.moves(),
                plain.esVolatility(),
                plain.esWeights(),
                plain.groups().stream()
                        .map(group -> parting(group, instruments))
                        .toList(),
                instruments,
                assets,
                plain.parameters(),
                new VenueRisk(
                        venues(places), paths, Math.toIntExact(parameters.value(PlacementParameters.PREFUNDING))));
    }

    private List<VenueRisk.Terms> venues(List<Place> places) {
        List<VenueRisk.Terms> venues = new ArrayList<>();
        venues.add(new VenueRisk.Terms("free", false, 0, 0));
        for (Place place : places) {
            boolean acts = place.standing().isPresent();
            venues.add(new VenueRisk.Terms(
                    place.name(),
                    acts,
                    acts
                            ? rate(
                                    place,
                                    PlacementParameters.LOSS_PROVED,
                                    PlacementParameters.LOSS_CHAIN,
                                    PlacementParameters.LOSS_EXCHANGE)
                            : 0,
                    credit(place)));
        }
        return venues;
    }

    /** Who never closes anything, as a wallet, is nobody's debtor. */
    private int credit(Place place) {
        return place.standing().isPresent()
                ? rate(
                        place,
                        PlacementParameters.CREDIT_PROVED,
                        PlacementParameters.CREDIT_CHAIN,
                        PlacementParameters.CREDIT_EXCHANGE)
                : 0;
    }

    private int rate(Place place, Parameter proved, Parameter chain, Parameter exchange) {
        ListedVenue venue = listing.venue(place.venue());
        boolean isProved = venue.leastGrade() == EvidenceGrade.STORAGE_PROOF;
        boolean isExchange = venue.chain().startsWith(OFF_CHAIN);
        return Math.toIntExact(parameters.value(isProved ? proved : isExchange ? exchange : chain));
    }

    /** A row names the claims where it names the coin: a peg that breaks, breaks wherever the coin stands. */
    private ScenarioRow named(ScenarioRow row, List<AssetRisk> assets) {
        List<String> pegs = assets.stream()
                .map(AssetRisk::id)
                .filter(id -> row.pegs().contains(coin(id)))
                .toList();
        return new ScenarioRow(
                row.move(),
                row.volatilityShock(),
                row.skewSlope(),
                row.twist(),
                row.pegs().isEmpty() ? List.of() : pegs,
                row.cross());
    }

    private static String coin(String claim) {
        return claim.substring(0, claim.lastIndexOf('@'));
    }

    private InstrumentRisk at(InstrumentRisk i, Place place) {
        return new InstrumentRisk(
                place.numbered(i.number()),
                place.again() ? i.id() + "@" + place.name() : i.id(),
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
                place.number());
    }

    /** A claim: the coin under the venue's credit, and what the venue itself counts of it. */
    private AssetRisk at(AssetRisk a, Place place) {
        List<GroupMoves> legs = plain.legsOf(a);
        // The rows of a pool follow from its two coins, which the table does not name: it keeps its own haircut.
        int credit = plain.movesOf(a.group()).isPresent() ? credit(place) : 0;
        int haircut = Math.toIntExact(a.haircut() + Rounding.cdiv((long) (Ppm.ONE - a.haircut()) * credit, Ppm.ONE));
        AssetRows rows = haircut == a.haircut()
                ? new AssetRows(a.value(), a.row(), a.es(), a.debtValue(), a.debtRow(), a.debtEs())
                : CollateralRule.rows(
                        new AssetTerms(a.price(), haircut, a.residual(), a.peg(), a.stable()),
                        legs,
                        pairs,
                        row -> plain.rows().get(row).pegs().contains(a.id()));
        int weight = place.standing()
                .map(s -> s.said().weights().getOrDefault(a.number(), Ppm.ONE))
                .orElse(Ppm.ONE);
        return new AssetRisk(
                        place.numbered(a.number()),
                        a.id() + "@" + place.name(),
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
                        new AssetRisk.AtVenue(place.number(), weight, atVenue(a, weight, legs)))
                .bounded();
    }

    private IntColumn atVenue(AssetRisk a, int weight, List<GroupMoves> legs) {
        return IntColumn.ofLongs(paths.stream()
                .mapToLong(path -> CollateralRule.atVenue(
                        a.price(),
                        weight,
                        legs,
                        path.first(),
                        plain.rows().get(path.first()).pegs().contains(a.id()) ? a.peg() : 0))
                .toArray());
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
                                instruments.stream()
                                        .filter(i -> i.delta().stream().anyMatch(leg -> leg.group() == group.number()))
                                        .map(InstrumentRisk::venue)
                                        .distinct()
                                        .sorted()
                                        .map(venue -> new GroupCharges.Dislocation(
                                                venue,
                                                Math.toIntExact(
                                                        parameters.value(PlacementParameters.dislocation(group.id())))))
                                        .toList())));
    }
}
