package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.JsonDocument;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** A risk table in the JSON form of reference files. The array index is the number; groups that only entries name follow those listed, in order of first appearance. */
final class RiskTableFile {
    private final CaseFields table;
    private final Map<String, Integer> groupNumbers = new LinkedHashMap<>();
    private final Map<String, CaseFields> groupCharges = new LinkedHashMap<>();

    private RiskTableFile(CaseFields table) {
        this.table = table;
        for (CaseFields group : table.objects("groups")) {
            number(group.text("u"));
            groupCharges.put(group.text("u"), group);
        }
        table.objects("instruments").forEach(entry -> number(entry.text("u")));
        table.objects("assets").forEach(entry -> number(entry.text("u")));
    }

    /**
     * Reads a table.
     *
     * @throws BadInput if the file cannot be read or is no well-formed table of format 2 or 3
     */
    static RiskTable read(Path file) {
        CaseFields document = CaseFields.of(String.valueOf(file.getFileName()), JsonDocument.read(file));
        long format = document.int64("format");
        if (format != RiskTable.FORMAT && format != RiskTable.FORMAT_OF_VENUES) {
            throw CaseFields.refusal(document.at("format"), document.required("format"), "must be 2 or 3");
        }
        CanonicalValue builder =
                document.optional("builder").map(RiskTableFile::tree).orElseGet(CanonicalValue::array);
        return BadInput.refusing(file.toString(), "", () -> new RiskTableFile(document.object("table")).read(builder));
    }

    private RiskTable read(CanonicalValue builder) {
        return new RiskTable(
                builder,
                table.objects("rows").stream().map(RiskTableFile::row).toList(),
                table.objects("families").stream().map(RiskTableFile::family).toList(),
                table.objects("combos").stream().map(this::combo).toList(),
                table.objects("moves").stream()
                        .map(this::moves)
                        .sorted(Comparator.comparingInt(GroupMoves::group))
                        .toList(),
                column(table, "esVol"),
                column(table, "esWeights"),
                groupNumbers.keySet().stream().map(this::group).toList(),
                numbered("instruments", this::instrument),
                numbered("assets", this::asset),
                parameters(table.object("parameters")),
                table.has("venues") ? venueRisk() : VenueRisk.NONE);
    }

    private VenueRisk venueRisk() {
        return new VenueRisk(
                table.objects("venues").stream()
                        .map(v -> new VenueRisk.Terms(
                                v.text("id"), v.int64("liquidates") == 1, v.int32("lgd"), v.int32("credit")))
                        .toList(),
                table.objects("paths").stream()
                        .map(p -> new VenueRisk.Path(
                                p.int32("first"),
                                column(p, "then").stream().boxed().toList()))
                        .toList(),
                table.object("parameters").int32("prefunding"));
    }

    /** JSON as a canonical tree: a map is an array of sorted pairs, a number that is no integer is a text. */
    private static CanonicalValue tree(JsonNode node) {
        if (node.isObject()) {
            Map<String, CanonicalValue> entries = new TreeMap<>();
            node.properties().forEach(e -> entries.put(e.getKey(), tree(e.getValue())));
            return CanonicalValue.map(entries);
        }
        if (node.isArray()) {
            return CanonicalValue.array(
                    node.valueStream().map(RiskTableFile::tree).toList());
        }
        if (node.isIntegralNumber()) {
            return CanonicalValue.integer(CaseFields.int64("builder", node));
        }
        return node.isNumber()
                ? CanonicalValue.decimal(node.decimalValue())
                : CanonicalValue.text(CaseFields.text("builder", node));
    }

    private static ScenarioRow row(CaseFields row) {
        return new ScenarioRow(
                move(row),
                row.decimal("vs"),
                row.has("sl") ? row.decimal("sl") : BigDecimal.ZERO,
                row.has("tw") ? row.int32("tw") : 0,
                row.has("peg")
                        ? row.elements("peg").stream()
                                .map(e -> CaseFields.text(e.getKey(), e.getValue()))
                                .toList()
                        : List.of(),
                row.has("cross") && row.int32("cross") == 1);
    }

    private static ScenarioRow.Move move(CaseFields row) {
        if (row.has("abs")) {
            return new ScenarioRow.Absolute(row.int32("abs"));
        }
        if (row.has("hist")) {
            return new ScenarioRow.Replay(row.text("hist"));
        }
        if (row.has("adv")) {
            return new ScenarioRow.Submission(row.text("adv"));
        }
        return new ScenarioRow.PricePoint(row.int32("x"), row.has("e") ? row.int32("e") : 0);
    }

    private static Family family(CaseFields family) {
        return new Family(
                family.text("name"),
                family.elements("f").stream()
                        .map(e -> column(e.getKey(), e.getValue()))
                        .toList());
    }

    private Combo combo(CaseFields combo) {
        CaseFields weights = combo.object("w");
        List<String> names =
                table.objects("families").stream().map(f -> f.text("name")).toList();
        weights.node().properties().forEach(weight -> {
            if (!names.contains(weight.getKey())) {
                throw new BadInput(weights.where(), weight.getKey(), "must name a family");
            }
        });
        return new Combo(
                combo.text("name"),
                IntColumn.of(names.stream()
                        .mapToInt(name -> weights.has(name) ? weights.int32(name) : 0)
                        .toArray()));
    }

