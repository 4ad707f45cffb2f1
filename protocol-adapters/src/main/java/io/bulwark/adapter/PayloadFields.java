package io.bulwark.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The fields of one JSON object of a venue, taken by name and type. Every refusal names path, value and rule.
 *
 * <p>Four states are kept apart: a value, zero, absent where the venue documents that it may be absent, and unknown, which is refused: missing, null and
 * the empty text are never zero. {@link #end()} closes the reading: a field that nobody asked for is refused too, since a venue that says something new may
 * have changed what the old words mean.
 */
public final class PayloadFields {
    /** More digits than any venue writes on either side of the point, few enough to compute with. */
    private static final int DIGITS_MAX = 40;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,60}(\\.\\d{1,60})?([eE][+-]?\\d{1,3})?");

    private static final Pattern COUNTED = Pattern.compile("-?(0x[0-9a-fA-F]{1,64}|\\d{1,78})");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final int COUNTED_BITS = 256;

    private final String venue;
    private final String path;
    private final JsonNode object;
    private final boolean recorded;
    private final Set<String> asked = new HashSet<>();

    private PayloadFields(String venue, String path, JsonNode object, boolean recorded) {
        this.venue = venue;
        this.path = path;
        this.object = object;
        this.recorded = recorded;
    }

    /**
     * The same fields as somebody's recording keeps them: clients put numbers into quotes, or take them out, which changes no digit. What a venue sends to
     * the house itself is held to the venue's own form.
     */
    public PayloadFields recorded() {
        return new PayloadFields(venue, path, object, true);
    }

    /**
     * The fields of a whole answer.
     *
     * @param path names the answer, such as {@code clearinghouseState}
     * @throws PayloadRefused if it is not one JSON object
     */
    public static PayloadFields of(String venue, String path, byte[] json) {
        return of(venue, path, JsonText.tree(venue, path, json));
    }

    /**
     * The fields of a node.
     *
     * @throws PayloadRefused if it is not an object
     */
    public static PayloadFields of(String venue, String path, JsonNode node) {
        if (!node.isObject()) {
            throw new PayloadRefused(venue, path, node.toString(), "must be an object");
        }
        return new PayloadFields(venue, path, node, false);
    }

    private static <T> List<T> list(
            String venue, String path, JsonNode node, boolean recorded, Function<PayloadFields, T> element) {
        if (!node.isArray()) {
            throw new PayloadRefused(venue, path, node.toString(), "must be an array");
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            PayloadFields fields = of(venue, path + "[" + i + "]", node.get(i));
            elements.add(whole(recorded ? fields.recorded() : fields, element));
        }
        return elements;
    }

    /**
     * The elements of an array of fixed length, such as a level of a book, by their places {@code "0"}, {@code "1"} …
     *
     * @throws PayloadRefused if it is not an array of that length
     */
    public static PayloadFields tuple(String venue, String path, JsonNode node, int length) {
        if (!node.isArray() || node.size() != length) {
            throw new PayloadRefused(venue, path, node.toString(), "must be an array of " + length);
        }
        ObjectNode places = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < length; i++) {
            places.set(Integer.toString(i), node.get(i));
        }
        return of(venue, path, places);
    }

    /** A text that is not empty. */
    public String text(String field) {
        JsonNode node = present(field);
        expect(node.isTextual(), field, "must be a text");
        expect(!node.textValue().isEmpty(), field, "must not be empty (absent is not zero)");
        return node.textValue();
    }

    /** One of these texts. */
    public String text(String field, Set<String> allowed) {
        String value = text(field);
        expect(allowed.contains(value), field, "must be one of " + new TreeMap<>(index(allowed)).keySet());
        return value;
    }

    /** A decimal that the venue writes as text. */
    public Amount decimal(String field) {
        JsonNode node = present(field);
        if (recorded && node.isNumber()) {
            return bounded(field, node.decimalValue());
        }
        expect(node.isTextual(), field, "must be a decimal in quotes");
        expect(!node.textValue().isEmpty(), field, "must be a decimal in quotes, not empty (absent is not zero)");
        expect(DECIMAL.matcher(node.textValue()).matches(), field, "must be a decimal in quotes");
        return bounded(field, new BigDecimal(node.textValue()));
    }

    /** A decimal that the venue writes as a JSON number, plain or scientific. */
    public Amount number(String field) {
        JsonNode node = present(field);
        if (recorded && node.isTextual()) {
            return decimal(field);
        }
        expect(node.isNumber(), field, "must be a number");
        return bounded(field, node.decimalValue());
    }

    /** A decimal that some of the venue's interfaces write as a JSON number and others as text. */
    public Amount numberOrText(String field) {
        return present(field).isTextual() ? decimal(field) : number(field);
    }

    /** A whole JSON number within int64. */
    public long integer(String field) {
        JsonNode node = present(field);
        if (recorded && WHOLE.matcher(node.asText()).matches() && node.isTextual()) {
            return Long.parseLong(node.textValue());
        }
        expect(node.isIntegralNumber() && node.canConvertToLong(), field, "must be a whole number within 64 bits");
        return node.longValue();
    }

    /** A whole number within int64 that some of the venue's interfaces write as a JSON number and others as text. */
    public long whole(String field) {
        return present(field).isTextual() ? wholeText(field) : integer(field);
    }

    /** A whole number ≥ 0 within int64 that the venue writes as text. */
    public long wholeText(String field) {
        String value = text(field);
        expect(
                value.length() <= 19
                        && value.chars().allMatch(c -> c >= '0' && c <= '9')
                        && new BigInteger(value).bitLength() < Long.SIZE,
                field,
                "must be a whole number in quotes");
        return Long.parseLong(value);
    }

    /**
     * A whole number as chains count, of up to 256 bits, in any form in which clients of nodes print it: a JSON number, decimal or {@code 0x} text, or an object
     * that holds such a text under {@code hex} or {@code _hex}.
     */
    public BigInteger counted(String field) {
        JsonNode node = present(field);
        JsonNode hex = node.has("_hex") ? node.get("_hex") : node.path("hex");
        String text = node.isObject()
                ? hex.asText()
                : node.isIntegralNumber() ? node.bigIntegerValue().toString() : "";
        text = node.isTextual() ? node.textValue() : text;
        expect(COUNTED.matcher(text).matches(), field, "must be a whole number as a chain counts it");
        boolean base16 = text.contains("0x");
        BigInteger value = base16 ? new BigInteger(text.replace("0x", ""), 16) : new BigInteger(text);
        expect(value.bitLength() <= COUNTED_BITS, field, "must fit into 256 bits");
        return value;
    }

    /** The same, of what is never below zero. */
    public BigInteger unsigned(String field) {
        BigInteger value = counted(field);
        expect(value.signum() >= 0, field, "must be >= 0");
        return value;
    }

    /** A time that the venue writes as text, to UTC epoch milliseconds: {@code 2024-05-23T18:11:00.000Z}. */
    public long instant(String field) {
        try {
            return Instant.parse(text(field)).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw refusal(field, "must be a time such as 2024-05-23T18:11:00.000Z");
        }
    }

    /** True or false. */
    public boolean flag(String field) {
        JsonNode node = present(field);
        expect(node.isBoolean(), field, "must be true or false");
        return node.booleanValue();
    }

    /** The fields of an object; the caller closes them. */
    public PayloadFields fields(String field) {
        PayloadFields inner = of(venue, path(field), present(field));
        return recorded ? inner.recorded() : inner;
    }

    /** The elements of an array of objects, each closed. */
    public <T> List<T> list(String field, Function<PayloadFields, T> element) {
        return list(venue, path(field), present(field), recorded, element);
    }

    /** The members of an object whose keys are data, such as market names; each closed, sorted by key. */
    public <T> SortedMap<String, T> map(String field, Function<PayloadFields, T> element) {
        PayloadFields members = fields(field);
        SortedMap<String, T> result = new TreeMap<>();
        members.object.fieldNames().forEachRemaining(key -> result.put(key, whole(members.fields(key), element)));
        return result;
    }

    /** A field that the venue documents as possibly missing or null; one that is there is read as usual. */
    public <T> Optional<T> absentOr(String field, Function<String, T> reading) {
        asked.add(field);
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(reading.apply(field));
    }

    /** A field that the venue documents as possibly missing, null or the empty text; one that is there is read as usual. */
    public <T> Optional<T> blankOr(String field, Function<String, T> reading) {
        JsonNode node = object.get(field);
        if (node != null && node.isTextual() && node.textValue().isEmpty()) {
            asked.add(field);
            return Optional.empty();
        }
        return absentOr(field, reading);
    }

    /** Whether a field is there and not null; asking is not reading. */
    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** The path of a field of this object, as refusals name it. */
    public String pathOf(String field) {
        return path(field);
    }

    /** The path of this object. */
    public String path() {
        return path;
    }

    /** The names of the members, in the payload's order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A text, number or flag, as text. */
    public String scalar(String field) {
        JsonNode node = present(field);
        expect(node.isValueNode() && !node.asText().isEmpty(), field, "must be a text, a number or a flag");
        return node.isNumber() ? number(field).toString() : node.asText();
    }

    /** A text, number or flag of no use, such as the number of a question; it may be missing. */
    public void scalarOrAbsent(String field) {
        absentOr(field, this::scalar);
    }

    /** Everything that nobody asked for is known and of no use, as at the places behind the last of a tuple. */
    public void unreadRest() {
        asked.addAll(names());
    }

    /** The texts of an array, none of them empty. */
    public List<String> texts(String field) {
        JsonNode array = present(field);
        expect(array.isArray(), field, "must be an array");
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            expect(element.isTextual() && !element.textValue().isEmpty(), field, "must hold texts that are not empty");
            texts.add(element.textValue());
        }
        return texts;
    }

    /** The member as it is, for a reader that tells its kind by content; present and not null. */
    public JsonNode node(String field) {
        return present(field);
    }

    /** Documented fields that the house does not use; they may be missing, but not of another type. */
    public PayloadFields unread(Kind kind, String... names) {
        for (String name : names) {
            asked.add(name);
            JsonNode node = object.get(name);
            if (node != null && !node.isNull()) {
                Kind kept = recorded && kind == Kind.NUMBER ? Kind.FIGURE : kind;
                expect(kept.fits(node), name, "must be " + kind.words);
            }
        }
        return this;
    }

    /** What an unread field is. */
    public enum Kind {
        /** A JSON number. */
        NUMBER("a number"),
        /** A number, plain or in quotes, or an empty text. */
        FIGURE("a number, in quotes or not"),
        /** A JSON text, empty or not. */
        TEXT("a text"),
        /** True or false. */
        FLAG("true or false"),
        /** An object of any content. */
        OBJECT("an object"),
        /** An array of any content. */
        ARRAY("an array");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind of a word: {@code text}. */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        private static boolean isFigure(String text) {
            return text.isEmpty() || DECIMAL.matcher(text).matches();
        }

        private boolean fits(JsonNode node) {
            return switch (this) {
                case NUMBER -> node.isNumber();
                case FIGURE -> node.isNumber() || (node.isTextual() && isFigure(node.textValue()));
                case TEXT -> node.isTextual();
                case FLAG -> node.isBoolean();
                case OBJECT -> node.isObject();
                case ARRAY -> node.isArray();
            };
        }
    }

    /**
     * Closes the reading.
     *
     * @throws PayloadRefused if a field is left that nobody asked for
     */
    public void end() {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!asked.contains(member.getKey())) {
                throw new PayloadRefused(
                        venue,
                        path(member.getKey()),
                        member.getValue().toString(),
                        "is not a known field of this venue");
            }
        }
    }

    /** Refuses a field of this object by a rule of the caller's. */
    public PayloadRefused refusal(String field, String rule) {
        JsonNode node = object.get(field);
        return new PayloadRefused(venue, path(field), node == null ? "" : node.toString(), rule);
    }

    private static <T> T whole(PayloadFields fields, Function<PayloadFields, T> element) {
        T result = element.apply(fields);
        fields.end();
        return result;
    }

    private static Map<String, Boolean> index(Set<String> names) {
        Map<String, Boolean> index = new TreeMap<>();
        names.forEach(name -> index.put(name, true));
        return index;
    }

    private Amount bounded(String field, BigDecimal value) {
        boolean fits = value.scale() <= DIGITS_MAX
                && (long) value.precision() - value.scale() <= DIGITS_MAX
                && value.scale() >= -DIGITS_MAX;
        expect(fits, field, "must have at most " + DIGITS_MAX + " digits before and after the point");
        return Amount.of(value);
    }

    private JsonNode present(String field) {
        asked.add(field);
        JsonNode node = object.get(field);
        expect(node != null, field, "is missing (absent is not zero)");
        expect(!Objects.requireNonNull(node).isNull(), field, "must not be null (absent is not zero)");
        return node;
    }

    private void expect(boolean holds, String field, String rule) {
        if (!holds) {
            throw refusal(field, rule);
        }
    }

    private String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
