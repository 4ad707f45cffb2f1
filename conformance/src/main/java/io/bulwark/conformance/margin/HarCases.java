package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.JsonDocument;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.conformance.ReferenceSeries;
import io.bulwark.netting.forecast.HarFit;
import java.nio.file.Path;
import java.util.Optional;

/** Log-HAR regressions on a column of a series that lies beside the cases. */
final class HarCases implements Computation {
    private static final String KIND = "har";

    @Override
    public boolean knows(String kind) {
        return kind.equals(KIND);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields fields = CaseFields.of(asked.where("inputs"), asked.inputs());
        Path series = asked.file().resolveSibling(data(asked, fields));
        double[] variance = ReferenceSeries.column(series, Optional.of(fields.text("column")));
        return BadInput.refusing(
                asked.where("column"), fields.text("column"), () -> Optional.of(json(HarFit.of(variance))));
    }

    /** The case's or the file's {@code data}: the name of a file, and perhaps words behind it. */
    private static String data(ReferenceCase asked, CaseFields fields) {
        String said = fields.has("data")
                ? fields.text("data")
                : JsonDocument.read(asked.file()).path("data").asText("");
        String name = said.strip().split("\\s+", 2)[0];
        if (name.isEmpty() || !name.equals(String.valueOf(Path.of(name).getFileName()))) {
            throw new BadInput(asked.where("data"), said, "must be the name of a file beside the cases");
        }
        return name;
    }

    private static ObjectNode json(HarFit fit) {
        ObjectNode computed = JsonNodeFactory.instance.objectNode().put("n", fit.observations());
        computed.putObject("coef")
                .put("const", fit.constant())
                .put("day", fit.day())
                .put("week7", fit.week())
                .put("month30", fit.month())
                .put("half180(min60)", fit.halfYear());
        return computed.put("residVar", fit.residualVariance())
                .put("r2", fit.r2())
                .put("qlikeInSample", fit.qlike());
    }
}
