package io.bulwark.adapter.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.stream.Stream;

/** What a user account, or an answer of the gateway or the data interface of Drift says. */
public final class DriftFacts implements VenueDecoder {
    /** Names the adapter in refusals. */
    static final String VENUE = "drift";

    /** A text shorter than this is a word, not an account; longer ones answer for their length themselves. */
    private static final int TEXT_MIN = 300;

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(accounts(), DriftGateway.kinds(), DriftMarket.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields fields = PayloadFields.of(VENUE, "", answer);
        if (answer.has("error")) {
            throw fields.refusal("error", "must not be an error of the venue");
        }
        if (answer.has("success") && !fields.flag("success")) {
            throw fields.refusal("success", "must be true: anything else is an error of the venue");
        }
        if (answer.has("jsonrpc") && answer.has("result")) {
            return node(fields, sheet);
        }
        return answer;
    }

    /** A node's answer about one account, at the slot of its context. */
    private static JsonNode node(PayloadFields envelope, FactSheet sheet) {
        envelope.unread(Kind.TEXT, "jsonrpc").scalarOrAbsent("id");
        PayloadFields result = envelope.fields("result");
        envelope.end();
        PayloadFields context = result.fields("context");
        sheet.atHeight(context.whole("slot"));
        context.unread(Kind.TEXT, "apiVersion").end();
        PayloadFields value = result.fields("value");
        result.end();
        value.unread(Kind.FIGURE, "lamports", "rentEpoch", "space")
                .unread(Kind.TEXT, "owner")
                .unread(Kind.FLAG, "executable");
        JsonNode data = value.node("data");
        value.end();
        if (!data.isArray() || data.size() != 2 || !data.path(1).asText().equals("base64")) {
            throw value.refusal("data", "must be the bytes in base64 and the word base64");
        }
        return data.get(0);
    }

    private static List<PayloadKind> accounts() {
        return List.of(
                new PayloadKind(
                        "user account",
                        body -> body.isTextual() && body.textValue().length() >= TEXT_MIN,
                        (body, sheet) -> account("account", body.textValue(), sheet)),
                new PayloadKind(
                        "user accounts",
                        body -> body.isArray() && body.path(0).isTextual(),
                        (body, sheet) -> several("", body, sheet)),
                PayloadKind.one("user accounts", PayloadKind.having("accounts"), (fields, sheet) -> {
                    fields.unread(Kind.TEXT, "note");
                    several("accounts", fields.node("accounts"), sheet);
                }));
    }

    private static void account(String path, String base64, FactSheet sheet) {
        if (DriftStats.fits(base64)) {
            DriftStats.say(path, base64, sheet);
        } else {
            DriftAccount.say(path, DriftUser.of(path, base64), sheet);
        }
    }

    private static void several(String path, JsonNode accounts, FactSheet sheet) {
        sheet.rows(path, accounts, (at, account) -> {
            if (!account.isTextual()) {
                throw new PayloadRefused(VENUE, at, account.toString(), "must be a text in base64");
            }
            account(at, account.textValue(), sheet);
        });
    }
}
