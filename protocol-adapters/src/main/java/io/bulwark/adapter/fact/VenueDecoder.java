package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.position.VenueStanding;
import java.util.List;

/** The one reader of a venue's payloads: for a house that polls it and for whoever looks at a file. Pure: a function of the bytes. */
public interface VenueDecoder {
    /** What the venue's fields mean. */
    Glossary glossary();

    /** The venue's name, as its room is called; a stranger's is the kind that its jar brings. */
    default String venue() {
        return glossary().venue();
    }

    /** The payloads that are known, in the order in which they are tried. No two recognise the same content. */
    default List<PayloadKind> kinds() {
        return glossary().kinds();
    }

    /**
     * The part of an answer that its kind is told by: what an interface wraps around every answer is taken off here, its horizon noted.
     *
     * @throws PayloadRefused if the answer is an error, or its envelope breaks a rule
     */
    default JsonNode body(JsonNode answer, FactSheet sheet) {
        return answer;
    }

    /**
     * Whether an element of this array is a payload of its own, as when several answers were stored together. The rows of a venue's list
     * are not.
     */
    default boolean several(JsonNode body) {
        return false;
    }

    /**
     * What one payload tells of the venue's own count of an account: its equity, what it requires, and at which prices it would act. A
     * normalizer takes it from here, so
     * what {@code bulwark read} shows is what the house holds. Empty for payloads that speak of no account, or of several.
     *
     * @param said the sheet of one payload
     */
    default List<VenueStanding> standings(FactSheet said) {
        return List.of();
    }

    /**
     * What an answer says that the venue sent to the house itself, held to the venue's own form.
     *
     * @param kind the name of the payload that it must be
     * @param answer as it was sent
     * @throws PayloadRefused if it is no such payload; what is refused of its rows stands on the sheet
     */
    default FactSheet decode(String kind, byte[] answer) {
        FactSheet sheet = FactSheet.sent(venue(), kind);
        JsonNode body = body(JsonText.tree(venue(), kind, answer), sheet);
        List<PayloadKind> named =
                kinds().stream().filter(known -> known.name().equals(kind)).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("kind must be known of " + venue() + "; have " + kind);
        }
        if (body.isArray() && body.isEmpty()) {
            return sheet;
        }
        // One name may stand for a row and for rows; a body that neither recognises is read by the first, which says
        // what is wrong.
        PayloadKind meant = named.stream()
                .filter(known -> known.recognises().test(body))
                .findFirst()
                .orElse(named.getFirst());
        sheet.row(() -> meant.reading().accept(body, sheet));
        return sheet;
    }
}
