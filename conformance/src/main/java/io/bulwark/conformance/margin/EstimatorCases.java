package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.JsonDocument;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.conformance.ReferenceSeries;
import io.bulwark.netting.correlation.Correlation;
import io.bulwark.netting.correlation.Plausibility;
import io.bulwark.netting.volatility.Garch11;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GARCH(1,1) on a series beside the case or in it, nearest correlation matrices, and the plausibility of joint moves. */
final class EstimatorCases implements Computation {
    private static final String FIT = "garch11.fit";
    private static final String PATH = "garch11.path";
    private static final String NEAREST = "nearestCorrelation";
    private static final String PLAUSIBILITY = "plausibility";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TEN_YEARS = "10";

    @Override
    public boolean knows(String kind) {
        return List.of(FIT, PATH, NEAREST, PLAUSIBILITY).contains(kind);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields fields = CaseFields.of(asked.where("inputs"), asked.inputs());
        CaseFields file = CaseFields.of(String.valueOf(asked.file().getFileName()), JsonDocument.read(asked.file()));
        try {
            return Optional.of(
                    switch (asked.kind()) {
                        case FIT -> fit(returns(asked, fields, file));
                        case PATH -> path(fields);
                        case NEAREST -> nearest(fields);
                        default -> plausibility(fields, file);
                    });
        } catch (IllegalArgumentException e) {
            throw new BadInput(asked.where(asked.kind()), "", String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode fit(double[] returns) {
        Garch11 fit = Garch11.fit(returns);
        return JSON.objectNode()
                .put("mu", fit.mu())
                .put("omega", fit.omega())
                .put("alpha", fit.alpha())
                .put("beta", fit.beta());
    }

    private static double[] returns(ReferenceCase asked, CaseFields fields, CaseFields file) {
        if (fields.has("returns")) {
            return numbers(fields, "returns");
        }
        String data = fields.has("data") ? fields.text("data") : file.text("data");
        String name = data.split(" ", 2)[0];
        if (!name.equals(String.valueOf(Path.of(name).getFileName()))) {
            throw new BadInput(asked.where("data"), name, "must be the name of a file beside the cases");
        }
        Optional<String> column = fields.has("column") ? Optional.of(fields.text("column")) : Optional.empty();
        return ReferenceSeries.column(asked.file().resolveSibling(name), column);
    }

    private static JsonNode path(CaseFields fields) {
        double alpha = number(fields, "alpha");
        double beta = number(fields, "beta");
        Garch11 law = fields.has("longRunVariance")
                ? Garch11.ofLongRunVariance(number(fields, "longRunVariance"), alpha, beta)
                : new Garch11(0, number(fields, "omega"), alpha, beta);
        ArrayNode deviations = JSON.arrayNode();
        Arrays.stream(law.variances(numbers(fields, "returns"))).map(Math::sqrt).forEach(deviations::add);
        return deviations;
    }

    private static JsonNode nearest(CaseFields fields) {
        double[][] input =
                fields.elements("input").stream().map(EstimatorCases::numbers).toArray(double[][]::new);
        double[][] nearest = Correlation.nearest(input).matrix();
        double squares = 0;
        ArrayNode matrix = JSON.arrayNode();
        for (int i = 0; i < nearest.length; i++) {
            ArrayNode row = matrix.addArray();
            for (int j = 0; j < nearest.length; j++) {
                row.add(nearest[i][j]);
                squares += (nearest[i][j] - input[i][j]) * (nearest[i][j] - input[i][j]);
            }
        }
        ObjectNode computed = JSON.objectNode();
        computed.set("matrix", matrix);
        return computed.put("frobenius", Math.sqrt(squares));
    }

    private static JsonNode plausibility(CaseFields fields, CaseFields file) {
        double[] deviations = numbers(in("sigma", fields, file), "sigma");
        double[] grid = numbers(in("rhoGrid", fields, file), "rhoGrid");
        Plausibility law = new Plausibility(
                deviations,
                Arrays.stream(grid).min().orElseThrow(),
                Arrays.stream(grid).max().orElseThrow());
        double[] moves = numbers(fields, "move");
        double least = Arrays.stream(grid)
                .map(correlation -> law.distance(moves, correlation))
                .min()
                .orElseThrow();
        return JSON.objectNode()
                .put("d2min", least)
                .put("accept10y", least <= threshold(fields, file, deviations.length));
    }

    /** The published threshold of ten years, or, where a file publishes none, the law's own. */
    private static double threshold(CaseFields fields, CaseFields file, int assets) {
        CaseFields named = in("thresholds", fields, file);
        return named.has("thresholds")
                ? number(named.object("thresholds"), TEN_YEARS)
                : Plausibility.greatest(assets, number(in("nu", fields, file), "nu"), 10);
    }

    /** A field of the case, or, where it has none, of its file. */
    private static CaseFields in(String name, CaseFields fields, CaseFields file) {
        return fields.has(name) ? fields : file;
    }

    private static double number(CaseFields fields, String name) {
        return fields.decimal(name).doubleValue();
    }

    private static double[] numbers(CaseFields fields, String name) {
        return numbers(Map.entry(fields.at(name), fields.required(name)));
    }

    private static double[] numbers(Map.Entry<String, JsonNode> array) {
        return CaseFields.elements(array.getKey(), array.getValue()).stream()
                .mapToDouble(EstimatorCases::number)
                .toArray();
    }

    private static double number(Map.Entry<String, JsonNode> element) {
        if (!element.getValue().isNumber()) {
            throw CaseFields.refusal(element.getKey(), element.getValue(), "must be a number");
        }
        return element.getValue().doubleValue();
    }
}
