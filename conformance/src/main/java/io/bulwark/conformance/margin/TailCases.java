package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.CsvCases;
import io.bulwark.conformance.JsonDocument;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.tail.Hill;
import io.bulwark.netting.tail.ParetoLikelihood;
import io.bulwark.netting.tail.PeaksOverThreshold;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Generalised Pareto tails over a threshold and Hill's estimator, on the losses of a file that lies beside the cases. */
final class TailCases implements Computation {
    private static final String PARETO = "gpd";
    private static final String HILL = "hill";

    /** The levels that every case prints; a case may name more. */
    private static final List<BigDecimal> LEVELS =
            List.of(new BigDecimal("0.99"), new BigDecimal("0.995"), new BigDecimal("0.999"), new BigDecimal("0.9999"));

    private final Map<Path, double[]> samples = new HashMap<>();

    @Override
    public boolean knows(String kind) {
        return kind.equals(PARETO) || kind.equals(HILL);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields fields = CaseFields.of(asked.where("inputs"), asked.inputs());
        double[] sample = sample(asked, fields);
        return BadInput.refusing(
                asked.where(asked.kind()),
                "",
                () -> Optional.of(
                        asked.kind().equals(HILL)
                                ? DoubleNode.valueOf(Hill.shape(sample, fields.int32("k")))
                                : pareto(sample, fields)));
    }

    private static ObjectNode pareto(double[] sample, CaseFields fields) {
        double threshold = fields.decimal("threshold").doubleValue();
        double[] excesses = PeaksOverThreshold.excesses(sample, threshold);
        ParetoLikelihood fit = ParetoLikelihood.fit(excesses);
        PeaksOverThreshold tail = new PeaksOverThreshold(threshold, sample.length, excesses.length, fit.law());
        ObjectNode computed = JsonNodeFactory.instance
                .objectNode()
                .put("exceedances", excesses.length)
                .put("xi", fit.law().shape())
                .put("beta", fit.law().scale())
                .put("seXi", fit.shapeError())
                .put("seBeta", fit.scaleError())
                .put("logLik", fit.logLikelihood());
        for (BigDecimal level : levels(fields)) {
            double shortfall = tail.expectedShortfall(level.doubleValue());
            computed.put("VaR" + level.toPlainString(), tail.valueAtRisk(level.doubleValue()));
            computed.put("ES" + level.toPlainString(), Double.isFinite(shortfall) ? (Double) shortfall : null);
        }
        return computed;
    }

    private static Set<BigDecimal> levels(CaseFields fields) {
        Set<BigDecimal> levels = new LinkedHashSet<>(LEVELS);
        if (fields.has("levels")) {
            fields.elements("levels").forEach(e -> levels.add(number(e)));
        }
        return levels;
    }

    private static BigDecimal number(Map.Entry<String, JsonNode> element) {
        if (!element.getValue().isNumber()) {
            throw CaseFields.refusal(element.getKey(), element.getValue(), "must be a number");
        }
        return element.getValue().decimalValue();
    }

    /** {@code data} of the case, else of its file: numbers, or the name of a file beside it, first word first. */
    private double[] sample(ReferenceCase asked, CaseFields fields) {
        JsonNode data = fields.optional("data")
                .orElseGet(() -> JsonDocument.read(asked.file()).path("data"));
        if (data.isArray()) {
            return CaseFields.elements(asked.where("data"), data).stream()
                    .mapToDouble(e -> number(e).doubleValue())
                    .toArray();
        }
        String name = data.asText("").split(" ", 2)[0];
        if (name.isEmpty() || !name.equals(String.valueOf(Path.of(name).getFileName()))) {
            throw new BadInput(asked.where("data"), data.asText(""), "must name a file beside the cases");
        }
        return samples.computeIfAbsent(asked.file().resolveSibling(name).normalize(), TailCases::column);
    }

    /** The last column of a file of data: comments and the header line are passed over. */
    private static double[] column(Path file) {
        List<Double> values = new ArrayList<>();
        JsonDocument.text(file)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .skip(1)
                .forEach(line -> values.add(CsvCases.number(file.toString(), line.substring(line.lastIndexOf(',') + 1))
                        .doubleValue()));
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
