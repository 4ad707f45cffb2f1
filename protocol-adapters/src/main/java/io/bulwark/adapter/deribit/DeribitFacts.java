package io.bulwark.adapter.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.deribit.DeribitPayload.Position;
import io.bulwark.adapter.deribit.DeribitPayload.Summary;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueFacts;
import java.util.List;

/** What a single answer or stream message of Deribit says. Sizes of options are in the coin, of inverse futures in USD; marks of options in the coin; volatilities in per cent. */
public final class DeribitFacts implements VenueFacts {
    @Override
    public String venue() {
        return DeribitPayload.VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return List.of(
                new PayloadKind("position", PayloadKind.having("instrument_name", "size", "direction"), this::position),
                new PayloadKind(
                        "get_positions",
                        PayloadKind.rows(PayloadKind.having("instrument_name", "size", "direction")),
                        this::positions),
                new PayloadKind("get_account_summaries", PayloadKind.having("summaries"), this::summaries));
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject() || !answer.has("jsonrpc")) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(venue(), "", answer);
        envelope.unread(Kind.NUMBER, "id", "usIn", "usDiff")
                .unread(Kind.TEXT, "jsonrpc")
                .unread(Kind.FLAG, "testnet");
        if (envelope.has("error")) {
            PayloadFields error = envelope.fields("error");
            throw error.refusal("message", "must not be an error of the venue");
        }
        envelope.absentOr("usOut", envelope::integer).ifPresent(micros -> sheet.at(micros / 1_000));
        if (envelope.absentOr("method", envelope::text).isPresent()) {
            PayloadFields params = envelope.fields("params");
            envelope.end();
            params.text("channel");
            JsonNode data = params.node("data");
            params.end();
            return data;
        }
        JsonNode result = envelope.node("result");
        envelope.end();
        return result;
    }

    private void positions(JsonNode body, FactSheet sheet) {
        for (int i = 0; i < body.size(); i++) {
            JsonNode row = body.get(i);
            String path = "[" + i + "]";
            sheet.row(() -> position(path, row, sheet));
        }
    }

    private void position(JsonNode body, FactSheet sheet) {
        position("", body, sheet);
    }

    private void position(String path, JsonNode row, FactSheet sheet) {
        PayloadFields fields = PayloadFields.of(venue(), path, row);
        Position position = Position.of(fields);
        fields.end();
        String coin = position.instrument().split("[-_]", 2)[0];
        Figure size = Figure.of(position.size(), position.option() ? coin : "USD");
        sheet.add(Fact.of(FactKind.POSITION, fields.pathOf("size"), position.instrument(), "size", size)
                .with(
                        "mark price",
                        Figure.of(position.markPrice(), position.option() ? coin + " per " + coin : "USD per " + coin))
                .with(
                        "settlement price",
                        position.settlementPrice().map(price -> Figure.of(price, "USD per " + coin))));
    }

    private void summaries(JsonNode body, FactSheet sheet) {
        for (Summary summary : Summary.of(body)) {
            sheet.add(Fact.of(
                    FactKind.COLLATERAL,
                    "summaries",
                    summary.currency(),
                    "balance and realised",
                    Figure.of(summary.coins(), summary.currency())));
        }
    }
}
