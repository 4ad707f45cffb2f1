package io.bulwark.netting.margin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The reference risk table, read into the product's records: array index is the number, groups by first appearance. */
public final class ReferenceTable {
    private final JsonNode json;
    private final List<String> groupIds;

    private ReferenceTable(JsonNode file) {
        this.json = file.get("table");
        Set<String> ids = new LinkedHashSet<>();
        for (String list : List.of("groups", "instruments", "assets")) {
            json.get(list).forEach(entry -> ids.add(entry.get("u").asText()));
        }
        this.groupIds = List.copyOf(ids);
    }

    /** The table of the margin cases, or the test is skipped. */
    public static RiskTable load() {
        return new ReferenceTable(ReferenceJson.json("margin/formula_table.json")).table();
    }

    /** The table of the venue cases, or the test is skipped. */
    public static RiskTable withVenues() {
        return new ReferenceTable(ReferenceJson.json("margin/venue_table.json")).table();
    }

    /** The account of a case; an id that the table does not list becomes number −1. */
    public static MarginAccount account(RiskTable table, JsonNode node) {
        return new MarginAccount(
                node.get("cash").longValue(),
                entries(node.get("positions"), id -> table.instrument(id).map(InstrumentRisk::number)),
                entries(node.get("paid"), id -> table.instrument(id).map(InstrumentRisk::number)),
                entries(node.get("collateral"), id -> table.asset(id).map(AssetRisk::number)),
                entries(node.get("debt"), id -> table.asset(id).map(AssetRisk::number)),
                stream(node.path("standings"))
                        .map(s -> new Standing(
                                venue(table, s.get(0).asText()),
                                s.get(1).bigIntegerValue().longValueExact()))
                        .toList());
    }

    private static int venue(RiskTable table, String id) {
        return table.venueRisk().venues().stream()
                .map(VenueRisk.Terms::id)
                .toList()
                .indexOf(id);
    }

    private static List<Entry> entries(JsonNode list, java.util.function.Function<String, Optional<Integer>> number) {
        return stream(list)
                .map(e -> new Entry(
                        number.apply(e.get(0).asText()).orElse(-1), e.get(1).longValue()))
                .toList();
    }

    private RiskTable table() {
        JsonNode p = json.get("parameters");
        return new RiskTable(
                CanonicalValue.array(),
                stream(json.get("rows")).map(ReferenceTable::row).toList(),
                stream(json.get("families"))
                        .map(f -> new Family(
                                f.get("name").asText(),
                                stream(f.get("f")).map(ReferenceTable::column).toList()))
                        .toList(),
                stream(json.get("combos")).map(this::combo).toList(),
                stream(json.get("moves"))
                        .map(m -> new GroupMoves(
                                groupIds.indexOf(m.get("u").asText()),
                                column(m.get("shock")),
                                column(m.get("damp")),
                                column(m.get("es"))))
                        .sorted(Comparator.comparingInt(GroupMoves::group))
                        .toList(),
                column(json.get("esVol")),
                column(json.get("esWeights")),
                IntStream.range(0, groupIds.size()).mapToObj(this::group).toList(),
                indexed("instruments", this::instrument),
                indexed("assets", this::asset),
                new RiskParameters(
                        p.get("tail").intValue(),
                        p.get("phi").intValue(),
                        p.get("cashResidual").intValue(),
                        p.get("minimumMargin").longValue(),
                        p.get("limit").longValue(),
                        p.get("lotsMax").intValue()),
                json.has("venues") ? venueRisk() : VenueRisk.NONE);
    }

    private VenueRisk venueRisk() {
        return new VenueRisk(
                stream(json.get("venues"))
                        .map(v -> new VenueRisk.Terms(
                                v.get("id").asText(),
                                v.get("liquidates").intValue() == 1,
                                v.get("lgd").intValue(),
                                v.get("credit").intValue()))
                        .toList(),
                stream(json.get("paths"))
                        .map(p -> new VenueRisk.Path(
                                p.get("first").intValue(),
                                stream(p.get("then")).map(JsonNode::intValue).toList()))
                        .toList(),
                json.get("parameters").get("prefunding").intValue());
    }

    private interface At<T> {
        T of(int number, JsonNode entry);
    }

    private <T> List<T> indexed(String list, At<T> at) {
        JsonNode entries = json.get(list);
        return IntStream.range(0, entries.size())
                .mapToObj(i -> at.of(i, entries.get(i)))
                .toList();
    }

