package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.CsvRow;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.pricing.RainbowOption;
import io.bulwark.netting.pricing.SpreadOption;
import java.util.Optional;

/** European options on two assets: the smaller, the larger (Stulz), the spread (Kirk; its prices are futures prices and have no yield). */
final class TwoAssetCases implements Computation {
    private static final String RESULT = "price";
    private static final String BASKET =
            CsvRow.kind(RESULT, "basket", "type", "strike", "s1", "s2", "q1", "q2", "r", "T", "v1", "v2", "rho");

    @Override
    public boolean knows(String kind) {
        return kind.equals(BASKET);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CsvRow row = new CsvRow(asked);
        return switch (row.cell("basket")) {
            case "Min" ->
                row.result(
                        RESULT, () -> rainbow(row, RainbowOption.Choice.MINIMUM).price());
            case "Max" ->
                row.result(
                        RESULT, () -> rainbow(row, RainbowOption.Choice.MAXIMUM).price());
            case "Spread" -> row.result(RESULT, () -> spread(row).price());
            default -> Optional.empty();
        };
    }

    private static RainbowOption rainbow(CsvRow row, RainbowOption.Choice choice) {
        return new RainbowOption(
                choice,
                row.right(),
                row.number("strike"),
                leg(row, "1"),
                leg(row, "2"),
                row.number("r"),
                row.number("T"),
                row.number("rho"));
    }

    private static RainbowOption.Leg leg(CsvRow row, String leg) {
        return new RainbowOption.Leg(row.number("s" + leg), row.number("q" + leg), row.number("v" + leg));
    }

    private static SpreadOption spread(CsvRow row) {
        return new SpreadOption(
                row.right(),
                row.number("strike"),
                row.number("s1"),
                row.number("s2"),
                row.number("v1"),
                row.number("v2"),
                row.number("r"),
                row.number("T"),
                row.number("rho"));
    }
}
