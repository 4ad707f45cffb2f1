package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.conformance.CaseFields;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import java.util.Map;

/**
 * One row of the options of a Derive case: {@code [seconds, strike, C or P, amount, volatility, confidence]}, the last where the file has it.
 *
 * @param seconds to expiry
 * @param option what is held
 * @param confidence of its volatility; 1 where the file has none
 */
record DeriveOptions(long seconds, HeldOption option, double confidence) {
    /** A row whose fields begin at a column. */
    static DeriveOptions of(Map.Entry<String, JsonNode> row, int first) {
        JsonNode node = row.getValue();
        if (!node.isArray() || node.size() < first + 5 || node.size() > first + 6) {
            throw CaseFields.refusal(
                    row.getKey(), node, "must be [seconds, strike, C or P, amount, volatility, confidence]");
        }
        OptionRight right = switch (CaseFields.text(row.getKey(), node.get(first + 2))) {
            case "C" -> OptionRight.CALL;
            case "P" -> OptionRight.PUT;
            default -> throw CaseFields.refusal(row.getKey(), node.get(first + 2), "must be C or P");
        };
        return new DeriveOptions(
                CaseFields.int64(row.getKey(), node.get(first)),
                new HeldOption(right, number(row, first + 1), number(row, first + 3), number(row, first + 4)),
                node.size() > first + 5 ? number(row, first + 5) : 1);
    }

    /** A number of a row. */
    static double number(Map.Entry<String, JsonNode> row, int column) {
        JsonNode value = row.getValue().path(column);
        if (!value.isNumber()) {
            throw CaseFields.refusal(row.getKey() + "[" + column + "]", value, "must be a number");
        }
        return value.doubleValue();
    }
}
