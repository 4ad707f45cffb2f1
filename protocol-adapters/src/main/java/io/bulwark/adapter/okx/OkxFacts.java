package io.bulwark.adapter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.stream.Stream;

/** What a single answer or stream message of OKX v5 says. */
public final class OkxFacts implements VenueDecoder {
    static final String VENUE = "okx";

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(OkxAccount.kinds(), OkxMarket.kinds(), OkxTrading.kinds(), OkxTerms.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        boolean refusal = answer.has("code") && answer.has("msg") && !answer.has("ordId");
        if (!answer.isObject() || !(answer.has("data") || refusal)) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer);
        envelope.blankOr("code", envelope::text)
                .filter(code -> !code.equals("0"))
                .ifPresent(code -> {
                    throw envelope.refusal("code", "must be 0, else the answer is an error of the venue");
                });
        for (String known : new String[] {
            "msg",
            "inTime",
            "outTime",
            "action",
            "event",
            "connId",
            "id",
            "op",
            "arg",
            "eventType",
            "curPage",
            "lastPage"
        }) {
            envelope.absentOr(known, envelope::node);
        }
        JsonNode data = envelope.node("data");
        envelope.end();
        if (data.isArray() && data.isEmpty()) {
            throw new PayloadRefused(VENUE, "data", "[]", "must hold a row (an empty answer is unknown, not zero)");
        }
        return OkxMarket.named(answer, data);
    }
}
