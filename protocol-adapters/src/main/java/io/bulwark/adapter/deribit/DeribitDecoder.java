package io.bulwark.adapter.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a single answer or stream message of Deribit says: JSON numbers, some in scientific notation; sizes of options in the coin and of
 * inverse futures in USD, short negative; marks of options in the coin; volatilities in per cent. What its fields mean stands in
 * {@code deribit.csv}.
 */
public final class DeribitDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "deribit";

    /** Coins are shown with eight places; the identity adds four of them. */
    private static final Amount TOLERANCE = Amount.of("0.00000004");

    /** Half of the last place, and what the mark's own last place adds. */
    private static final Amount COIN_TOLERANCE = Amount.of("0.000000001");

    /** The average's last place, twice. */
    private static final Amount AVERAGE_TOLERANCE = Amount.of("0.02");

    private static final Set<String> DIRECTIONS = Set.of("buy", "sell", "zero");
    private static final List<String> COLUMNS = List.of("ticks", "open", "high", "low", "close", "volume", "cost");
    private static final Set<String> GAINS = Set.of(("equity,options_value,session_rpl,session_upl,futures_session_rpl,"
                    + "futures_session_upl,options_session_rpl,options_session_upl,futures_pl,options_pl,total_pl,"
                    + "fee_balance,locked_balance,spot_reserve,additional_reserve")
            .split(",", -1));

    private static final Glossary WORDS = Glossary.of(DeribitDecoder.class, "deribit.csv")
            .naming("instrument", fields -> DeribitUnits.instrument(fields, "instrument_name"))
            .naming("symbol", fields -> DeribitUnits.instrument(fields, "symbol"))
            .naming("log entry", DeribitUnits::logEntry)
            .naming("index", DeribitUnits::index)
            .naming(
                    "asked",
                    fields -> DeribitUnits.named(
                            fields,
                            "the instrument of the question",
                            Map.of("Q", "quote", "B", "base", "N", "quote", "I", "USD per coin")))
            .naming(
                    "settled",
                    fields -> DeribitUnits.named(fields, "the currency of the question", Map.of("S", "coin")))
            .told(
                    "movements",
                    body -> PayloadKind.rows(PayloadKind.having("amount", "currency"))
                            .test(body.path("data")))
            .told("points", DeribitDecoder::arePoints)
            .told("rate", body -> body.isNumber() && !body.isIntegralNumber())
            .told("expirations", DeribitDecoder::areExpirations)
            .told("contract size alone", body -> body.size() == 1)
            .told("whole number", JsonNode::isIntegralNumber)
            .body("points", (body, sheet) -> {
                throw new PayloadRefused(
                        VENUE,
                        "[0][1]",
                        body.get(0).get(1).toString(),
                        "must say what it measures: rows of an index and of a historical volatility are alike");
            })
            .body(
                    "get_funding_rate_value",
                    (body, sheet) -> sheet.add(Fact.of(
                            FactKind.FUNDING,
                            "",
                            "the instrument of the question",
                            "funding rate",
                            Figure.ratio(Amount.of(body.decimalValue())))))
            .body("get_tradingview_chart_data", DeribitDecoder::chart)
            .body("get_expirations", DeribitDecoder::expirations)
            .body("get_time", (body, sheet) -> sheet.clock(body))
            .step("position", DeribitDecoder::position)
            .step("coins", DeribitDecoder::coins)
            .step("restated", DeribitDecoder::restated)
            .step("gains", DeribitDecoder::gains)
            .step(
                    "liquidation ratios",
                    row -> row.byName(
                            FactKind.ACCOUNT, "estimated_liquidation_ratio_map", "liquidation ratio", Figure.RATIO))
            .step("sensitivities", read("sensitivities"))
            .step("simulated sensitivities", read("simulated sensitivities"))
            .step("sensitivities by index", DeribitDecoder::sensitivitiesByIndex)
            .step("price", DeribitDecoder::price)
            .step("traded entry", ofAnInstrument("traded entry"))
            .step("settled instrument", ofAnInstrument("settled instrument"))
            .step("book", DeribitDecoder::book)
            .step("told to a house", DeribitDecoder::toldToAHouse)
            .step("index told to a house", DeribitDecoder::indexToldToAHouse)
            .step(
                    "fee",
                    row -> row.fields()
                            .absentOr("fee", row.fields()::numberOrText)
                            .ifPresent(fee -> row.beside(
                                    "fee", Figure.of(fee, row.fields().text("fee_currency")))))
            .step("change", DeribitDecoder::change)
            .build();

    /** It holds nothing but its glossary. */
    static final DeribitDecoder INSTANCE = new DeribitDecoder();

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    @Override
    public List<VenueStanding> standings(FactSheet said) {
        return DeribitStanding.of(said);
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject() || !answer.has("jsonrpc")) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer);
        envelope.unread(Kind.FIGURE, "id", "usIn", "usDiff")
                .unread(Kind.TEXT, "jsonrpc")
                .unread(Kind.FLAG, "testnet");
        if (envelope.has("error")) {
            throw envelope.fields("error").refusal("message", "must not be an error of the venue");
        }
        envelope.absentOr("usOut", envelope::whole).ifPresent(micros -> sheet.at(micros / 1_000));
        if (envelope.has("method")) {
            envelope.text("method", Set.of("subscription"));
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

    /** What an answer of the venue says, nothing of it refused. */
    static FactSheet decoded(String kind, byte[] answer) {
        return INSTANCE.decode(kind, answer).whole();
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

    /** Reads more of a row, without the words of the lines above. */
    private static Consumer<FactRow> read(String table) {
        return row -> WORDS.read(row.inner(row.fields()), table);
    }

    private static Consumer<FactRow> ofAnInstrument(String table) {
        return row -> {
            if (row.fields().has("instrument_name")) {
                WORDS.read(row, table);
            }
        };
    }

    private static void position(FactRow row) {
        PayloadFields fields = row.fields();
        fields.text("kind", Set.of("option", "future"));
        Amount size = fields.numberOrText("size");
        String direction = fields.text("direction", DIRECTIONS);
        int sign = direction.equals("buy") ? 1 : direction.equals("sell") ? -1 : 0;
        if (size.signum() != sign) {
            throw fields.refusal("size", "must have the sign of its direction " + direction);
        }
        Amount mark = fields.numberOrText("mark_price");
        fields.numberOrText("floating_profit_loss");
        if (sign == 0) {
            fields.unreadRest();
            return;
        }
        if (row.unit("{N}").equals("USD")) {
            requireGains(fields, size, mark);
        }
        WORDS.read(row, "open position");
    }

    /**
     * What an inverse future has gained: {@code floating = size · (1/settlement − 1/mark)} and
     * {@code total = size · (1/average − 1/mark)}, without dividing: both sides times both prices. The average is shown with two
     * places, which moves the gain of a large position. {@code size_currency = size / mark}, shown with nine places.
     */
    private static void requireGains(PayloadFields fields, Amount size, Amount mark) {
        requireGain(fields, "floating_profit_loss", "settlement_price", size, mark, Amount.ZERO);
        fields.absentOr("size_currency", fields::numberOrText).ifPresent(coins -> {
            if (isOff(coins.times(mark), size, COIN_TOLERANCE.times(mark))) {
                throw fields.refusal("size_currency", "must be size / mark_price");
            }
        });
        if (fields.has("total_profit_loss") && fields.has("average_price")) {
            requireGain(
                    fields,
                    "total_profit_loss",
                    "average_price",
                    size,
                    mark,
                    size.abs().times(AVERAGE_TOLERANCE));
        }
    }

    private static void requireGain(
            PayloadFields fields, String field, String since, Amount size, Amount mark, Amount shown) {
        Amount from = fields.numberOrText(since);
        Amount prices = from.times(mark);
        Amount gain = size.times(mark.minus(from));
        Amount stated = fields.numberOrText(field).times(prices);
        if (isOff(stated, gain, TOLERANCE.times(prices).plus(shown))) {
            throw fields.refusal(field, "must be size * (1/" + since + " - 1/mark_price)");
        }
    }

    private static boolean isOff(Amount stated, Amount computed, Amount tolerance) {
        return stated.minus(computed).abs().compareTo(tolerance) > 0;
    }

    /** The coins that stand behind the positions: the balance after the last settlement, and what this session's trades made or lost. */
    private static void coins(FactRow row) {
        PayloadFields fields = row.fields();
        Amount coins = fields.numberOrText("balance").plus(fields.numberOrText("session_rpl"));
        Amount options = fields.numberOrText("options_value");
        Amount parts = coins.plus(futures(fields, options)).plus(options);
        if (isOff(fields.numberOrText("equity"), parts, TOLERANCE)) {
            throw fields.refusal(
                    "equity", "must be balance + session_rpl + futures_session_upl + options_value = " + parts);
        }
        row.holding("balance", "balance and realised", Figure.of(coins, row.subject()));
    }

    /** What futures gained in this session: said by itself, or, where there are no options, what all gained. */
    private static Amount futures(PayloadFields fields, Amount options) {
        return fields.absentOr("futures_session_upl", fields::numberOrText).orElseGet(() -> {
            if (options.signum() != 0) {
                throw fields.refusal("futures_session_upl", "is missing (absent is not zero)");
            }
            return fields.numberOrText("session_upl");
        });
    }

    private static void restated(FactRow row) {
        PayloadFields fields = row.fields();
        if (fields.absentOr("cross_collateral_enabled", fields::flag).orElse(false)) {
            row.word("says", "the whole portfolio, restated in " + row.subject());
        }
    }

    private static void gains(FactRow row) {
        for (String name : row.fields().names()) {
            if (GAINS.contains(name)) {
                row.may(FactKind.ACCOUNT, name, name.replace('_', ' '), row.subject());
            }
        }
    }

    private static void sensitivitiesByIndex(FactRow row) {
        row.byName(FactKind.SENSITIVITY, "delta_total_map", "delta", row.subject())
                .byName(FactKind.SENSITIVITY, "options_gamma_map", "gamma of options", row.unit("{} per USD"))
                .byName(FactKind.SENSITIVITY, "options_vega_map", "vega of options", "USD per percentage point")
                .byName(FactKind.SENSITIVITY, "options_theta_map", "theta of options", "USD per day");
    }

    /** An order's price, or that it goes at the market's. */
    private static void price(FactRow row) {
        PayloadFields fields = row.fields();
        if (fields.node("price").asText().equals("market_price")) {
            row.beside("price", "market");
        } else {
            row.beside("price", Figure.of(fields.numberOrText("price"), row.unit("{Q} per {B}")));
        }
    }

    /** Levels are pairs, or triples that begin with what was done to them. */
    private static void book(FactRow row) {
        PayloadFields fields = row.fields();
        for (String side : List.of("bids", "asks")) {
            JsonNode first = fields.node(side).path(0).path(0);
            boolean named = first.isTextual() && first.asText().matches("[a-z]+");
            row.levels(side, side.substring(0, 3), named ? 1 : 0, row.unit("{Q} per {B}"), row.unit("{N}"));
        }
        if (fields.has("mark_price")) {
            read("quoted").accept(row);
        }
    }

    /** A house is told mark and volatility of every option, and when they were. */
    private static void toldToAHouse(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.fields().number("mark_price");
            row.fields().number("mark_iv");
            row.fields().integer("creation_timestamp");
        }
    }

    /** Marks of options are worth what the index says. */
    private static void indexToldToAHouse(FactRow row) {
        if (!row.sheet().isRecorded() && row.fields().number("index_price").signum() <= 0) {
            throw row.fields().refusal("index_price", "must be > 0");
        }
    }

    /** Times in microseconds. */
    private static void change(FactRow row) {
        PayloadFields fields = row.fields();
        Figure price = Figure.of(fields.numberOrText("price"), row.unit("{Q} per {B}"));
        row.at(fields.whole("timestamp") / 1_000)
                .fact(
                        FactKind.DEPTH,
                        "amount",
                        fields.text("side", Set.of("bid", "ask")),
                        Figure.of(fields.numberOrText("amount"), row.unit("{N}")),
                        Map.of("price", price));
    }

    private static boolean arePoints(JsonNode body) {
        return body.path(0).isArray()
                && body.get(0).size() == 2
                && body.get(0).get(0).asText().matches("\\d{13}");
    }

    /** Columns of equal length: one candle for each tick. */
    private static void chart(JsonNode body, FactSheet sheet) {
        PayloadFields fields = PayloadFields.of(VENUE, "", body);
        fields.text("status", Set.of("ok", "no_data"));
        int length = fields.node("ticks").size();
        for (String column : COLUMNS) {
            if (!fields.node(column).isArray() || fields.node(column).size() != length) {
                throw fields.refusal(column, "must have as many entries as ticks, " + length);
            }
        }
        fields.end();
        for (int i = 0; i < length; i++) {
            ObjectNode candle = JsonNodeFactory.instance.objectNode();
            for (String column : COLUMNS) {
                candle.set(column.replace("ticks", "tick"), body.get(column).get(i));
            }
            sheet.one("[" + i + "]", candle, row -> WORDS.read(sheet, row, "chart.trades"));
        }
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
        PayloadFields fields = PayloadFields.of(VENUE, "", body);
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
            sheet.add(Fact.words(FactKind.INSTRUMENT, fields.pathOf(kind), currency, "expiry")
                    .with("kind", kind)
                    .with("expiry", expiry));
        }
    }
}
