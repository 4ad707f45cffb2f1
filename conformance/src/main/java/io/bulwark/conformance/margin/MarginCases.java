package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.ExpectedShortfall.TailRow;
import io.bulwark.netting.margin.LowerWitness;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Accounts over a risk table: the whole statement, the fault of a refused account, and offered lower witnesses. */
final class MarginCases implements Computation {
    private static final String MARGIN = "margin";
    private static final String ERROR = "margin-error";
    private static final String WITNESS = "margin-witness";

    /** No table lists it: an id that a file names and the table does not. */
    static final int UNLISTED = -1;

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Map<Path, RiskTable> tables = new HashMap<>();

    @Override
    public boolean knows(String kind) {
        return kind.equals(MARGIN) || kind.equals(ERROR) || kind.equals(WITNESS);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        RiskTable table = table(asked);
        CaseFields fields = CaseFields.of(asked.file().getFileName() + ", case " + asked.name(), asked.inputs());
        MarginAccount account = account(table, fields);
        MarginResult result = PortfolioMargin.evaluate(table, account);
        return Optional.of(
                switch (asked.kind()) {
                    case WITNESS -> verdict(table, account, result, fields.object("witness"));
                    case ERROR -> error(result);
                    default ->
                        switch (result) {
                            case MarginStatement statement -> StatementJson.of(table, statement);
                            case MarginRefusal refusal -> error(refusal);
                        };
                });
    }

    /** The table that a case names beside its own file. */
    RiskTable table(ReferenceCase asked) {
        String name = asked.table().orElseThrow(() -> new BadInput(asked.where("table"), "", "must name a risk table"));
        if (!name.equals(String.valueOf(Path.of(name).getFileName()))) {
            throw new BadInput(asked.where("table"), name, "must be the name of a file beside the cases");
        }
        return tables.computeIfAbsent(asked.file().resolveSibling(name).normalize(), RiskTableFile::read);
    }

    static MarginAccount account(RiskTable table, CaseFields fields) {
        Function<String, Integer> instrument =
                id -> table.instrument(id).map(InstrumentRisk::number).orElse(UNLISTED);
        Function<String, Integer> asset =
                id -> table.asset(id).map(AssetRisk::number).orElse(UNLISTED);
        return new MarginAccount(
                saturated(fields.integer("cash")),
                entries(fields, "positions", instrument),
                entries(fields, "paid", instrument),
                entries(fields, "collateral", asset),
                entries(fields, "debt", asset));
    }

    private static List<Entry> entries(CaseFields fields, String list, Function<String, Integer> number) {
        return fields.elements(list).stream()
                .map(e -> {
                    String id = CaseFields.text(
                            e.getKey() + "[0]", CaseFields.pair(e).getFirst());
                    BigInteger lots = CaseFields.integer(
                            e.getKey() + "[1]", CaseFields.pair(e).getLast());
                    return new Entry(number.apply(id), saturated(lots));
                })
                .toList();
    }

    /** Beyond 64 bits is refused by the account check like the largest int64, so that it may stand for it. */
    static long saturated(BigInteger value) {
        return value.max(LEAST).min(MOST).longValueExact();
    }

    static JsonNode error(MarginResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (result) {
            case MarginRefusal refusal -> node.put("error", refusal.code().name());
            case MarginStatement statement -> node.putNull("error");
        }
        return node;
    }

    private static JsonNode verdict(RiskTable table, MarginAccount account, MarginResult result, CaseFields offered) {
        OptionalLong bound = switch (result) {
            case MarginStatement statement -> witness(table, offered).provenBound(table, account);
            case MarginRefusal refusal -> OptionalLong.empty();
        };
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("accepted", bound.isPresent());
        bound.ifPresentOrElse(lower -> node.put("lower", lower), () -> node.putNull("lower"));
        return node;
    }

    private static LowerWitness witness(RiskTable table, CaseFields offered) {
        Map<String, Integer> points = new LinkedHashMap<>();
        CaseFields f = offered.object("f");
        f.node().properties().forEach(e -> points.put(e.getKey(), f.int32(e.getKey())));
        Map<String, Map<Integer, Integer>> cells = new LinkedHashMap<>();
        CaseFields families = offered.object("cells");
        families.node().properties().forEach(e -> cells.put(e.getKey(), cells(table, families.object(e.getKey()))));
        List<TailRow> tail = offered.elements("tail").stream()
                .map(e -> new TailRow(
                        CaseFields.int32(e.getKey(), CaseFields.pair(e).getFirst()),
                        CaseFields.int64(e.getKey(), CaseFields.pair(e).getLast())))
                .toList();
        Optional<String> combo = offered.has("combo") ? Optional.of(offered.text("combo")) : Optional.empty();
        return new LowerWitness(core(offered), combo, points, cells, tail);
    }

    private static LowerWitness.Core core(CaseFields offered) {
        return switch (offered.text("core")) {
            case "stress" -> LowerWitness.Core.STRESS;
            case "es" -> LowerWitness.Core.SHORTFALL;
            case "none" -> LowerWitness.Core.NONE;
            default ->
                throw CaseFields.refusal(offered.at("core"), offered.required("core"), "must be stress, es or none");
        };
    }

    private static Map<Integer, Integer> cells(RiskTable table, CaseFields rows) {
        Map<Integer, Integer> byGroup = new LinkedHashMap<>();
        rows.node().properties().forEach(e -> byGroup.put(group(table, e.getKey()), rows.int32(e.getKey())));
        return byGroup;
    }

    private static int group(RiskTable table, String id) {
        return table.groups().stream()
                .filter(group -> group.id().equals(id))
                .mapToInt(Group::number)
                .findFirst()
                .orElse(UNLISTED);
    }
}
