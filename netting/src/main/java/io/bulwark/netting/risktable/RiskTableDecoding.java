package io.bulwark.netting.risktable;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A risk table from its canonical encoding; strict, every refusal names the field. */
final class RiskTableDecoding {
    private final boolean venues;

    private RiskTableDecoding(boolean venues) {
        this.venues = venues;
    }

    static RiskTable read(byte[] encoding) {
        CanonicalValue document = CanonicalReader.read(encoding);
        CanonicalFields head = CanonicalFields.of(RiskTable.SCHEMA, document);
        head.text("schema");
        long format = head.integer("version", RiskTable.FORMAT, RiskTable.FORMAT_OF_VENUES);
        return new RiskTableDecoding(format == RiskTable.FORMAT_OF_VENUES)
                .table(CanonicalFields.document(document, RiskTable.SCHEMA, format));
    }

    private RiskTable table(CanonicalFields fields) {
        RiskTable table = new RiskTable(
                fields.value("builder"),
                list(fields, "rows", RiskTableDecoding::row),
                fields.list("families", f -> new Family(f.text("name"), columns(f, "points"))),
                fields.list("combos", c -> new Combo(c.text("name"), column(c, "weights"))),
                fields.list("moves", RiskTableDecoding::moves),
                column(fields, "es-vol"),
                column(fields, "es-weights"),
                fields.list("groups", this::group),
                fields.list("instruments", this::instrument),
                fields.list("assets", this::asset),
                parameters(fields.fields("parameters")),
                venues ? venueRisk(fields.fields("venue-risk")) : VenueRisk.NONE);
        boolean small = !fields.isAtEnd()
                && fields.integer("depth", RiskTable.SMALL_TREE_DEPTH, RiskTable.SMALL_TREE_DEPTH) > 0;
        fields.end();
        // A table of format 3 without venues would be one of format 2 under another digest.
        if (venues != (table.format() == RiskTable.FORMAT_OF_VENUES)) {
            throw new CanonicalException("version", "3", "must list venues");
        }
        return small ? table.inTreeOf(RiskTable.SMALL_TREE_DEPTH) : table;
    }

    private static VenueRisk venueRisk(CanonicalFields f) {
        VenueRisk risk = new VenueRisk(
                f.list(
                        "venues",
                        v -> new VenueRisk.Terms(
                                v.text("id"), v.bit("liquidates"), int32(v, "lgd"), int32(v, "credit"))),
                f.list(
                        "paths",
                        p -> new VenueRisk.Path(
                                int32(p, "first"),
                                column(p, "then").stream().boxed().toList())),
                int32(f, "prefunding"));
        f.end();
        return risk;
    }

    private static ScenarioRow row(CanonicalValue encoded) {
        Map<String, CanonicalValue> pairs = pairs(encoded);
        ScenarioRow row = new ScenarioRow(
                move(pairs),
                decimal(pairs, "vs"),
                decimal(pairs, "sl"),
                integer(pairs, "tw"),
                pairs.containsKey("peg") ? texts(pairs, "peg") : List.of(),
                integer(pairs, "cross") == 1);
        // One row has one encoding: a zero written out, a key out of order or an unknown key is another encoding.
        if (!RiskTableEncoding.row(row).equals(encoded)) {
            throw new CanonicalException("rows", encoded.toString(), "must be written as sorted pairs without zeros");
        }
        return row;
    }

    private static ScenarioRow.Move move(Map<String, CanonicalValue> pairs) {
        if (pairs.containsKey("abs")) {
            return new ScenarioRow.Absolute(integer(pairs, "abs"));
        }
        if (pairs.containsKey("hist")) {
            return new ScenarioRow.Replay(text(pairs, "hist"));
        }
        if (pairs.containsKey("adv")) {
            return new ScenarioRow.Submission(text(pairs, "adv"));
        }
        if (pairs.containsKey("counter")) {
            return new ScenarioRow.Counter(integer(pairs, "counter"), integer(pairs, "x"));
        }
        if (pairs.containsKey("pad")) {
            return new ScenarioRow.Pad();
        }
        return new ScenarioRow.PricePoint(integer(pairs, "x"), integer(pairs, "e"));
    }

    private static Map<String, CanonicalValue> pairs(CanonicalValue encoded) {
        Map<String, CanonicalValue> pairs = new HashMap<>();
        for (CanonicalValue pair : elements("rows", encoded)) {
            CanonicalFields fields = CanonicalFields.of("rows", pair);
            pairs.put(fields.text("key"), fields.value("value"));
            fields.end();
        }
        return pairs;
    }

    private static int integer(Map<String, CanonicalValue> pairs, String key) {
        CanonicalValue value = pairs.get(key);
        return value == null ? 0 : int32(only(key, value), key);
    }

    private static BigDecimal decimal(Map<String, CanonicalValue> pairs, String key) {
        CanonicalValue value = pairs.get(key);
        return value == null ? BigDecimal.ZERO : only(key, value).decimal(key);
    }

    private static String text(Map<String, CanonicalValue> pairs, String key) {
        return only(key, pairs.getOrDefault(key, CanonicalValue.array())).text(key);
    }

    private static List<String> texts(Map<String, CanonicalValue> pairs, String key) {
        return elements(key, pairs.getOrDefault(key, CanonicalValue.array())).stream()
                .map(value -> only(key, value).text(key))
                .toList();
    }

    private static CanonicalFields only(String key, CanonicalValue value) {
        return CanonicalFields.of("rows." + key, CanonicalValue.array(value));
    }

