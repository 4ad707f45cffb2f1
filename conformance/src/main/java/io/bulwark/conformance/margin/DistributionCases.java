package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.CsvRow;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.pricing.BivariateNormal;
import io.bulwark.netting.pricing.BivariateStudentT;
import java.util.Optional;

/** Probabilities of the bivariate normal and the bivariate Student t distribution. */
final class DistributionCases implements Computation {
    private static final String RESULT = "cdf";
    private static final String NORMAL = CsvRow.kind(RESULT, "a", "b", "rho");
    private static final String STUDENT = CsvRow.kind(RESULT, "nu", "rho", "x", "y");

    @Override
    public boolean knows(String kind) {
        return kind.equals(NORMAL) || kind.equals(STUDENT);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CsvRow row = new CsvRow(asked);
        if (asked.kind().equals(NORMAL)) {
            return row.result(
                    RESULT, () -> BivariateNormal.cumulative(row.number("a"), row.number("b"), row.number("rho")));
        }
        return row.result(RESULT, () -> student(row).cumulative(row.number("x"), row.number("y")));
    }

    private static BivariateStudentT student(CsvRow row) {
        double degrees = row.number("nu");
        if (degrees != Math.rint(degrees)) {
            throw row.refused("nu", "must be a whole number");
        }
        return new BivariateStudentT((int) degrees, row.number("rho"));
    }
}
