package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.netting.coverage.ShortfallTest;
import java.util.Map;
import java.util.Optional;

/** Statistics of a series of profits against value at risk and expected shortfall at 99 %. */
final class BacktestCases implements Computation {
    private static final String KIND = "backtest";
    private static final double RATE = 0.01;

    @Override
    public boolean knows(String kind) {
        return kind.equals(KIND);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields fields = CaseFields.of(asked.file().getFileName() + ", case " + asked.name(), asked.inputs());
        double[] profits = numbers(fields, "pl");
        double[] valueAtRisk = numbers(fields, "var99");
        double[] shortfall = numbers(fields, "es99");
        try {
            Exceedances exceedances = Exceedances.of(Exceedances.hits(profits, valueAtRisk));
            ShortfallTest shortfallTest = ShortfallTest.of(profits, valueAtRisk, shortfall, RATE);
            return Optional.of(json(CoverageTest.of(exceedances, RATE), shortfallTest));
        } catch (IllegalArgumentException e) {
            throw new BadInput(asked.where("pl, var99, es99"), "", String.valueOf(e.getMessage()));
        }
    }

    private static double[] numbers(CaseFields fields, String name) {
        return fields.elements(name).stream().mapToDouble(BacktestCases::number).toArray();
    }

    private static double number(Map.Entry<String, JsonNode> element) {
        if (!element.getValue().isNumber()) {
            throw CaseFields.refusal(element.getKey(), element.getValue(), "must be a number");
        }
        return element.getValue().doubleValue();
    }

    private static ObjectNode json(CoverageTest coverage, ShortfallTest shortfall) {
        Exceedances exceedances = coverage.exceedances();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("n", exceedances.days());
        node.put("exceedances", exceedances.count());
        node.put("kupiecLR", coverage.kupiec().statistic());
        node.put("kupiecP", coverage.kupiec().probability());
        node.put("n00", exceedances.quietQuiet());
        node.put("n01", exceedances.quietHit());
        node.put("n10", exceedances.hitQuiet());
        node.put("n11", exceedances.hitHit());
        node.put("christoffersenLR", coverage.independence().statistic());
        node.put("christoffersenP", coverage.independence().probability());
        node.put("conditionalCoverageLR", coverage.conditional().statistic());
        shortfall
                .conditional()
                .ifPresentOrElse(z -> node.put("acerbiSzekelyZ1", z), () -> node.putNull("acerbiSzekelyZ1"));
        node.put("acerbiSzekelyZ2", shortfall.unconditional());
        return node;
    }
}
