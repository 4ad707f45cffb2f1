package io.bulwark.adapter.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a single answer of the indexer or a stream message of dYdX v4 says. Sizes are in the base asset, prices in USD, funding rates for one hour. */
public final class DydxFacts implements VenueDecoder {
    private static final Set<String> PUSHES = Set.of("subscribed", "channel_data", "channel_batch_data");

    @Override
    public String venue() {
        return DydxPayload.VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(DydxAccount.kinds(), DydxMarket.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields fields = PayloadFields.of(venue(), "", answer);
        if (answer.has("errors")) {
            throw fields.refusal("errors", "must not be an error of the venue");
        }
        if (answer.has("requestId") && answer.has("result")) {
            fields.unread(Kind.TEXT, "requestId").text("status", Set.of("success"));
            sheet.at(DydxPayload.millis(fields, "isoTimestamp"));
            JsonNode result = fields.node("result");
            fields.end();
            return result;
        }
        if (answer.has("type") && answer.has("connection_id")) {
            return pushed(fields);
        }
        return answer;
    }

    @Override
    public boolean several(JsonNode body) {
        return body.isArray()
                && body.path(0).isObject()
                && body.path(0).has("ticker")
                && !body.path(0).has("id");
    }

    private JsonNode pushed(PayloadFields message) {
        if (message.text("type").equals("error")) {
            throw message.refusal("message", "must not be an error of the venue");
        }
        message.text("type", PUSHES);
        message.unread(Kind.TEXT, "connection_id", "version", "clobPairId", "subaccountNumber")
                .unread(Kind.FIGURE, "message_id");
        String channel = message.text("channel");
        String id = message.absentOr("id", message::text).orElse("");
        JsonNode contents = message.node("contents");
        message.end();
        return switch (channel) {
            case "v4_orderbook", "v4_trades" -> named(contents, id);
            case "v4_subaccounts", "v4_parent_subaccounts", "v4_markets", "v4_candles", "v4_block_height" ->
                contents.isArray() && contents.size() == 1 ? contents.get(0) : contents;
            default -> throw new PayloadRefused(venue(), "channel", channel, "must be a known channel of this venue");
        };
    }

    /** Books and trades of a stream name their market in the message alone. */
    private static JsonNode named(JsonNode contents, String market) {
        if (contents instanceof ObjectNode members) {
            return members.deepCopy().put("ticker", market);
        }
        ArrayNode several = JsonNodeFactory.instance.arrayNode();
        contents.forEach(each -> several.add(named(each, market)));
        return several;
    }
}
