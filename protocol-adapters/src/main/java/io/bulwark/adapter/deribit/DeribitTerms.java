package io.bulwark.adapter.deribit;

import static io.bulwark.adapter.fact.FactKind.CLOCK;
import static io.bulwark.adapter.fact.FactKind.FUNDING;
import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.MOVEMENT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.TRADE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What the venue says of its instruments, currencies, settlements and clock. */
final class DeribitTerms {
    private DeribitTerms() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> instrument = PayloadKind.having("instrument_name", "contract_size", "kind");
        Predicate<JsonNode> combo = PayloadKind.having("id", "legs", "state");
        Predicate<JsonNode> currency = PayloadKind.having("currency", "currency_long");
        return List.of(
                new PayloadKind(
                        "get_instrument",
                        instrument,
                        (body, sheet) -> sheet.one("", body, row -> instrument(row, sheet))),
                new PayloadKind(
                        "get_instruments",
                        PayloadKind.rows(instrument),
                        (body, sheet) -> sheet.each("", body, row -> instrument(row, sheet))),
                new PayloadKind(
                        "get_combo_details",
                        combo,
                        (body, sheet) -> sheet.one("", body, row -> combination(row, sheet))),
                new PayloadKind(
                        "get_combos",
                        PayloadKind.rows(combo),
                        (body, sheet) -> sheet.each("", body, row -> combination(row, sheet))),
                new PayloadKind(
                        "get_currencies",
                        PayloadKind.rows(currency),
                        (body, sheet) -> sheet.each("", body, row -> currency(row, sheet))),
                new PayloadKind("get_expirations", DeribitTerms::areExpirations, DeribitTerms::expirations),
                new PayloadKind(
                        "get_delivery_prices", PayloadKind.having("data", "records_total"), DeribitTerms::deliveries),
                new PayloadKind("get_last_settlements", PayloadKind.having("settlements"), DeribitTerms::settlements),
                new PayloadKind(
                        "get_contract_size",
                        body -> body.isObject() && body.size() == 1 && body.has("contract_size"),
                        (body, sheet) -> sheet.one(
                                "",
                                body,
                                row -> new FactRow(sheet, row, "the instrument of the question")
                                        .may(INSTRUMENT, "contract_size", "contract size", "size per contract"))),
                new PayloadKind("get_time", JsonNode::isIntegralNumber, DeribitTerms::time));
    }

    private static void instrument(PayloadFields fields, FactSheet sheet) {
        DeribitUnits units = DeribitUnits.of(fields, "instrument_name");
        FactRow row = new FactRow(sheet, fields, fields.text("instrument_name"))
                .said("kind", "instrument_type", "option_type", "settlement_currency", "settlement_period")
                .said("base_currency", "quote_currency", "counter_currency", "price_index", "is_active", "state");
        row.must(INSTRUMENT, "contract_size", "contract size", units.size() + " per contract")
                .may(INSTRUMENT, "strike", "strike", units.index())
                .may(INSTRUMENT, "expiration_timestamp", "expiry", "ms since 1970 UTC")
                .may(PARAMETER, "tick_size", "tick size", units.price())
                .may(PARAMETER, "min_trade_amount", "smallest trade", units.size())
                .ratio(PARAMETER, "max_leverage", "highest leverage")
                .ratio(PARAMETER, "max_non_default_leverage", "highest leverage by choice")
                .ratio(PARAMETER, "maker_commission", "maker commission")
                .ratio(PARAMETER, "taker_commission", "taker commission")
                .ratio(PARAMETER, "block_trade_commission", "commission of block trades")
                .ratio(PARAMETER, "max_liquidation_commission", "highest commission of liquidations")
                .may(PARAMETER, "block_trade_tick_size", "tick size of block trades", units.price())
                .may(PARAMETER, "block_trade_min_trade_amount", "smallest block trade", units.size());
        if (fields.has("tick_size_steps")) {
            sheet.each(
                    fields.pathOf("tick_size_steps"),
                    fields.node("tick_size_steps"),
                    step -> new FactRow(sheet, step, fields.text("instrument_name"))
                            .may(PARAMETER, "above_price", "tick size changes above", units.price())
                            .may(PARAMETER, "tick_size", "tick size above", units.price()));
        }
        fields.unread(Kind.FIGURE, "instrument_id", "creation_timestamp")
                .unread(Kind.TEXT, "future_type")
                .unread(Kind.FLAG, "rfq")
                .unread(Kind.ARRAY, "tick_size_steps");
    }

    private static void combination(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("id");
        new FactRow(sheet, fields, name)
                .said("state")
                .at(fields.whole("state_timestamp"))
                .terms(INSTRUMENT, "combination");
        sheet.each(
                fields.pathOf("legs"),
                fields.node("legs"),
                leg -> new FactRow(sheet, leg, name)
                        .word("leg", leg.text("instrument_name"))
                        .must(INSTRUMENT, "amount", "leg, of one combination", Figure.RATIO));
        fields.unread(Kind.FIGURE, "instrument_id", "creation_timestamp");
    }

    private static void currency(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("currency");
        new FactRow(sheet, fields, coin)
                .said("currency_long", "coin_type", "network_currency")
                .may(INSTRUMENT, "fee_precision", "decimals of fees", Figure.RATIO)
                .may(INSTRUMENT, "decimals", "decimals", Figure.RATIO)
                .may(PARAMETER, "withdrawal_fee", "withdrawal fee", coin)
                .may(PARAMETER, "network_fee", "network fee", coin)
                .may(PARAMETER, "min_withdrawal_fee", "smallest withdrawal fee", coin)
                .may(PARAMETER, "min_confirmations", "confirmations of a deposit", Figure.RATIO)
                .ratio(PARAMETER, "initial_haircut", "haircut of initial margin")
                .ratio(PARAMETER, "apr", "yield a year, per cent");
        fields.unread(Kind.ARRAY, "withdrawal_priorities")
                .unread(Kind.FLAG, "in_cross_collateral_pool", "disabled_deposit_address_creation");
    }

    private static boolean areExpirations(JsonNode body) {
        if (!body.isObject() || body.isEmpty()) {
            return false;
        }
        for (JsonNode member : body) {
            JsonNode inner =
                    member.isObject() && !member.isEmpty() ? member.iterator().next() : member;
            if (!inner.isArray() || inner.isEmpty() || !inner.get(0).isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static void expirations(JsonNode body, FactSheet sheet) {
        PayloadFields fields = PayloadFields.of(DeribitPayload.VENUE, "", body);
        for (String name : fields.names()) {
            if (fields.node(name).isObject()) {
                PayloadFields kinds = fields.fields(name);
                kinds.names().forEach(kind -> expiries(kinds, kind, name.toUpperCase(Locale.ROOT), sheet));
            } else {
                expiries(fields, name, "any", sheet);
            }
        }
    }

    private static void expiries(PayloadFields fields, String kind, String currency, FactSheet sheet) {
        for (String expiry : fields.texts(kind)) {
            sheet.add(Fact.words(INSTRUMENT, fields.pathOf(kind), currency, "expiry")
                    .with("kind", kind)
                    .with("expiry", expiry));
        }
    }

    private static void deliveries(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            fields.unread(Kind.FIGURE, "records_total");
            sheet.each(
                    "data",
                    fields.node("data"),
                    row -> new FactRow(sheet, row, "the index of the question")
                            .word("date", row.text("date"))
                            .must(PRICE, "delivery_price", "delivery price", "USD per coin"));
        });
    }

    private static void settlements(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            fields.unread(Kind.TEXT, "continuation");
            sheet.each("settlements", fields.node("settlements"), row -> settlement(row, sheet));
        });
    }

    private static void settlement(PayloadFields fields, FactSheet sheet) {
        boolean named = fields.has("instrument_name");
        String subject = named ? fields.text("instrument_name") : "the currency of the question";
        String coin = named ? DeribitUnits.of(fields, "instrument_name").settlement() : "coin";
        FactRow row = new FactRow(sheet, fields, subject)
                .at(fields.whole("timestamp"))
                .said("type");
        if (named) {
            DeribitUnits units = DeribitUnits.of(fields, "instrument_name");
            row.may(PRICE, "mark_price", "mark price", units.price())
                    .may(PRICE, "index_price", "index price", units.index())
                    .may(TRADE, "position", "size that was settled", units.size());
        }
        row.may(MOVEMENT, "profit_loss", "gain", coin)
                .may(MOVEMENT, "session_profit_loss", "gain of the session", coin)
                .may(MOVEMENT, "funding", "funding", coin)
                .may(MOVEMENT, "session_bankruptcy", "bankruptcies of the session", coin)
                .may(MOVEMENT, "session_tax", "paid into the insurance fund", coin)
                .may(MOVEMENT, "funded", "funded", coin)
                .may(MOVEMENT, "socialized", "socialised loss", coin)
                .ratio(FUNDING, "session_tax_rate", "rate of the tax");
    }

    private static void time(JsonNode body, FactSheet sheet) {
        if (!body.canConvertToLong() || body.longValue() <= 0) {
            throw new PayloadRefused(
                    DeribitPayload.VENUE, "result", body.toString(), "must be a time in milliseconds since 1970");
        }
        sheet.add(Fact.of(CLOCK, "", "venue", "time", Figure.of(Amount.of(body.longValue()), "ms since 1970 UTC"))
                .at(body.longValue()));
    }
}
