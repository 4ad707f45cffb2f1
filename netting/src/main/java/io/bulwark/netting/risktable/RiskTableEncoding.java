package io.bulwark.netting.risktable;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bit;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.map;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A risk table as a canonical tree, in the order of {@code risk-table.cddl}. */
final class RiskTableEncoding {
    private RiskTableEncoding() {}

    static CanonicalValue tree(RiskTable table) {
        boolean venues = table.format() == RiskTable.FORMAT_OF_VENUES;
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                text(RiskTable.SCHEMA),
                integer(table.format()),
                table.builder(),
                list(table.rows(), RiskTableEncoding::row),
                list(table.families(), f -> array(text(f.name()), list(f.points(), RiskTableEncoding::column))),
                list(table.combos(), c -> array(text(c.name()), column(c.weights()))),
                list(table.moves(), RiskTableEncoding::moves),
                column(table.esVolatility()),
                column(table.esWeights()),
                list(table.groups(), group -> group(group, venues)),
                list(table.instruments(), instrument -> instrument(instrument, venues)),
                list(table.assets(), asset -> asset(asset, venues)),
                parameters(table.parameters())));
        if (venues) {
            fields.add(venueRisk(table.venueRisk()));
        }
        if (table.treeDepth() != RiskTable.TREE_DEPTH) {
            fields.add(integer(table.treeDepth()));
        }
        return array(fields);
    }

    private static CanonicalValue venueRisk(VenueRisk risk) {
        return array(
                list(
                        risk.venues(),
                        v -> array(
                                text(v.id()), bit(v.liquidates()), integer(v.lossGivenDefault()), integer(v.credit()))),
                list(risk.paths(), p -> array(integer(p.first()), list(p.then(), row -> integer(row)))),
                integer(risk.prefunding()));
    }

    static CanonicalValue row(ScenarioRow row) {
        Map<String, CanonicalValue> fields = new TreeMap<>();
        fields.put("vs", decimal(row.volatilityShock()));
        switch (row.move()) {
            case ScenarioRow.PricePoint(int point, int shift) -> {
                fields.put("x", integer(point));
                if (shift != 0) {
                    fields.put("e", integer(shift));
                }
            }
            case ScenarioRow.Absolute(int ppm) -> fields.put("abs", integer(ppm));
            case ScenarioRow.Replay(String day) -> fields.put("hist", text(day));
            case ScenarioRow.Submission(String name) -> fields.put("adv", text(name));
            case ScenarioRow.Counter(int group, int point) -> {
                fields.put("counter", integer(group));
                fields.put("x", integer(point));
            }
            case ScenarioRow.Pad() -> fields.put("pad", integer(1));
        }
        if (row.skewSlope().signum() != 0) {
            fields.put("sl", decimal(row.skewSlope()));
        }
        if (row.twist() != 0) {
            fields.put("tw", integer(row.twist()));
        }
        if (!row.pegs().isEmpty()) {
            fields.put("peg", list(row.pegs(), CanonicalValue::text));
        }
        if (row.cross()) {
            fields.put("cross", integer(1));
        }
        return map(fields);
    }

    private static CanonicalValue moves(GroupMoves moves) {
        return array(integer(moves.group()), column(moves.shock()), column(moves.damp()), column(moves.es()));
    }

    private static CanonicalValue group(Group group, boolean venues) {
        return array(
                integer(group.number()),
                text(group.id()),
                group.charges().map(charges -> charges(charges, venues)).orElseGet(CanonicalValue::array));
    }

    private static CanonicalValue.Array charges(GroupCharges charges, boolean venues) {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                size(charges.impact()),
                size(charges.contagion()),
                array(
                        integer(charges.crowding().chi()),
                        knots(charges.crowding().knots())),
                array(
                        integer(charges.skew().steep()),
                        integer(charges.skew().flat()),
                        integer(charges.skew().psi())),
                list(charges.basis(), b -> array(integer(b.days()), integer(b.ppm())))));
        if (venues) {
            fields.add(list(charges.dislocation(), d -> array(integer(d.venue()), integer(d.ppm()))));
        }
        return array(fields);
    }

    private static CanonicalValue instrument(InstrumentRisk instrument, boolean venues) {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                integer(instrument.number()),
                text(instrument.id()),
                integer(instrument.group()),
                bit(instrument.paidUp()),
                instrument.days().isPresent() ? array(integer(instrument.days().getAsInt())) : array(),
                integer(instrument.value()),
                column(instrument.row()),
                instrument.rowShort().map(RiskTableEncoding::column).orElseGet(CanonicalValue::array),
                column(instrument.es()),
                sensitivities(instrument.delta()),
                sensitivities(instrument.vega()),
                integer(instrument.spread()),
                crowd(instrument.crowd()),
                knots(instrument.knots()),
                integer(instrument.bound())));
        if (venues) {
            fields.add(integer(instrument.venue()));
        }
        return array(fields);
    }

    private static CanonicalValue asset(AssetRisk asset, boolean venues) {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                integer(asset.number()),
                text(asset.id()),
                integer(asset.group()),
                text(asset.tier()),
                bit(asset.stable()),
                integer(asset.price()),
                integer(asset.haircut()),
                integer(asset.residual()),
                integer(asset.peg()),
                integer(asset.value()),
                column(asset.row()),
                column(asset.es()),
                integer(asset.debtValue()),
                column(asset.debtRow()),
                column(asset.debtEs()),
                sensitivities(asset.delta()),
                crowd(asset.crowd()),
                knots(asset.knots()),
                integer(asset.bound())));
        if (venues) {
            fields.addAll(List.of(
                    integer(asset.venue()),
                    integer(asset.at().weight()),
                    column(asset.at().row())));
        }
        return array(fields);
    }

    private static CanonicalValue parameters(RiskParameters parameters) {
        return array(
                integer(parameters.tail()),
                integer(parameters.phi()),
                integer(parameters.cashResidual()),
                integer(parameters.minimumMargin()),
                integer(parameters.limit()),
                integer(parameters.lotsMax()));
    }

    private static CanonicalValue size(SizeCharge charge) {
        return array(integer(charge.longSlope()), integer(charge.shortSlope()), knots(charge.knots()));
    }

    private static CanonicalValue knots(List<Knot> knots) {
        return list(knots, k -> array(integer(k.threshold()), integer(k.slope())));
    }

    private static CanonicalValue crowd(CrowdSlopes crowd) {
        return array(integer(crowd.longSide()), integer(crowd.shortSide()));
    }

    private static CanonicalValue sensitivities(List<Sensitivity> sensitivities) {
        return list(sensitivities, s -> array(integer(s.group()), integer(s.amount())));
    }

    private static CanonicalValue.Array column(IntColumn column) {
        return array(column.stream().mapToObj(CanonicalValue::integer).toList());
    }

    private static <T> CanonicalValue.Array list(List<T> entries, Function<T, ? extends CanonicalValue> encoding) {
        return array(entries.stream().map(encoding).toList());
    }
}
