package io.bulwark.adapter.deribit;

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

/** What a single answer or stream message of Deribit says. Sizes of options are in the coin, of inverse futures in USD; marks of options in the coin; volatilities in per cent. */
public final class DeribitFacts implements VenueDecoder {
    private static final Set<String> PUSHES = Set.of("subscription");

    @Override
    public String venue() {
        return DeribitPayload.VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(DeribitAccount.kinds(), DeribitMarket.kinds(), DeribitTerms.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject() || !answer.has("jsonrpc")) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(venue(), "", answer);
        envelope.unread(Kind.FIGURE, "id", "usIn", "usDiff")
                .unread(Kind.TEXT, "jsonrpc")
                .unread(Kind.FLAG, "testnet");
        if (envelope.has("error")) {
            throw envelope.fields("error").refusal("message", "must not be an error of the venue");
        }
        envelope.absentOr("usOut", envelope::whole).ifPresent(micros -> sheet.at(micros / 1_000));
        if (envelope.has("method")) {
            envelope.text("method", PUSHES);
            PayloadFields params = envelope.fields("params");
            envelope.end();
            String channel = params.text("channel");
            JsonNode data = params.node("data");
            params.unread(Kind.TEXT, "label").end();
            return named(channel, data);
        }
        JsonNode result = envelope.node("result");
        envelope.end();
        return result;
    }

    /** Data of these channels name their instrument in the channel alone. */
    private static JsonNode named(String channel, JsonNode data) {
        String[] parts = channel.split("\\.", -1);
        int place = channel.startsWith("chart.trades.") ? 2 : channel.startsWith("perpetual.") ? 1 : 0;
        if (place == 0 || !(data instanceof ObjectNode members) || data.has("instrument_name")) {
            return data;
        }
        return members.deepCopy().put("instrument_name", parts[place]);
    }
}
