package io.bulwark.adapter.derive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a single answer or stream message of Derive says, of the second schema or the third. */
public final class DeriveFacts implements VenueDecoder {
    @Override
    public String venue() {
        return DerivePayload.VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(DeriveAccount.kinds(), DeriveMarket.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(venue(), "", answer);
        if (answer.has("error")) {
            throw envelope.fields("error").refusal("message", "must not be an error of the venue");
        }
        if (answer.has("params") && answer.has("method")) {
            envelope.text("method", Set.of("subscription"));
            PayloadFields params = envelope.fields("params");
            envelope.unread(Kind.TEXT, "jsonrpc").end();
            String channel = params.text("channel");
            JsonNode data = params.node("data");
            params.end();
            return named(channel, data);
        }
        if (answer.has("result")) {
            JsonNode result = envelope.node("result");
            envelope.unread(Kind.TEXT, "jsonrpc").scalarOrAbsent("id");
            envelope.end();
            return result;
        }
        return answer;
    }

    /** A slim ticker names its instrument in the channel alone. */
    private static JsonNode named(String channel, JsonNode data) {
        String[] parts = channel.split("\\.", -1);
        if (data instanceof ObjectNode members && data.has("instrument_ticker") && parts.length > 1) {
            return members.deepCopy().put("instrument_name", parts[1]);
        }
        return data;
    }
}
