package io.bulwark.api.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.BlackScholesMerton;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** European options under Black, Scholes and Merton: tables of prices and of Greeks. */
final class OptionCases implements Computation {
    private static final String PRICE = "option price";
    private static final String GREEK = "option Greek";
    private static final Set<String> PRICE_COLUMNS = Set.of("type", "strike", "spot", "q", "r", "T", "vol");
    private static final Set<String> GREEK_COLUMNS = Set.of("greek", "type", "strike", "spot", "q", "r", "T", "vol");

    /** The kind of a CSV with this result and these inputs: an American option has the same inputs, so the result's name counts too. */
    static String kind(String result, Set<String> columns) {
        if (result.equals("price") && columns.equals(PRICE_COLUMNS)) {
            return PRICE;
        }
        return result.equals("value") && columns.equals(GREEK_COLUMNS) ? GREEK : "csv " + result;
    }

    @Override
    public boolean knows(String kind) {
        return kind.equals(PRICE) || kind.equals(GREEK);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        OptionalDouble value = value(asked);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String column = asked.kind().equals(PRICE) ? "price" : "value";
        return Optional.of(JsonNodeFactory.instance.objectNode().put(column, value.getAsDouble()));
    }

    private static OptionalDouble value(ReferenceCase asked) {
        try {
            BlackScholesMerton option = option(asked);
            return asked.kind().equals(PRICE) ? OptionalDouble.of(option.price()) : greek(option, cell(asked, "greek"));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadInput(asked.where("row"), "", String.valueOf(e.getMessage()));
        }
    }

    private static OptionalDouble greek(BlackScholesMerton option, String name) {
        return switch (name) {
            case "delta" -> OptionalDouble.of(option.delta());
            case "gamma" -> OptionalDouble.of(option.gamma());
            case "vega" -> OptionalDouble.of(option.vega());
            case "theta" -> OptionalDouble.of(option.theta());
            case "thetaPerDay" -> OptionalDouble.of(option.thetaPerDay());
            case "rho" -> OptionalDouble.of(option.rho());
            case "dividendRho" -> OptionalDouble.of(option.dividendRho());
            case "carry", "carryRho", "rhoCarry" -> OptionalDouble.of(option.carryRho());
            case "elasticity", "lambda" -> OptionalDouble.of(option.elasticity());
            case "vanna" -> OptionalDouble.of(option.vanna());
            case "volga", "vomma" -> OptionalDouble.of(option.volga());
            case "charm" -> OptionalDouble.of(option.charm());
            case "veta" -> OptionalDouble.of(option.veta());
            case "vera" -> OptionalDouble.of(option.vera());
            case "dualDelta", "strikeSensitivity" -> OptionalDouble.of(option.dualDelta());
            case "dualGamma" -> OptionalDouble.of(option.dualGamma());
            default -> OptionalDouble.empty();
        };
    }

    private static BlackScholesMerton option(ReferenceCase asked) {
        return new BlackScholesMerton(
                right(asked),
                number(asked, "spot"),
                number(asked, "strike"),
                number(asked, "q"),
                number(asked, "r"),
                number(asked, "T"),
                number(asked, "vol"));
    }

    private static OptionRight right(ReferenceCase asked) {
        return switch (cell(asked, "type")) {
            case "C" -> OptionRight.CALL;
            case "P" -> OptionRight.PUT;
            default -> throw new BadInput(asked.where("type"), cell(asked, "type"), "must be C or P");
        };
    }

    private static double number(ReferenceCase asked, String column) {
        return CsvCases.number(asked.where(column), cell(asked, column)).doubleValue();
    }

    private static String cell(ReferenceCase asked, String column) {
        return asked.inputs().path(column).asText();
    }
}