    private static ScenarioRow row(JsonNode row) {
        ScenarioRow.Move move = row.has("abs")
                ? new ScenarioRow.Absolute(row.get("abs").intValue())
                : row.has("hist")
                        ? new ScenarioRow.Replay(row.get("hist").asText())
                        : row.has("adv")
                                ? new ScenarioRow.Submission(row.get("adv").asText())
                                : new ScenarioRow.PricePoint(
                                        row.get("x").intValue(), row.path("e").asInt(0));
        return new ScenarioRow(
                move,
                row.path("vs").decimalValue(),
                row.has("sl") ? row.get("sl").decimalValue() : BigDecimal.ZERO,
                row.path("tw").asInt(0),
                stream(row.path("peg")).map(JsonNode::asText).toList(),
                row.path("cross").asInt(0) == 1);
    }

    private Combo combo(JsonNode combo) {
        int[] weights = stream(json.get("families"))
                .mapToInt(f -> combo.get("w").path(f.get("name").asText()).asInt(0))
                .toArray();
        return new Combo(combo.get("name").asText(), IntColumn.of(weights));
    }

    private Group group(int number) {
        String id = groupIds.get(number);
        Optional<JsonNode> entry = stream(json.get("groups"))
                .filter(g -> g.get("u").asText().equals(id))
                .findFirst();
        return new Group(number, id, entry.map(ReferenceTable::charges));
    }

    private static GroupCharges charges(JsonNode g) {
        JsonNode skew = g.get("skew");
        JsonNode crowding = g.get("crowding");
        return new GroupCharges(
                size(g.get("impact")),
                size(g.get("contagion")),
                new GroupCharges.Crowding(crowding.get("chi").longValue(), knots(crowding.get("knots"))),
                new GroupCharges.Skew(
                        skew.get("steep").intValue(),
                        skew.get("flat").intValue(),
                        skew.get("psi").intValue()),
                stream(g.get("basis"))
                        .map(b -> new GroupCharges.Basis(
                                b.get(0).intValue(), b.get(1).intValue()))
                        .toList(),
                stream(g.path("dislocation"))
                        .map(d -> new GroupCharges.Dislocation(
                                d.get(0).intValue(), d.get(1).intValue()))
                        .toList());
    }

    private static SizeCharge size(JsonNode s) {
        return new SizeCharge(s.get("long").longValue(), s.get("short").longValue(), knots(s.get("knots")));
    }

    private InstrumentRisk instrument(int number, JsonNode i) {
        return new InstrumentRisk(
                number,
                i.get("id").asText(),
                groupIds.indexOf(i.get("u").asText()),
                i.get("paidUp").intValue() == 1,
                i.has("days") ? OptionalInt.of(i.get("days").intValue()) : OptionalInt.empty(),
                i.get("value").longValue(),
                column(i.get("row")),
                Optional.ofNullable(i.get("rowShort")).map(ReferenceTable::column),
                column(i.get("es")),
                sensitivities(i.get("delta")),
                sensitivities(i.get("vega")),
                i.get("spread").longValue(),
                crowd(i.get("crowd")),
                knots(i.get("knots")),
                i.get("bound").longValue(),
                i.path("venue").asInt(VenueRisk.FREE));
    }

    private AssetRisk asset(int number, JsonNode a) {
        return new AssetRisk(
                number,
                a.get("id").asText(),
                groupIds.indexOf(a.get("u").asText()),
                a.get("tier").asText(),
                a.get("tier").asText().equals("stable"),
                a.get("price").longValue(),
                a.get("haircut").intValue(),
                a.get("residual").intValue(),
                a.path("peg").asInt(0),
                a.get("value").longValue(),
                column(a.get("row")),
                column(a.get("es")),
                a.get("debtValue").longValue(),
                column(a.get("debtRow")),
                column(a.get("debtEs")),
                sensitivities(a.get("delta")),
                crowd(a.get("crowd")),
                knots(a.get("knots")),
                a.get("bound").longValue(),
                a.has("venue")
                        ? new AssetRisk.AtVenue(
                                a.get("venue").intValue(), a.get("venueWeight").intValue(), column(a.get("venueRow")))
                        : AssetRisk.AtVenue.NONE);
    }

    private List<Sensitivity> sensitivities(JsonNode map) {
        List<Sensitivity> list = new ArrayList<>();
        for (Map.Entry<String, JsonNode> e : map.properties()) {
            list.add(new Sensitivity(groupIds.indexOf(e.getKey()), e.getValue().intValue()));
        }
        list.sort(Comparator.comparingInt(Sensitivity::group));
        return list;
    }

    private static CrowdSlopes crowd(JsonNode pair) {
        return new CrowdSlopes(pair.get(0).longValue(), pair.get(1).longValue());
    }

    private static List<Knot> knots(JsonNode list) {
        return stream(list)
                .map(k -> new Knot(k.get(0).longValue(), k.get(1).longValue()))
                .toList();
    }

    private static IntColumn column(JsonNode list) {
        return IntColumn.of(stream(list).mapToInt(JsonNode::intValue).toArray());
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
