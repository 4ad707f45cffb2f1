package io.bulwark.house.founding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.Venues;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/**
 * Reads a connection as the founding record of the venue that bears its kind; the venues that there are stand in the attribute {@link Venues}. The meaning of a stranger's
 * bytes is sealed by the SHA-256 of the jar that says it: the connection names it in {@code jar}, and no other jar is taken for it.
 */
final class ConnectionReader extends StdDeserializer<ConnectedVenue<?>> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String KIND = "kind";
    private static final String JAR = "jar";

    ConnectionReader() {
        super(ConnectedVenue.class);
    }

    @Override
    public ConnectedVenue<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        ObjectNode connection = context.readValue(parser, ObjectNode.class);
        Venues venues = (Venues) Objects.requireNonNull(context.getAttribute(Venues.class), "venues");
        JsonNode kind = connection.path(KIND);
        connection.remove(KIND);
        Venues.Brought brought = venues.of(kind.isTextual() ? kind.textValue() : "")
                .orElseThrow(() -> refused(context, KIND, kind, "must be one of " + venues.kinds()));
        if (brought.jar().isPresent()) {
            requireNamed(brought.jar().get(), connection.path(JAR), context);
            connection.remove(JAR);
        }
        return connected(brought.venue(), connection, context);
    }

    private static void requireNamed(Venues.Jar jar, JsonNode named, DeserializationContext context)
            throws JsonMappingException {
        if (!named.isTextual() || !named.textValue().equals(jar.sha256().hex())) {
            throw refused(
                    context,
                    JAR,
                    named,
                    "must be the SHA-256 of the jar that brings the venue; " + jar.file() + " is " + jar.sha256());
        }
    }

    private static <F extends Venue.Founding> ConnectedVenue<F> connected(
            Venue<F> venue, ObjectNode connection, DeserializationContext context) throws IOException {
        return new ConnectedVenue<>(
                venue, context.readTreeAsValue(connection, venue.form().founding()));
    }

    private static JsonMappingException refused(
            DeserializationContext context, String field, JsonNode value, String rule) {
        BadInput refusal = new BadInput(field, value.asText(), rule);
        JsonMappingException placed = JsonMappingException.from(context, rule, refusal);
        placed.prependPath(ConnectedVenue.class, field);
        return placed;
    }
}
