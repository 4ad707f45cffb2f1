package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.comparison.Straddle;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.IntColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** The straddle of the source text under three methods. */
final class StraddleCases implements Computation {
    @Override
    public boolean knows(String kind) {
        return kind.equals("straddle");
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields fields = CaseFields.of(asked.file().getFileName() + ", case " + asked.name(), asked.inputs());
        List<List<JsonNode>> rows =
                fields.elements("rows").stream().map(CaseFields::pair).toList();
        Straddle straddle = Straddle.of(terms(fields, rows));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("isolated", straddle.isolated());
        node.put("isolatedPpm", straddle.share(straddle.isolated()));
        node.put("cross", straddle.cross());
        node.put("crossPpm", straddle.share(straddle.cross()));
        node.put("dprmStress", straddle.stress());
        ArrayNode worst = node.putArray("dprmWorst");
        rows.get(straddle.worstRow()).forEach(worst::add);
        node.put("dprmIM", straddle.initialMargin());
        node.put("dprmPpm", straddle.share(straddle.initialMargin()));
        node.put("shortStraddleStress", straddle.shortStress());
        node.put("shortStraddlePpm", straddle.share(straddle.shortInitialMargin()));
        return Optional.of(node);
    }

    static Straddle.Terms terms(CaseFields fields, List<List<JsonNode>> rows) {
        return new Straddle.Terms(
                fields.decimal("spot"),
                fields.decimal("strike"),
                fields.decimal("iv"),
                fields.decimal("days"),
                fields.decimal("lot"),
                fields.int64("lots"),
                fields.int64("halfSpreadPerLot"),
                ppm(fields.decimal("X")),
                column(rows, 0, 6),
                column(rows, 1, 0),
                new SurfaceRule(
                        fields.decimal("volUp"),
                        fields.decimal("volDown"),
                        SurfaceRule.PUBLISHED.shortPower(),
                        SurfaceRule.PUBLISHED.longPower(),
                        fields.int32("horizonDays"),
                        SurfaceRule.PUBLISHED.exchangeCorrelation()));
    }

    private static IntColumn column(List<List<JsonNode>> rows, int index, int scale) {
        return IntColumn.of(rows.stream()
                .mapToInt(row ->
                        row.get(index).decimalValue().movePointRight(scale).intValueExact())
                .toArray());
    }

    private static int ppm(BigDecimal fraction) {
        return fraction.movePointRight(6).setScale(0, RoundingMode.UNNECESSARY).intValueExact();
    }
}
