package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.CsvRow;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.pricing.AmericanOption;
import io.bulwark.netting.pricing.BinomialTree;
import io.bulwark.netting.pricing.BlackScholesMerton;
import java.util.Optional;

/**
 * American options, each table by the method that it names: Cox, Ross and Rubinstein's trees of 1 000 and 1 001 steps, and the QD+
 * approximation on eight points, which the table of edge cases holds to the last digit (the exact prices of three of its rows
 * lie 0.006 to 0.027 beside it: docs/methodology/pricing.md).
 */
final class AmericanCases implements Computation {
    private static final String EDGE = "value";
    private static final String EDGE_KIND =
            CsvRow.kind(EDGE, "type", "spot", "strike", "days(Act365)", "vol", "r", "q");
    private static final String TREES = "crr_avg_1000_1001";
    private static final String TREES_KIND = CsvRow.kind(TREES, "type", "strike", "spot", "q", "r", "T", "vol");
    private static final int STEPS = 1_000;
    private static final double DAYS_PER_YEAR = 365;

    @Override
    public boolean knows(String kind) {
        return kind.equals(EDGE_KIND) || kind.equals(TREES_KIND);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CsvRow row = new CsvRow(asked);
        return asked.kind().equals(TREES_KIND)
                ? row.result(TREES, () -> BinomialTree.averaged(lognormal(row), STEPS))
                : row.result(EDGE, () -> edge(row));
    }

    /** In that table an option of no days has expired and is worth nothing. */
    private static double edge(CsvRow row) {
        double days = row.number("days(Act365)");
        AmericanOption option = new AmericanOption(
                row.right(),
                row.number("spot"),
                row.number("strike"),
                row.number("q"),
                row.number("r"),
                days / DAYS_PER_YEAR,
                row.number("vol"));
        return days == 0 ? 0 : option.approximation();
    }

    private static BlackScholesMerton lognormal(CsvRow row) {
        return new BlackScholesMerton(
                row.right(),
                row.number("spot"),
                row.number("strike"),
                row.number("q"),
                row.number("r"),
                row.number("T"),
                row.number("vol"));
    }
}