    private GroupMoves moves(CaseFields moves) {
        return new GroupMoves(
                number(moves.text("u")), column(moves, "shock"), column(moves, "damp"), column(moves, "es"));
    }

    private Group group(String id) {
        return new Group(
                number(id), id, Optional.ofNullable(groupCharges.get(id)).map(RiskTableFile::charges));
    }

    private static GroupCharges charges(CaseFields group) {
        CaseFields crowding = group.object("crowding");
        CaseFields skew = group.object("skew");
        return new GroupCharges(
                size(group.object("impact")),
                size(group.object("contagion")),
                new GroupCharges.Crowding(crowding.int64("chi"), knots(crowding)),
                new GroupCharges.Skew(skew.int32("steep"), skew.int32("flat"), skew.int32("psi")),
                group.elements("basis").stream()
                        .map(e -> new GroupCharges.Basis(
                                CaseFields.int32(e.getKey(), CaseFields.pair(e).getFirst()),
                                CaseFields.int32(e.getKey(), CaseFields.pair(e).getLast())))
                        .toList(),
                !group.has("dislocation")
                        ? List.of()
                        : group.elements("dislocation").stream()
                                .map(e -> new GroupCharges.Dislocation(
                                        CaseFields.int32(
                                                e.getKey(), CaseFields.pair(e).getFirst()),
                                        CaseFields.int32(
                                                e.getKey(), CaseFields.pair(e).getLast())))
                                .toList());
    }

    private static SizeCharge size(CaseFields charge) {
        return new SizeCharge(charge.int64("long"), charge.int64("short"), knots(charge));
    }

    private <T> List<T> numbered(String list, BiFunction<Integer, CaseFields, T> entry) {
        List<CaseFields> entries = table.objects(list);
        return IntStream.range(0, entries.size())
                .mapToObj(i -> entry.apply(i, entries.get(i)))
                .toList();
    }

    private InstrumentRisk instrument(int number, CaseFields i) {
        return new InstrumentRisk(
                number,
                i.text("id"),
                number(i.text("u")),
                i.int64("paidUp") == 1,
                i.has("days") ? OptionalInt.of(i.int32("days")) : OptionalInt.empty(),
                i.int64("value"),
                column(i, "row"),
                i.has("rowShort") ? Optional.of(column(i, "rowShort")) : Optional.empty(),
                column(i, "es"),
                sensitivities(i.object("delta")),
                sensitivities(i.object("vega")),
                i.int64("spread"),
                crowd(i),
                knots(i),
                i.int64("bound"),
                i.has("venue") ? i.int32("venue") : VenueRisk.FREE);
    }

    private AssetRisk asset(int number, CaseFields a) {
        return new AssetRisk(
                number,
                a.text("id"),
                number(a.text("u")),
                a.text("tier"),
                a.text("tier").equals("stable"),
                a.int64("price"),
                a.int32("haircut"),
                a.int32("residual"),
                a.has("peg") ? a.int32("peg") : 0,
                a.int64("value"),
                column(a, "row"),
                column(a, "es"),
                a.int64("debtValue"),
                column(a, "debtRow"),
                column(a, "debtEs"),
                sensitivities(a.object("delta")),
                crowd(a),
                knots(a),
                a.int64("bound"),
                a.has("venue")
                        ? new AssetRisk.AtVenue(a.int32("venue"), a.int32("venueWeight"), column(a, "venueRow"))
                        : AssetRisk.AtVenue.NONE);
    }

    private static RiskParameters parameters(CaseFields p) {
        return new RiskParameters(
                p.int32("tail"),
                p.int32("phi"),
                p.int32("cashResidual"),
                p.int64("minimumMargin"),
                p.int64("limit"),
                p.int32("lotsMax"));
    }

    private List<Sensitivity> sensitivities(CaseFields map) {
        return map.node().properties().stream()
                .map(e -> new Sensitivity(number(e.getKey()), map.int32(e.getKey())))
                .sorted(Comparator.comparingInt(Sensitivity::group))
                .toList();
    }

    private static CrowdSlopes crowd(CaseFields entry) {
        List<JsonNode> pair = CaseFields.pair(Map.entry(entry.at("crowd"), entry.required("crowd")));
        return new CrowdSlopes(
                CaseFields.int64(entry.at("crowd"), pair.getFirst()),
                CaseFields.int64(entry.at("crowd"), pair.getLast()));
    }

    private static List<Knot> knots(CaseFields owner) {
        return owner.elements("knots").stream()
                .map(e -> new Knot(
                        CaseFields.int64(e.getKey(), CaseFields.pair(e).getFirst()),
                        CaseFields.int64(e.getKey(), CaseFields.pair(e).getLast())))
                .toList();
    }

    private static IntColumn column(CaseFields owner, String name) {
        return column(owner.at(name), owner.required(name));
    }

    private static IntColumn column(String where, JsonNode array) {
        return IntColumn.of(CaseFields.elements(where, array).stream()
                .mapToInt(e -> CaseFields.int32(e.getKey(), e.getValue()))
                .toArray());
    }

    private int number(String group) {
        return groupNumbers.computeIfAbsent(group, id -> groupNumbers.size());
    }
}
