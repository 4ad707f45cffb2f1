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
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/** Reads a connection as the founding record of the venue that bears its kind; the venues that there are stand in the attribute {@link Venues}. */
final class ConnectionReader extends StdDeserializer<ConnectedVenue<?>> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String KIND = "kind";

    ConnectionReader() {
        super(ConnectedVenue.class);
    }

    @Override
    public ConnectedVenue<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        ObjectNode connection = context.readValue(parser, ObjectNode.class);
        Venues venues = (Venues) Objects.requireNonNull(context.getAttribute(Venues.class), "venues");
        JsonNode kind = connection.path(KIND);
        connection.remove(KIND);
        Venue<?> venue = venues.of(kind.isTextual() ? kind.textValue() : "")
                .orElseThrow(
                        () -> refused(context, KIND, "must be one of " + venues.kinds() + "; have " + kind));
        return connected(venue, connection, context);
    }

    private static <F extends Venue.Founding> ConnectedVenue<F> connected(
            Venue<F> venue, ObjectNode connection, DeserializationContext context) throws IOException {
        return new ConnectedVenue<>(venue, context.readTreeAsValue(connection, venue.founding()));
    }

    private static JsonMappingException refused(DeserializationContext context, String field, String rule) {
        JsonMappingException refusal = JsonMappingException.from(context, rule);
        refusal.prependPath(ConnectedVenue.class, field);
        return refusal;
    }
}
