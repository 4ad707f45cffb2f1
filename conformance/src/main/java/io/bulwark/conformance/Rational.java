package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hipparchus.fraction.BigFraction;

/** Exact rationals as reference files write them: a number, or a text {@code a/b} in lowest terms with the denominator left out where it is 1. */
public final class Rational {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,400}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,3})?");

    private Rational() {}

    /** The field of an object. */
    public static BigFraction of(CaseFields fields, String name) {
        return of(fields.at(name), fields.required(name));
    }

    /**
     * A number, a decimal as text or {@code a/b}; exact as written.
     *
     * @throws io.bulwark.clearing.document.BadInput if it is none of these, or b is 0
     */
    public static BigFraction of(String where, JsonNode node) {
        String text = node.isNumber() || node.isTextual() ? node.asText() : "";
        if (DECIMAL.matcher(text).matches()) {
            return of(new BigDecimal(text));
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2
                || !INTEGER.matcher(parts[0]).matches()
                || !INTEGER.matcher(parts[1]).matches()
                || new BigInteger(parts[1]).signum() == 0) {
            throw CaseFields.refusal(where, node, "must be a number or an exact rational a/b");
        }
        return new BigFraction(new BigInteger(parts[0]), new BigInteger(parts[1]));
    }

    private static BigFraction of(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        BigInteger power = BigInteger.TEN.pow(Math.abs(value.scale()));
        return value.scale() >= 0 ? new BigFraction(unscaled, power) : new BigFraction(unscaled.multiply(power));
    }

    /** The integer as such where it is one, else the nearest double. */
    public static JsonNode number(BigFraction value) {
        return value.getDenominator().equals(BigInteger.ONE)
                ? JsonNodeFactory.instance.numberNode(value.getNumerator())
                : DoubleNode.valueOf(value.doubleValue());
    }

    /** The fields of an object, each a rational, in the object's order. */
    public static Map<String, BigFraction> map(CaseFields fields, String name) {
        Map<String, BigFraction> values = new LinkedHashMap<>();
        CaseFields object = fields.object(name);
        object.node().fieldNames().forEachRemaining(key -> values.put(key, of(object, key)));
        return values;
    }

    /** The elements of an array. */
    public static List<BigFraction> list(String where, JsonNode array) {
        return CaseFields.elements(where, array).stream()
                .map(e -> of(e.getKey(), e.getValue()))
                .toList();
    }

    /** The elements of an array field. */
    public static List<BigFraction> list(CaseFields fields, String name) {
        return list(fields.at(name), fields.required(name));
    }

    /** The rows of a matrix. */
    public static List<List<BigFraction>> rows(CaseFields fields, String name) {
        return fields.elements(name).stream()
                .map(row -> list(row.getKey(), row.getValue()))
                .toList();
    }

    /** Entries as the nearest doubles. */
    public static ArrayNode doubles(List<BigFraction> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(value.doubleValue()));
        return array;
    }

    /** Exact rationals as an array of texts. */
    public static ArrayNode texts(List<BigFraction> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(text(value)));
        return array;
    }

    /** Exact rationals as an object of texts. */
    public static ObjectNode texts(Map<String, BigFraction> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> object.set(name, text(value)));
        return object;
    }

    /** As the files expect it. */
    public static TextNode text(BigFraction value) {
        BigInteger denominator = value.getDenominator();
        return TextNode.valueOf(
                denominator.equals(BigInteger.ONE)
                        ? value.getNumerator().toString()
                        : value.getNumerator() + "/" + denominator);
    }
}
