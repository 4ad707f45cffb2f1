package io.bulwark.adapter.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a single answer of the info endpoint or a stream message of Hyperliquid says. Sizes are in the coin, prices in USD, funding rates for one hour. */
public final class HyperliquidFacts implements VenueFacts {
    @Override
    public String venue() {
        return HyperliquidPayload.VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(
                        HyperliquidAccount.kinds(),
                        HyperliquidActivity.kinds(),
                        HyperliquidMarket.kinds(),
                        HyperliquidTerms.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        if (answer.has("channel") && answer.has("data")) {
            PayloadFields message = PayloadFields.of(venue(), "", answer);
            String channel = message.text("channel");
            if (channel.equals("error")) {
                throw message.refusal("data", "must not be an error of the venue");
            }
            JsonNode data = message.node("data");
            message.end();
            return data;
        }
        if (answer.has("status") && answer.has("response")) {
            PayloadFields message = PayloadFields.of(venue(), "", answer);
            if (message.text("status", Set.of("ok", "err")).equals("err")) {
                throw message.refusal("response", "must not be an error of the venue");
            }
            PayloadFields response = message.fields("response");
            response.unread(Kind.TEXT, "type");
            JsonNode data = response.has("data") ? response.node("data") : answer.get("response");
            response.end();
            message.end();
            return data;
        }
        return answer;
    }
}
