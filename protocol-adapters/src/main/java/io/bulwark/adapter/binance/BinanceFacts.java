package io.bulwark.adapter.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a single answer or stream message of Binance says. */
public final class BinanceFacts implements VenueDecoder {
    static final String VENUE = "binance";

    /** What the venue's interfaces say of a request that they took. */
    private static final Set<String> DONE = Set.of("0", "200", "000000");

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(
                        BinanceSavings.kinds(),
                        BinanceRules.kinds(),
                        BinanceLists.kinds(),
                        BinanceAccount.kinds(),
                        BinanceMarket.kinds(),
                        BinanceTrading.kinds(),
                        BinanceTerms.kinds())
                .flatMap(List::stream)
                .toList();
    }

    /** A message of a stream that names itself. */
    static Predicate<JsonNode> event(String name) {
        return body -> body.path("e").asText().equals(name);
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return nonEmpty(answer);
        }
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer);
        if (answer.has("code") && (answer.has("msg") || answer.has("message"))) {
            if (!DONE.contains(answer.get("code").asText())) {
                throw envelope.refusal("code", "must not be an error of the venue");
            }
            if (!answer.has("data") && !answer.has("snapshotVos") && !answer.has("orderId")) {
                throw envelope.refusal("code", "must come with a fact: the answer says only that a request was taken");
            }
        }
        if (answer.has("snapshotVos")) {
            envelope.node("code");
            envelope.node("msg");
            return inner(envelope, "snapshotVos");
        }
        if (answer.has("stream") && answer.has("data")) {
            envelope.text("stream");
            return inner(envelope, "data");
        }
        if (answer.has("event") && answer.path("event").has("e")) {
            envelope.absentOr("subscriptionId", envelope::node);
            return inner(envelope, "event");
        }
        if (answer.has("result") && answer.has("status") && answer.has("id")) {
            for (String known : List.of("id", "status", "rateLimits")) {
                envelope.absentOr(known, envelope::node);
            }
            if (answer.path("status").asInt() != 200) {
                throw envelope.refusal("status", "must be 200, else the answer is an error of the venue");
            }
            return inner(envelope, "result");
        }
        for (String rows : List.of("rows", "orders", "subOrders")) {
            if (answer.has(rows) && answer.has("total")) {
                for (String known : List.of("total", "executedQty", "executedAmt")) {
                    envelope.absentOr(known, envelope::node);
                }
                return inner(envelope, rows);
            }
        }
        return answer;
    }

    private static JsonNode inner(PayloadFields envelope, String field) {
        JsonNode inner = envelope.node(field);
        envelope.end();
        return nonEmpty(inner);
    }

    private static JsonNode nonEmpty(JsonNode rows) {
        if (rows.isArray() && rows.isEmpty()) {
            throw new PayloadRefused(VENUE, "payload", "[]", "must hold a row (an empty answer is unknown, not zero)");
        }
        return rows;
    }
}