    private static GroupMoves moves(CanonicalFields f) {
        return new GroupMoves(int32(f, "group"), column(f, "shock"), column(f, "damp"), column(f, "es"));
    }

    private Group group(CanonicalFields f) {
        int number = int32(f, "number");
        String id = f.text("id");
        CanonicalValue charges = f.value("charges");
        boolean none = charges.equals(CanonicalValue.array());
        return new Group(number, id, none ? Optional.empty() : Optional.of(charges(id, charges)));
    }

    private GroupCharges charges(String id, CanonicalValue encoded) {
        CanonicalFields f = CanonicalFields.of("charges of " + id, encoded);
        GroupCharges charges = new GroupCharges(
                size(f.fields("impact")),
                size(f.fields("contagion")),
                crowding(f.fields("crowding")),
                skew(f.fields("skew")),
                f.list("basis", b -> new GroupCharges.Basis(int32(b, "days"), int32(b, "ppm"))),
                venues
                        ? f.list("dislocation", d -> new GroupCharges.Dislocation(int32(d, "venue"), int32(d, "ppm")))
                        : List.of());
        f.end();
        return charges;
    }

    private static SizeCharge size(CanonicalFields f) {
        SizeCharge charge = new SizeCharge(f.integer("long"), f.integer("short"), knots(f));
        f.end();
        return charge;
    }

    private static GroupCharges.Crowding crowding(CanonicalFields f) {
        GroupCharges.Crowding crowding = new GroupCharges.Crowding(f.integer("chi"), knots(f));
        f.end();
        return crowding;
    }

    private static GroupCharges.Skew skew(CanonicalFields f) {
        GroupCharges.Skew skew = new GroupCharges.Skew(int32(f, "steep"), int32(f, "flat"), int32(f, "psi"));
        f.end();
        return skew;
    }

    private InstrumentRisk instrument(CanonicalFields f) {
        return new InstrumentRisk(
                int32(f, "number"),
                f.text("id"),
                int32(f, "group"),
                f.bit("paidUp"),
                days(f),
                f.integer("value"),
                column(f, "row"),
                Optional.of(column(f, "row-short")).filter(row -> row.length() > 0),
                column(f, "es"),
                sensitivities(f, "delta"),
                sensitivities(f, "vega"),
                f.integer("spread"),
                crowd(f.fields("crowd")),
                knots(f),
                f.integer("bound"),
                venues ? int32(f, "venue") : VenueRisk.FREE);
    }

    private static OptionalInt days(CanonicalFields f) {
        Optional<CanonicalValue> days = f.optional("days");
        return days.isPresent() ? OptionalInt.of(int32(only("days", days.get()), "days")) : OptionalInt.empty();
    }

    private AssetRisk asset(CanonicalFields f) {
        return new AssetRisk(
                int32(f, "number"),
                f.text("id"),
                int32(f, "group"),
                f.text("tier"),
                f.bit("stable"),
                f.integer("price"),
                int32(f, "haircut"),
                int32(f, "residual"),
                int32(f, "peg"),
                f.integer("value"),
                column(f, "row"),
                column(f, "es"),
                f.integer("debt-value"),
                column(f, "debt-row"),
                column(f, "debt-es"),
                sensitivities(f, "delta"),
                crowd(f.fields("crowd")),
                knots(f),
                f.integer("bound"),
                venues
                        ? new AssetRisk.AtVenue(int32(f, "venue"), int32(f, "venue-weight"), column(f, "venue-row"))
                        : AssetRisk.AtVenue.NONE);
    }

    private static RiskParameters parameters(CanonicalFields f) {
        RiskParameters parameters = new RiskParameters(
                int32(f, "tail"),
                int32(f, "phi"),
                int32(f, "cashResidual"),
                f.integer("minimumMargin"),
                f.integer("limit"),
                int32(f, "lotsMax"));
        f.end();
        return parameters;
    }

    private static CrowdSlopes crowd(CanonicalFields f) {
        CrowdSlopes crowd = new CrowdSlopes(f.integer("long"), f.integer("short"));
        f.end();
        return crowd;
    }

    private static List<Knot> knots(CanonicalFields f) {
        return f.list("knots", k -> new Knot(k.integer("threshold"), k.integer("slope")));
    }

    private static List<Sensitivity> sensitivities(CanonicalFields f, String field) {
        return f.list(field, s -> new Sensitivity(int32(s, "group"), int32(s, "amount")));
    }

    private static IntColumn column(CanonicalFields f, String field) {
        return column(field, f.value(field));
    }

    private static IntColumn column(String field, CanonicalValue encoded) {
        CanonicalFields entries = CanonicalFields.of(field, encoded);
        int[] column = new int[elements(field, encoded).size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = int32(entries, "entry");
        }
        return IntColumn.of(column);
    }

    private static List<IntColumn> columns(CanonicalFields f, String field) {
        return list(f, field, cells -> column(field, cells));
    }

    private static <T> List<T> list(CanonicalFields f, String field, Function<CanonicalValue, T> decoding) {
        return elements(field, f.value(field)).stream().map(decoding).toList();
    }

    private static List<CanonicalValue> elements(String field, CanonicalValue encoded) {
        if (encoded instanceof CanonicalValue.Array(List<CanonicalValue> values)) {
            return values;
        }
        throw new CanonicalException(field, encoded.toString(), "must be an array");
    }

    private static int int32(CanonicalFields f, String field) {
        return (int) f.integer(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
