package io.bulwark.adapter.paradex;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a single answer or stream message of Paradex says. */
public final class ParadexFacts implements VenueDecoder {
    /** Names the adapter in refusals. */
    static final String VENUE = "paradex";

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(ParadexAccount.kinds(), ParadexMarket.kinds())
                .flatMap(List::stream)
                .toList();
    }

    /** Takes the pages off a list, and the message off pushed data. */
    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields fields = PayloadFields.of(VENUE, "", answer);
        if (answer.has("error")) {
            throw fields.refusal("error", "must not be an error of the venue");
        }
        if (answer.has("params") && answer.has("method")) {
            fields.unread(Kind.TEXT, "jsonrpc").text("method", Set.of("subscription"));
            PayloadFields params = fields.fields("params");
            fields.end();
            params.unread(Kind.TEXT, "channel");
            JsonNode data = params.node("data");
            params.end();
            return data;
        }
        if (answer.has("results")) {
            fields.unread(Kind.TEXT, "next", "prev");
            JsonNode results = fields.node("results");
            fields.end();
            return results;
        }
        return answer;
    }

    /** What sizes are in: {@code SOL-USD-PERP} in SOL. */
    static String base(String market) {
        int dash = market.indexOf('-');
        return dash > 0 ? market.substring(0, dash) : market;
    }

    /** What prices of a market are in. */
    static String price(String market) {
        return "USD per " + base(market);
    }
}
