package io.bulwark.netting.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.revaluation.Revaluation;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the builder object of the reference table says, in this room's words. It reads no row of the table. */
public final class ReferenceBuilder {
    private static final List<String> GROUPS = List.of("BTC", "ETH", "GOV", "USD");
    private static final double SMILE_SLOPE = 0.06;

    final JsonNode table;
    final JsonNode builder;
    public final List<ScenarioRow> rows = new ArrayList<>();
    final List<Family> families = new ArrayList<>();
    final CellPairs pairs;
    final List<GroupMoves> moves;
    final Revaluation revaluation;

    public ReferenceBuilder() {
        JsonNode root = json(SharedReference.read("margin/formula_table.json"));
        table = root.path("table");
        builder = root.path("builder");
        table.path("rows").forEach(row -> rows.add(row(row)));
        table.path("families")
                .forEach(family -> families.add(new Family(family.path("name").asText(), points(family.path("f")))));
        pairs = CellPairs.of(rows, families);
        PriceMoves rule = new PriceMoves(
                replays(), submissions(), builder.path("histWeight").asInt(), true);
        moves = IntStream.range(0, GROUPS.size())
                .mapToObj(group -> rule.of(
                        range(group),
                        rows,
                        column(table.path("moves").path(group).path("es"))))
                .toList();
        revaluation = new Revaluation(rows, pairs, moves, column(table.path("esVol")), surface());
    }

    int group(String name) {
        return GROUPS.indexOf(name);
    }

    List<GroupMoves> legs(JsonNode entry) {
        return entry.has("legs")
                ? stream(entry.path("legs"))
                        .map(leg -> moves.get(group(leg.asText())))
                        .toList()
                : List.of(moves.get(group(entry.path("u").asText())));
    }

    Payoff payoff(JsonNode entry) {
        double years = entry.path("days").asInt() / SurfaceRule.DAYS_PER_YEAR;
        double notional = entry.path("N").asDouble() * 1e4;
        return switch (entry.path("kind").asText()) {
            case "PERP", "FUT" ->
                new Payoff.Linear(
                        group(entry.path("u").asText()),
                        new BigDecimal(entry.path("lotValue").asText()));
            case "OPT" -> option(entry, years);
            case "RATIO" -> new Payoff.Ratio(0, 1, notional);
            case "EXCH" ->
                new Payoff.Exchange(
                        0,
                        1,
                        underlying("BTC").path("iv").asDouble(),
                        underlying("ETH").path("iv").asDouble(),
                        years,
                        notional);
            default -> throw new IllegalArgumentException("unknown kind of " + entry.path("id"));
        };
    }

    static IntColumn column(JsonNode numbers) {
        return IntColumn.of(stream(numbers).mapToInt(JsonNode::asInt).toArray());
    }

    private Payoff option(JsonNode entry, double years) {
        String group = entry.path("u").asText();
        double spot = underlying(group).path("S").asDouble();
        double strike = entry.path("K").asDouble();
        return new Payoff.European(
                group(group),
                entry.path("cp").asText().equals("C") ? OptionRight.CALL : OptionRight.PUT,
                spot,
                strike,
                years,
                smile(underlying(group).path("iv").asDouble(), StrictMath.log(strike / spot), years),
                underlying(group).path("lot").asDouble());
    }

    private static double smile(double level, double logStrike, double years) {
        double z = logStrike / Math.max(0.05, level * Math.sqrt(years));
        double tilted = SurfaceRule.skewed(level, logStrike, SurfaceRule.rootYears(years), SMILE_SLOPE);
        return tilted + 0.03 * Math.min(9, z * z) * level * 0.3;
    }

    private JsonNode underlying(String name) {
        return builder.path("underlyings").path(name);
    }

    private GroupRange range(int group) {
        String name = GROUPS.get(group);
        return name.equals("USD")
                ? GroupRange.numeraire(group, name)
                : new GroupRange(
                        group,
                        name,
                        underlying(name).path("X").asInt(),
                        underlying(name).path("kappa").asInt());
    }

    private SurfaceRule surface() {
        return new SurfaceRule(
                decimal("volUp"),
                decimal("volDown"),
                decimal("shortPower"),
                decimal("longPower"),
                builder.path("decayDays").asInt(),
                decimal("exchangeCorrelation"));
    }

    private BigDecimal decimal(String field) {
        return new BigDecimal(builder.path(field).asText());
    }

    List<CrashDay> replays() {
        return builder.path("hist").properties().stream()
                .map(day -> new CrashDay(
                        day.getKey(),
                        Map.of(
                                "BTC",
                                day.getValue().path(0).asInt(),
                                "ETH",
                                day.getValue().path(1).asInt())))
                .toList();
    }

    List<Submission> submissions() {
        return builder.path("adv").properties().stream()
                .map(adv -> new Submission(
                        adv.getKey(),
                        moves(adv.getValue()),
                        new BigDecimal(adv.getValue().path("vs").asText())))
                .toList();
    }

    private static Map<String, Integer> moves(JsonNode submission) {
        Map<String, Integer> moves = new HashMap<>();
        submission.properties().stream()
                .filter(field -> !field.getKey().equals("vs"))
                .forEach(field -> moves.put(field.getKey(), field.getValue().asInt()));
        return moves;
    }

    private static List<IntColumn> points(JsonNode points) {
        return stream(points).map(ReferenceBuilder::column).toList();
    }

    private static ScenarioRow row(JsonNode row) {
        return new ScenarioRow(
                move(row),
                new BigDecimal(row.path("vs").asText("0")),
                new BigDecimal(row.path("sl").asText("0")),
                row.path("tw").asInt(),
                stream(row.path("peg")).map(JsonNode::asText).toList(),
                row.has("cross"));
    }

    private static ScenarioRow.Move move(JsonNode row) {
        if (row.has("abs")) {
            return new ScenarioRow.Absolute(row.path("abs").asInt());
        }
        if (row.has("hist")) {
            return new ScenarioRow.Replay(row.path("hist").asText());
        }
        if (row.has("adv")) {
            return new ScenarioRow.Submission(row.path("adv").asText());
        }
        return new ScenarioRow.PricePoint(row.path("x").asInt(), row.path("e").asInt());
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
