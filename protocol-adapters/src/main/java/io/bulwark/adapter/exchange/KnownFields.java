package io.bulwark.adapter.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;

/**
 * The schema of an answer, as the venue's room knows it for {@code bulwark read}: before a live answer is said in the house's words, the whole of it must be readable
 * there. A field that is unknown, ill-typed or breaks an identity of the room refuses the snapshot, though the normalizer may not need it.
 */
public final class KnownFields {
    private KnownFields() {}

    /**
     * Checks every row of a body.
     *
     * @param venue the room
     * @param kind the name of the payload that it must be
     * @param body without the venue's envelope
     * @throws PayloadRefused the first refusal of a row
     */
    public static void require(VenueDecoder venue, String kind, JsonNode body) {
        List<PayloadKind> kinds =
                venue.kinds().stream().filter(k -> k.name().equals(kind)).toList();
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("kind must be known of " + venue.venue() + "; have " + kind);
        }
        if (body.isArray() && body.isEmpty()) {
            return;
        }
        // One name may stand for a row and for rows; a body that neither recognises is read by the first, which says
        // what is wrong.
        PayloadKind known = kinds.stream()
                .filter(k -> k.recognises().test(body))
                .findFirst()
                .orElse(kinds.getFirst());
        FactSheet sheet = new FactSheet(venue.venue());
        known.reading().accept(body, sheet);
        sheet.refused().stream().findFirst().ifPresent(refused -> {
            throw refused;
        });
    }
}
