package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.BadInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The fields of one JSON object of a reference file, read by name; a refusal names the field's path. Fields that nobody asks for are material, not faults.
 *
 * @param where path of the object, for refusals
 * @param node the object
 */
public record CaseFields(String where, JsonNode node) {
    private static final int SHOWN_MAX = 80;

    /** The fields of an object; {@code where} names it in refusals. */
    public static CaseFields of(String where, JsonNode node) {
        if (!node.isObject()) {
            throw refusal(where, node, "must be an object");
        }
        return new CaseFields(where, node);
    }

    /** Whether there is such a field, and it is not null. */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** An object. */
    public CaseFields object(String name) {
        return of(at(name), required(name));
    }

    /** A text. */
    public String text(String name) {
        return text(at(name), required(name));
    }

    /** A text that stands at a path. */
    public static String text(String where, JsonNode node) {
        if (!node.isTextual()) {
            throw refusal(where, node, "must be a text");
        }
        return node.textValue();
    }

    /** An exact integer of any size. */
    public BigInteger integer(String name) {
        return integer(at(name), required(name));
    }

    /** An exact integer that stands at a path. */
    public static BigInteger integer(String where, JsonNode node) {
        if (!node.isIntegralNumber()) {
            throw refusal(where, node, "must be an integer");
        }
        return node.bigIntegerValue();
    }

    /** An integer within 64 bits. */
    public long int64(String name) {
        return int64(at(name), required(name));
    }

    /** An integer within 64 bits that stands at a path. */
    public static long int64(String where, JsonNode node) {
        BigInteger value = integer(where, node);
        if (value.bitLength() >= Long.SIZE) {
            throw refusal(where, node, "must fit 64 bits");
        }
        return value.longValueExact();
    }

    /** An integer within 32 bits. */
    public int int32(String name) {
        return int32(at(name), required(name));
    }

    /** An integer within 32 bits that stands at a path. */
    public static int int32(String where, JsonNode node) {
        BigInteger value = integer(where, node);
        if (value.bitLength() >= Integer.SIZE) {
            throw refusal(where, node, "must fit 32 bits");
        }
        return value.intValueExact();
    }

    /** A decimal, exact as written. */
    public BigDecimal decimal(String name) {
        JsonNode value = required(name);
        if (!value.isNumber()) {
            throw refusal(at(name), value, "must be a number");
        }
        return value.decimalValue();
    }

    /** A double, the nearest to the number as written. */
    public double real(String name) {
        return real(at(name), required(name));
    }

    /** The doubles of an array. */
    public double[] reals(String name) {
        return elements(name).stream()
                .mapToDouble(e -> real(e.getKey(), e.getValue()))
                .toArray();
    }

    private static double real(String where, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw refusal(where, node, "must be a number");
        }
        return node.doubleValue();
    }

    /** The 64-bit integers of an array. */
    public long[] int64s(String name) {
        return elements(name).stream()
                .mapToLong(e -> int64(e.getKey(), e.getValue()))
                .toArray();
    }

    /** The 32-bit integers of an array. */
    public int[] int32s(String name) {
        return elements(name).stream()
                .mapToInt(e -> int32(e.getKey(), e.getValue()))
                .toArray();
    }

    /** True or false. */
    public boolean bit(String name) {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw refusal(at(name), value, "must be true or false");
        }
        return value.booleanValue();
    }

    /** The elements of an array with their paths. */
    public List<Map.Entry<String, JsonNode>> elements(String name) {
        return elements(at(name), required(name));
    }

    /** The elements of an array that stands at a path. */
    public static List<Map.Entry<String, JsonNode>> elements(String where, JsonNode array) {
        if (!array.isArray()) {
            throw refusal(where, array, "must be an array");
        }
        return IntStream.range(0, array.size())
                .mapToObj(i -> Map.entry(where + "[" + i + "]", array.get(i)))
                .toList();
    }

    /** The objects of an array. */
    public List<CaseFields> objects(String name) {
        return elements(name).stream().map(e -> of(e.getKey(), e.getValue())).toList();
    }

    /** The two elements of a pair. */
    public static List<JsonNode> pair(Map.Entry<String, JsonNode> element) {
        JsonNode node = element.getValue();
        if (!node.isArray() || node.size() != 2) {
            throw refusal(element.getKey(), node, "must be an array of two");
        }
        return List.of(node.get(0), node.get(1));
    }

    /** A field; empty if it is absent or null. */
    public Optional<JsonNode> optional(String name) {
        return has(name) ? Optional.of(node.get(name)) : Optional.empty();
    }

    /** A field that must be there. */
    public JsonNode required(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            throw new BadInput(at(name), "", "is missing");
        }
        return value;
    }

    /** The path of a field. */
    public String at(String name) {
        return where + "." + name;
    }

    /** The refusal of a value, shown as far as one line takes it. */
    public static BadInput refusal(String where, JsonNode node, String rule) {
        String text = node.toString();
        String shown = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
        return new BadInput(where, shown, rule);
    }
}
