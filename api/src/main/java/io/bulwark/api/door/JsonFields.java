package io.bulwark.api.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON object under strict reading: every field is asked for by name with its range, and {@link #nothingElse()} refuses what
 * nobody asked for. Every refusal is a {@link BadInput} with the field's path.
 */
public final class JsonFields {
    /** Longest document, bytes. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int VALUE_LENGTH_MAX = 80;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int DEPTH_MAX = 16;
    private static final int DIGITS_MAX = 40;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(DIGITS_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNode object;
    private final String path;
    private final boolean request;
    private final Set<String> asked = new HashSet<>();

    private JsonFields(JsonNode object, String path, boolean request) {
        this.object = object;
        this.path = path;
        this.request = request;
    }

    /**
     * Reads one JSON object from UTF-8 bytes.
     *
     * @throws BadInput if the bytes are more than 1 MiB, are not JSON, name a field twice, or are not an object
     */
    public static JsonFields read(byte[] bytes) {
        return read(bytes, BYTES_MAX);
    }

    /** The same for a document with a limit of its own, bytes. */
    public static JsonFields read(byte[] bytes, int most) {
        return object(parse(bytes, most), "body", false);
    }

    /** A request's body. Its description knows no null: what has no value is left out. */
    public static JsonFields request(byte[] body) {
        return object(parse(body, BYTES_MAX), "body", true);
    }

    /**
     * What a reader makes of the object in a file.
     *
     * @throws BadInput naming the file, and the field where it is one
     */
    public static <T> T ofFile(Path file, Function<JsonFields, T> reader) {
        byte[] bytes = InputFile.bytes(file, BYTES_MAX);
        try {
            return reader.apply(read(bytes));
        } catch (BadInput e) {
            throw new BadInput(
                    e.field().equals("body") ? file.toString() : file + ": " + e.field(), e.value(), e.rule());
        }
    }

    private static JsonNode parse(byte[] bytes, int most) {
        if (bytes.length > most) {
            throw new BadInput("body", bytes.length + " bytes", "at most " + most + " bytes");
        }
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new BadInput("body", where(e), "one JSON document: " + reason(e));
        } catch (IOException e) {
            throw new BadInput("body", bytes.length + " bytes", "UTF-8 text of one JSON document");
        }
    }

    private static String where(JsonProcessingException e) {
        JsonLocation location = Optional.ofNullable(e.getLocation()).orElse(JsonLocation.NA);
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The parser's own words in one line, without its view of the source; the rule where it names its classes. */
    private static String reason(JsonProcessingException e) {
        return switch (e) {
            case StreamConstraintsException ignored ->
                "at most " + DEPTH_MAX + " levels, and numbers of at most " + DIGITS_MAX + " digits";
            case MismatchedInputException ignored -> "nothing may follow it";
            default -> BadInput.withoutFinds(e.getOriginalMessage());
        };
    }

    private static JsonFields object(JsonNode node, String path, boolean request) {
        if (!node.isObject()) {
            throw new BadInput(path, shown(node), "a JSON object");
        }
        return new JsonFields(node, path.equals("body") ? "" : path, request);
    }

    /**
     * Whether the field stands in the object; null counts as absent in a file.
     *
     * @throws BadInput where a request has null
     */
    public boolean has(String name) {
        asked.add(name);
        if (request && object.path(name).isNull()) {
            throw refused(name, object.path(name), "a value, or the field left out");
        }
        return object.hasNonNull(name);
    }

    /**
     * A whole number between the bounds, both allowed: a JSON integer, or a text of its decimal digits (for readers whose
     * numbers end at 2⁵³).
     */
    public long wholeNumber(String name, long least, long most) {
        JsonNode node = required(name);
        Optional<BigInteger> number = wholeNumber(node);
        if (number.isEmpty()
                || number.get().compareTo(BigInteger.valueOf(least)) < 0
                || number.get().compareTo(BigInteger.valueOf(most)) > 0) {
            throw refused(name, node, "a whole number from " + least + " to " + most);
        }
        return number.get().longValueExact();
    }

    /** The same, or the other value where the field is absent. */
    public long wholeNumber(String name, long least, long most, long absent) {
        return has(name) ? wholeNumber(name, least, most) : absent;
    }

    private static Optional<BigInteger> wholeNumber(JsonNode node) {
        if (node.isIntegralNumber()) {
            return Optional.of(node.bigIntegerValue());
        }
        if (node.isTextual() && node.textValue().matches("-?(0|[1-9][0-9]{0,18})")) {
            return Optional.of(new BigInteger(node.textValue()));
        }
        return Optional.empty();
    }

    /**
     * A text of 1 to so many characters, each of which UTF-8 can carry: half of a surrogate pair, which JSON can escape, is in
     * no document and no hash.
     */
    public String text(String name, int lengthMax) {
        JsonNode node = required(name);
        if (!node.isTextual() || node.textValue().isBlank() || node.textValue().length() > lengthMax) {
            throw refused(name, node, "a text of 1 to " + lengthMax + " characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue())) {
            throw refused(name, node, "a text without lone surrogates");
        }
        return node.textValue();
    }

    /** True or false; false where the field is absent. */
    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        JsonNode node = required(name);
        if (!node.isBoolean()) {
            throw refused(name, node, "true or false");
        }
        return node.booleanValue();
    }

    /** Bytes as hexadecimal digits, with or without 0x, between so many bytes and so many. */
    public byte[] bytes(String name, int least, int most) {
        JsonNode node = required(name);
        String digits = node.isTextual() ? node.textValue().replaceFirst("^0x", "") : "";
        if (!node.isTextual()
                || !digits.matches("([0-9a-fA-F]{2})*")
                || digits.length() < 2 * least
                || digits.length() > 2 * most) {
            throw refused(name, node, (least == most ? "" : least + " to ") + most + " bytes in hexadecimal");
        }
        return HexFormat.of().parseHex(digits);
    }

    /** An array of byte strings in hexadecimal, at most so many of at most so many bytes; none where the field is absent. */
    public List<byte[]> byteArrays(String name, int most, int bytesMost) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode array = required(name);
        if (!array.isArray() || array.size() > most) {
            throw refused(name, array, "an array of at most " + most + " byte strings");
        }
        List<byte[]> entries = new ArrayList<>(array.size());
        for (JsonNode entry : array) {
            if (!entry.isTextual()
                    || entry.textValue().length() > 2 * bytesMost
                    || !entry.textValue().matches("([0-9a-f]{2})+")) {
                throw new BadInput(
                        at(name) + "[" + entries.size() + "]",
                        shown(entry),
                        "1 to " + bytesMost + " bytes in lower-case hexadecimal");
            }
            entries.add(HexFormat.of().parseHex(entry.textValue()));
        }
        return entries;
    }

    /** The names of all fields, where a document's fields are its entries. */
    public List<String> names() {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }

    /** The object in this field. */
    public JsonFields object(String name) {
        return object(required(name), at(name), request);
    }

    /** The object in this field, as JSON. */
    public String json(String name) {
        JsonNode node = required(name);
        object(node, at(name), request);
        return node.toString();
    }

    /** The objects of an array, at most so many; none where the field is absent. */
    public List<JsonFields> objects(String name, int most) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode array = required(name);
        if (!array.isArray() || array.size() > most) {
            throw new BadInput(
                    at(name),
                    array.isArray() ? array.size() + " entries" : shown(array),
                    "an array of at most " + most + " objects");
        }
        List<JsonFields> entries = new ArrayList<>(array.size());
        for (JsonNode entry : array) {
            entries.add(object(entry, at(name) + "[" + entries.size() + "]", request));
        }
        return entries;
    }

    /** Refuses the first field that was never asked for. */
    public void nothingElse() {
        for (var field : object.properties()) {
            if (!asked.contains(field.getKey())) {
                throw refused(
                        field.getKey(),
                        field.getValue(),
                        "no such field here; known: " + asked.stream().sorted().toList());
            }
        }
    }

    /** Refuses this field's value by a rule that only the caller knows. */
    public BadInput refuse(String name, String rule) {
        return refused(name, object.path(name), rule);
    }

    /** The path of a field of this object, from the top of the document. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private JsonNode required(String name) {
        asked.add(name);
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            throw new BadInput(at(name), "nothing", "the field is required");
        }
        return node;
    }

    private BadInput refused(String name, JsonNode node, String rule) {
        return new BadInput(at(name), shown(node), rule);
    }

    /** At most 80 characters without control characters and halves of pairs, so that no input can forge a line of a log or a terminal. */
    private static String shown(JsonNode node) {
        String whole =
                node.isMissingNode() ? "nothing" : node.isTextual() ? '"' + node.textValue() + '"' : node.toString();
        String line = whole.codePoints()
                .limit(VALUE_LENGTH_MAX)
                .map(c -> Character.isISOControl(c) ? ' ' : isHalf(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() < whole.length() ? line + "…" : line;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
