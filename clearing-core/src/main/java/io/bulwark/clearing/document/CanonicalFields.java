package io.bulwark.clearing.document;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The fields of one array, taken in the order of its schema; every refusal names the field.
 *
 * <p>{@link #end()} closes the reading: a field too many is an error like a field too few.
 */
public final class CanonicalFields {
    private final String path;
    private final List<CanonicalValue> values;
    private int next;

    private CanonicalFields(String path, List<CanonicalValue> values) {
        this.path = path;
        this.values = values;
    }

    /**
     * The fields of an array, under a name for errors.
     *
     * @throws CanonicalException if the value is not an array
     */
    public static CanonicalFields of(String path, CanonicalValue value) {
        return new CanonicalFields(path, elements(path, value));
    }

    /**
     * The fields after schema name and version.
     *
     * @throws CanonicalException if the schema or version is another
     */
    public static CanonicalFields document(CanonicalValue value, String schema, long version) {
        CanonicalFields fields = of(schema, value);
        fields.expect("schema", fields.text("schema").equals(schema), "must be \"" + schema + "\"");
        fields.expect("version", fields.integer("version") == version, "must be " + version);
        return fields;
    }

    /** Whether every field was taken: what follows is optional. */
    public boolean isAtEnd() {
        return next == values.size();
    }

    /** The next field, an integer. */
    public long integer(String field) {
        if (next(field) instanceof CanonicalValue.Int(long value)) {
            return value;
        }
        throw refusal(field, "must be an integer");
    }

    /** The next field, an integer within these bounds, both included. */
    public long integer(String field, long least, long most) {
        long value = integer(field);
        expect(field, value >= least && value <= most, "must be in " + least + "…" + most);
        return value;
    }

    /** The next field, 0 or 1. */
    public boolean bit(String field) {
        return integer(field, 0, 1) == 1;
    }

    /** The next field, a text. */
    public String text(String field) {
        if (next(field) instanceof CanonicalValue.Text(String value)) {
            return value;
        }
        throw refusal(field, "must be a text");
    }

    /** The next field, a decimal as text. */
    public BigDecimal decimal(String field) {
        String text = text(field);
        try {
            return CanonicalDecimal.parse(text);
        } catch (CanonicalException e) {
            throw refusal(field, e.rule());
        }
    }

    /** The next field, a byte string. */
    public byte[] bytes(String field) {
        if (next(field) instanceof CanonicalValue.Bytes value) {
            return value.value();
        }
        throw refusal(field, "must be a byte string");
    }

    /** The next field, a byte string of 32. */
    public Digest digest(String field) {
        byte[] value = bytes(field);
        expect(field, value.length == Digest.LENGTH, "must be a byte string of 32");
        return Digest.of(value);
    }

    /** The next field, any value. */
    public CanonicalValue value(String field) {
        return next(field);
    }

    /** The next field, an array with fields of its own. */
    public CanonicalFields fields(String field) {
        return of(path + "." + field, next(field));
    }

    /** The next field, an array of like elements. */
    public <T> List<T> list(String field, Function<CanonicalFields, T> element) {
        String name = path + "." + field;
        List<CanonicalValue> elements = elements(name, next(field));
        return IntStream.range(0, elements.size())
                .mapToObj(i -> whole(of(name + "[" + i + "]", elements.get(i)), element))
                .toList();
    }

    /** The next field, an array of byte strings of 32. */
    public List<Digest> digests(String field) {
        CanonicalFields elements = fields(field);
        return IntStream.range(0, elements.values.size())
                .mapToObj(i -> elements.digest(String.valueOf(i)))
                .toList();
    }

    /** The next field, the empty array or an array of one value. */
    public Optional<CanonicalValue> optional(String field) {
        List<CanonicalValue> elements = elements(path + "." + field, next(field));
        expect(field, elements.size() <= 1, "must be empty or hold one value");
        return elements.stream().findFirst();
    }

    /**
     * Closes the reading.
     *
     * @throws CanonicalException if fields are left
     */
    public void end() {
        if (next != values.size()) {
            throw new CanonicalException(path, values.size() + " fields", "must have " + next);
        }
    }

    private static <T> T whole(CanonicalFields fields, Function<CanonicalFields, T> element) {
        T result = element.apply(fields);
        fields.end();
        return result;
    }

    private static List<CanonicalValue> elements(String path, CanonicalValue value) {
        if (value instanceof CanonicalValue.Array(var elements)) {
            return elements;
        }
        throw new CanonicalException(path, shorten(value), "must be an array");
    }

    private CanonicalValue next(String field) {
        if (next == values.size()) {
            throw new CanonicalException(path + "." + field, "nothing", "is missing");
        }
        return values.get(next++);
    }

    private void expect(String field, boolean holds, String rule) {
        if (!holds) {
            throw refusal(field, rule);
        }
    }

    private CanonicalException refusal(String field, String rule) {
        return new CanonicalException(path + "." + field, shorten(values.get(next - 1)), rule);
    }

    private static String shorten(CanonicalValue value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
