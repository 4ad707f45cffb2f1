package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HaugReferenceTest {
    private static final double GREEK_TOLERANCE = 1e-4;

    @Test
    void shouldPriceHaugsTablesWithinTheirTolerance() {
        List<String[]> rows = rows("vectors/haug_bsm_prices.csv");
        assertAll(rows.stream().map(row -> (Executable)
                () -> assertEquals(number(row[7]), option(row, 0).price(), number(row[8]), String.join(",", row))));
    }

    @Test
    void shouldGiveHaugsGreeksWithinTheirTolerance() {
        List<String[]> rows = rows("vectors/haug_bsm_greeks.csv");
        assertAll(rows.stream().map(row -> (Executable) () ->
                assertEquals(number(row[8]), greek(row[0], option(row, 1)), GREEK_TOLERANCE, String.join(",", row))));
    }

    private static double greek(String name, BlackScholesMerton option) {
        return switch (name) {
            case "delta" -> option.delta();
            case "gamma" -> option.gamma();
            case "vega" -> option.vega();
            case "theta" -> option.theta();
            case "thetaPerDay" -> option.thetaPerDay();
            case "rho" -> option.rho();
            case "dividendRho" -> option.dividendRho();
            case "elasticity" -> option.elasticity();
            default -> throw new IllegalArgumentException("unknown Greek " + name);
        };
    }

    private static BlackScholesMerton option(String[] row, int from) {
        return new BlackScholesMerton(
                row[from].equals("C") ? OptionRight.CALL : OptionRight.PUT,
                number(row[from + 2]),
                number(row[from + 1]),
                number(row[from + 3]),
                number(row[from + 4]),
                number(row[from + 5]),
                number(row[from + 6]));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static List<String[]> rows(String file) {
        Stream<String> lines = SharedReference.read(file).lines();
        return lines.filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }
}
