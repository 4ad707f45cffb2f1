package io.bulwark.adapter.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a single answer or stream message of Bybit v5 says. */
public final class BybitFacts implements VenueDecoder {
    static final String VENUE = "bybit";

    private static final String[] ENVELOPE = {
        "retMsg",
        "retExtInfo",
        "id",
        "topic",
        "type",
        "cs",
        "cts",
        "op",
        "connId",
        "reqId",
        "success",
        "ret_msg",
        "conn_id",
        "req_id",
        "category",
        "header"
    };

    /** What may stand beside a list of rows and says nothing of them, or the same of each. */
    private static final Set<String> BESIDE_ROWS = Set.of(
            "category", "symbol", "nextPageCursor", "list", "rows", "updatedTime", "success", "baseCoin", "result");

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(BybitAccount.kinds(), BybitMarket.kinds(), BybitTrading.kinds(), BybitTerms.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (answer.has("ret_code")) {
            throw PayloadFields.of(VENUE, "", answer)
                    .refusal("ret_code", "must not be there: interfaces before V5 are closed, and their units differ");
        }
        if (!answer.isObject() || !(answer.has("retCode") || answer.has("topic") || answer.has("ret_msg"))) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer).recorded();
        envelope.absentOr("retCode", envelope::integer)
                .filter(code -> code != 0)
                .ifPresent(code -> {
                    throw envelope.refusal("retCode", "must be 0, else the answer is an error of the venue");
                });
        if (answer.path("success").isBoolean() && !answer.path("success").booleanValue()) {
            throw envelope.refusal("success", "must be true, else the answer is an error of the venue");
        }
        for (String known : ENVELOPE) {
            envelope.absentOr(known, envelope::node);
        }
        for (String time : new String[] {"time", "ts", "creationTime"}) {
            envelope.blankOr(time, envelope::whole).ifPresent(sheet::at);
        }
        JsonNode result = envelope.node(answer.has("result") ? "result" : "data");
        envelope.end();
        if (answer.path("topic").asText().startsWith("kline.")) {
            return withSymbol(result, answer.path("topic").asText());
        }
        return rows(result);
    }

    /** A candle of a stream is named by its channel alone. */
    private static JsonNode withSymbol(JsonNode rows, String topic) {
        ArrayNode named = JsonNodeFactory.instance.arrayNode();
        String symbol = topic.substring(topic.lastIndexOf('.') + 1);
        rows.forEach(row -> named.add(row.isObject() ? ((ObjectNode) row.deepCopy()).put("symbol", symbol) : row));
        return named;
    }

    /** The rows of a list, each with the category and symbol that stand beside the list. */
    private static JsonNode rows(JsonNode result) {
        JsonNode list = Stream.of("list", "rows", "result")
                .filter(result::has)
                .map(result::get)
                .findFirst()
                .orElse(result);
        if (!result.isObject() || !list.isArray()) {
            return nonEmpty(result);
        }
        if (!list.isEmpty() && list.get(0).isArray()) {
            return result;
        }
        for (String name : (Iterable<String>) result::fieldNames) {
            if (!BESIDE_ROWS.contains(name)) {
                return result;
            }
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (JsonNode row : list) {
            if (row.isObject()) {
                ObjectNode full = row.deepCopy();
                // Recordings of a client that hands pages on row by row put the page's mark into every row.
                full.remove("nextPageCursor");
                for (String shared : List.of("category", "symbol", "updatedTime")) {
                    if (result.has(shared) && !full.has(shared)) {
                        full.set(shared, result.get(shared));
                    }
                }
                rows.add(full);
            } else {
                rows.add(row);
            }
        }
        return nonEmpty(rows);
    }

    private static JsonNode nonEmpty(JsonNode rows) {
        if (rows.isEmpty() && rows.isContainerNode()) {
            throw new PayloadRefused(
                    VENUE, "result", rows.toString(), "must hold a row (an empty answer is unknown, not zero)");
        }
        return rows;
    }
}
