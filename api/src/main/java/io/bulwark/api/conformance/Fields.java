package io.bulwark.api.conformance;

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
record Fields(String where, JsonNode node) {
    private static final int SHOWN_MAX = 80;

    static Fields of(String where, JsonNode node) {
        if (!node.isObject()) {
            throw refusal(where, node, "must be an object");
        }
        return new Fields(where, node);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    Fields object(String name) {
        return of(at(name), required(name));
    }

    String text(String name) {
        return text(at(name), required(name));
    }

    static String text(String where, JsonNode node) {
        if (!node.isTextual()) {
            throw refusal(where, node, "must be a text");
        }
        return node.textValue();
    }

    /** An exact integer of any size. */
    BigInteger integer(String name) {
        return integer(at(name), required(name));
    }

    static BigInteger integer(String where, JsonNode node) {
        if (!node.isIntegralNumber()) {
            throw refusal(where, node, "must be an integer");
        }
        return node.bigIntegerValue();
    }

    /** An integer within 64 bits. */
    long int64(String name) {
        return int64(at(name), required(name));
    }

    static long int64(String where, JsonNode node) {
        BigInteger value = integer(where, node);
        if (value.bitLength() >= Long.SIZE) {
            throw refusal(where, node, "must fit 64 bits");
        }
        return value.longValueExact();
    }

    /** An integer within 32 bits. */
    int int32(String name) {
        return int32(at(name), required(name));
    }

    static int int32(String where, JsonNode node) {
        BigInteger value = integer(where, node);
        if (value.bitLength() >= Integer.SIZE) {
            throw refusal(where, node, "must fit 32 bits");
        }
        return value.intValueExact();
    }

    /** A decimal, exact as written. */
    BigDecimal decimal(String name) {
        JsonNode value = required(name);
        if (!value.isNumber()) {
            throw refusal(at(name), value, "must be a number");
        }
        return value.decimalValue();
    }

    /** A double, the nearest to the number as written. */
    double real(String name) {
        return real(at(name), required(name));
    }

    /** The doubles of an array. */
    double[] reals(String name) {
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
    long[] int64s(String name) {
        return elements(name).stream()
                .mapToLong(e -> int64(e.getKey(), e.getValue()))
                .toArray();
    }

    /** The 32-bit integers of an array. */
    int[] int32s(String name) {
        return elements(name).stream()
                .mapToInt(e -> int32(e.getKey(), e.getValue()))
                .toArray();
    }

    /** True or false. */
    boolean bit(String name) {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw refusal(at(name), value, "must be true or false");
        }
        return value.booleanValue();
    }

    /** The elements of an array with their paths. */
    List<Map.Entry<String, JsonNode>> elements(String name) {
        return elements(at(name), required(name));
    }

    static List<Map.Entry<String, JsonNode>> elements(String where, JsonNode array) {
        if (!array.isArray()) {
            throw refusal(where, array, "must be an array");
        }
        return IntStream.range(0, array.size())
                .mapToObj(i -> Map.entry(where + "[" + i + "]", array.get(i)))
                .toList();
    }

    /** The objects of an array. */
    List<Fields> objects(String name) {
        return elements(name).stream().map(e -> of(e.getKey(), e.getValue())).toList();
    }

    /** The two elements of a pair. */
    static List<JsonNode> pair(Map.Entry<String, JsonNode> element) {
        JsonNode node = element.getValue();
        if (!node.isArray() || node.size() != 2) {
            throw refusal(element.getKey(), node, "must be an array of two");
        }
        return List.of(node.get(0), node.get(1));
    }

    Optional<JsonNode> optional(String name) {
        return has(name) ? Optional.of(node.get(name)) : Optional.empty();
    }

    JsonNode required(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            throw new BadInput(at(name), "", "is missing");
        }
        return value;
    }

    String at(String name) {
        return where + "." + name;
    }

    static BadInput refusal(String where, JsonNode node, String rule) {
        String text = node.toString();
        String shown = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
        return new BadInput(where, shown, rule);
    }
}
