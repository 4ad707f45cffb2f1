package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * One kind of payload of a venue.
 *
 * @param name the venue's own name of the read or channel, such as {@code get_positions}
 * @param recognises whether a body is of this kind, told by content alone
 * @param reading reads a body onto a sheet, row by row; throws {@link io.bulwark.adapter.PayloadRefused} where the whole is refused
 */
public record PayloadKind(String name, Predicate<JsonNode> recognises, BiConsumer<JsonNode, FactSheet> reading) {
    /** A payload that is one object, read as one row. */
    public static PayloadKind one(
            String name, Predicate<JsonNode> recognises, BiConsumer<PayloadFields, FactSheet> reading) {
        return new PayloadKind(
                name, recognises, (body, sheet) -> sheet.one("", body, fields -> reading.accept(fields, sheet)));
    }

    /** A payload that is an array of objects, each a row, the first of which is recognised. */
    public static PayloadKind each(
            String name, Predicate<JsonNode> first, BiConsumer<PayloadFields, FactSheet> reading) {
        return new PayloadKind(
                name, rows(first), (body, sheet) -> sheet.each("", body, fields -> reading.accept(fields, sheet)));
    }

    /** An object that has all of these fields. */
    public static Predicate<JsonNode> having(String... fields) {
        return body -> {
            for (String field : fields) {
                if (!body.isObject() || !body.has(field)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** An object that has a field, or, of {@code field=text}, says just that in it. */
    static Predicate<JsonNode> saying(String field) {
        int mark = field.indexOf('=');
        return mark < 0
                ? having(field)
                : body -> body.path(field.substring(0, mark)).asText().equals(field.substring(mark + 1));
    }

    /** A body that has none of these fields. */
    public static Predicate<JsonNode> lacking(String... fields) {
        return body -> {
            for (String field : fields) {
                if (body.has(field)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** An array that has a row, the first of which is recognised; the rows behind it answer for themselves. */
    public static Predicate<JsonNode> rows(Predicate<JsonNode> first) {
        return body -> body.isArray() && !body.isEmpty() && first.test(body.get(0));
    }
}
