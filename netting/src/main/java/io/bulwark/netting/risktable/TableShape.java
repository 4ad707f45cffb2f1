package io.bulwark.netting.risktable;

import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import java.util.List;

/** The lengths and group numbers that every part of one table must agree on. */
record TableShape(int rows, int esRows, List<Group> groups, VenueRisk venueRisk) {
    private static final long PPM_LIMIT = 1L << 31;

    void require(Group group) {
        group.charges().ifPresent(charges -> require(group, charges));
    }

    private void require(Group group, GroupCharges charges) {
        String where = "group " + group.id();
        GroupCharges.Skew skew = charges.skew();
        Require.that(skew.steep() >= 0 && skew.steep() < rows, where + " steep row", "must be a row", skew.steep());
        Require.that(skew.flat() >= 0 && skew.flat() < rows, where + " flat row", "must be a row", skew.flat());
        slope(skew.psi(), where + " psi");
        size(charges.impact(), where + " impact");
        size(charges.contagion(), where + " contagion");
        slope(charges.crowding().chi(), where + " chi");
        knots(charges.crowding().knots(), where + " crowding");
        charges.basis().forEach(basis -> slope(basis.ppm(), where + " basis"));
        charges.dislocation().forEach(dislocation -> {
            int venue = dislocation.venue();
            Require.that(
                    venue != VenueRisk.FREE && venueRisk.known(venue),
                    where + " dislocation",
                    "must name a venue",
                    venue);
            slope(dislocation.ppm(), where + " dislocation");
        });
    }

    void require(GroupMoves moves) {
        String where = "moves of group " + moves.group();
        known(moves.group(), where);
        Require.length(moves.shock(), rows, where + " shock");
        Require.length(moves.damp(), rows, where + " damp");
        Require.length(moves.es(), esRows, where + " es");
    }

    void require(InstrumentRisk instrument) {
        String where = "instrument " + instrument.id();
        known(instrument.group(), where);
        Require.length(instrument.row(), rows, where + " row");
        instrument.rowShort().ifPresent(row -> Require.length(row, rows, where + " rowShort"));
        Require.length(instrument.es(), esRows, where + " es");
        instrument.delta().forEach(d -> known(d.group(), where + " delta"));
        instrument.vega().forEach(v -> known(v.group(), where + " vega"));
        at(instrument.venue(), where);
        slope(instrument.spread(), where + " spread");
        crowd(instrument.crowd(), where);
        knots(instrument.knots(), where);
    }

    void require(AssetRisk asset) {
        String where = "asset " + asset.id();
        known(asset.group(), where);
        Require.length(asset.row(), rows, where + " row");
        Require.length(asset.debtRow(), rows, where + " debtRow");
        Require.length(asset.es(), esRows, where + " es");
        Require.length(asset.debtEs(), esRows, where + " debtEs");
        at(asset.venue(), where);
        Require.length(asset.at().row(), venueRisk.paths().size(), where + " venueRow");
        asset.delta().forEach(d -> known(d.group(), where + " delta"));
        crowd(asset.crowd(), where);
        knots(asset.knots(), where);
    }

    void requirePaths() {
        for (VenueRisk.Path path : venueRisk.paths()) {
            String where = "path from row " + path.first();
            Require.that(path.first() >= 0 && path.first() < rows, where, "must start in a row", path.first());
            path.then().forEach(row -> Require.that(row >= 0 && row < rows, where, "must end in a row", row));
        }
    }

    private void at(int venue, String where) {
        Require.that(
                venue == VenueRisk.FREE || venueRisk.known(venue),
                where + " venue",
                "must be a venue of the table",
                venue);
    }

    private static void size(SizeCharge charge, String where) {
        slope(charge.longSlope(), where + " long");
        slope(charge.shortSlope(), where + " short");
        knots(charge.knots(), where);
    }

    private static void crowd(CrowdSlopes crowd, String where) {
        slope(crowd.longSide(), where + " crowd long");
        slope(crowd.shortSide(), where + " crowd short");
    }

    // Without rising thresholds and non-negative increments a size charge is not convex, and no witness would bound it.
    private static void knots(List<Knot> knots, String where) {
        long previous = 0;
        for (Knot knot : knots) {
            Require.that(
                    knot.threshold() > previous, where + " knot threshold", "must be > " + previous, knot.threshold());
            slope(knot.slope(), where + " knot slope");
            previous = knot.threshold();
        }
    }

    private static void slope(long slope, String where) {
        Require.that(slope >= 0 && slope < PPM_LIMIT, where, "must be 0..2^31-1", slope);
    }

    private void known(int group, String where) {
        Require.that(
                Entries.find(groups, Group::number, group).isPresent(), where, "must name a group of the table", group);
    }
}
