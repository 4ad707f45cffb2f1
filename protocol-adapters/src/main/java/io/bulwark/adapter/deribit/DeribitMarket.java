package io.bulwark.adapter.deribit;

import static io.bulwark.adapter.fact.FactKind.DEPTH;
import static io.bulwark.adapter.fact.FactKind.FUNDING;
import static io.bulwark.adapter.fact.FactKind.INTEREST;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SENSITIVITY;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.FactKind.TRADE;
import static io.bulwark.adapter.fact.FactKind.VOLATILITY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the market's payloads say: tickers, books, trades, indices, funding, candles. */
final class DeribitMarket {
    /** The venue's answers to a question about one instrument that do not repeat its name. */
    private static final String ASKED = "the instrument of the question";

    private DeribitMarket() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> named = PayloadKind.having("instrument_name");
        Predicate<JsonNode> book = PayloadKind.having("instrument_name", "bids", "asks");
        Predicate<JsonNode> trade = PayloadKind.having("trade_id", "trade_seq");
        Predicate<JsonNode> summary = PayloadKind.having("instrument_name", "base_currency", "mark_price");
        Predicate<JsonNode> mark = PayloadKind.having("instrument_name", "mark_price", "iv");
        Predicate<JsonNode> funding = PayloadKind.having("interest_1h", "interest_8h", "index_price");
        return List.of(
                PayloadKind.one("get_order_book, book", book, DeribitMarket::book),
                PayloadKind.one(
                        "ticker",
                        named.and(PayloadKind.having("mark_price", "stats"))
                                .and(PayloadKind.having("bids").negate()),
                        DeribitMarket::ticker),
                PayloadKind.one(
                        "quote",
                        PayloadKind.having("instrument_name", "best_bid_price", "best_ask_price")
                                .and(PayloadKind.having("mark_price").negate()),
                        DeribitMarket::ticker),
                PayloadKind.each("get_book_summary_by_currency", summary, DeribitMarket::ticker),
                new PayloadKind("get_last_trades", PayloadKind.having("trades", "has_more"), DeribitMarket::trades),
                PayloadKind.each("trades, user.trades", trade, DeribitMarket::trade),
                PayloadKind.each("markprice.options", mark.and(trade.negate()), DeribitMarket::ticker),
                PayloadKind.one(
                        "get_index_price",
                        PayloadKind.having("index_price", "estimated_delivery_price")
                                .and(named.negate()),
                        DeribitMarket::index),
                PayloadKind.one("deribit_price_index", PayloadKind.having("index_name", "price"), DeribitMarket::index),
                PayloadKind.one(
                        "deribit_volatility_index",
                        PayloadKind.having("index_name", "volatility"),
                        DeribitMarket::volatility),
                new PayloadKind(
                        "get_volatility_index_data",
                        PayloadKind.having("data", "continuation"),
                        DeribitMarket::volatilities),
                PayloadKind.each(
                        "incremental_book_L2",
                        PayloadKind.having("exchange", "symbol", "is_snapshot", "side"),
                        DeribitMarket::increment),
                new PayloadKind(
                        "get_index_chart_data, get_historical_volatility", DeribitMarket::arePoints, (body, sheet) -> {
                            throw new PayloadRefused(
                                    DeribitPayload.VENUE,
                                    "[0][1]",
                                    body.get(0).get(1).toString(),
                                    "must say what it measures: rows of an index and of a historical volatility are alike");
                        }),
                PayloadKind.each("get_funding_rate_history", funding, DeribitMarket::funding),
                PayloadKind.one("perpetual", PayloadKind.having("interest", "index_price"), DeribitMarket::perpetual),
                new PayloadKind(
                        "get_funding_rate_value",
                        body -> body.isNumber() && !body.isIntegralNumber(),
                        (body, sheet) -> sheet.add(Fact.of(
                                FUNDING, "", ASKED, "funding rate", Figure.ratio(Amount.of(body.decimalValue()))))),
                new PayloadKind(
                        "get_tradingview_chart_data", PayloadKind.having("ticks", "close"), DeribitMarket::chart),
                PayloadKind.one("chart.trades", PayloadKind.having("tick", "close", "cost"), DeribitMarket::candle));
    }

    private static boolean arePoints(JsonNode body) {
        return body.path(0).isArray()
                && body.get(0).size() == 2
                && body.get(0).get(0).asText().matches("\\d{13}");
    }

    private static void book(PayloadFields fields, FactSheet sheet) {
        DeribitUnits units = DeribitUnits.of(fields, "instrument_name");
        FactRow row = new FactRow(sheet, fields, fields.text("instrument_name"))
                .at(fields.whole("timestamp"))
                .said("type", "change_id", "prev_change_id");
        for (String side : List.of("bids", "asks")) {
            JsonNode levels = fields.node(side);
            boolean named = levels.isArray()
                    && !levels.isEmpty()
                    && levels.get(0).path(0).isTextual()
                    && levels.get(0).path(0).asText().matches("[a-z]+");
            row.levels(side, side.substring(0, 3), named ? 1 : 0, units.price(), units.size());
        }
        if (fields.has("mark_price")) {
            ticker(fields, sheet);
        }
    }

    /** A ticker, a quote, a summary of a book: all of them say some of these. */
    private static void ticker(PayloadFields fields, FactSheet sheet) {
        DeribitUnits units = DeribitUnits.of(fields, "instrument_name");
        FactRow row = new FactRow(sheet, fields, fields.text("instrument_name")).said("state");
        fields.absentOr("timestamp", fields::whole)
                .or(() -> fields.absentOr("creation_timestamp", fields::whole))
                .ifPresent(row::at);
        prices(row, units);
        row.may(PRICE, "underlying_price", "price of the underlying", "USD per " + units.base())
                .percent(VOLATILITY, "mark_iv", "mark volatility")
                .percent(VOLATILITY, "bid_iv", "bid volatility")
                .percent(VOLATILITY, "ask_iv", "ask volatility")
                .ratio(VOLATILITY, "iv", "mark volatility")
                .ratio(INTEREST, "interest_rate", "interest rate of the mark")
                .ratio(FUNDING, "current_funding", "funding rate")
                .ratio(FUNDING, "funding_8h", "funding rate of eight hours")
                .may(SIZE, "open_interest", "open interest", units.size());
        volumes(row, fields, units);
        fields.absentOr("stats", fields::fields).ifPresent(stats -> {
            FactRow day = new FactRow(sheet, stats, fields.text("instrument_name"));
            fields.absentOr("timestamp", fields::whole).ifPresent(day::at);
            day.may(PRICE, "high", "highest of the day", units.price())
                    .may(PRICE, "low", "lowest of the day", units.price());
            volumes(day, stats, units);
            stats.end();
        });
        fields.absentOr("greeks", fields::fields).ifPresent(greeks -> {
            FactRow senses = new FactRow(sheet, greeks, fields.text("instrument_name"));
            fields.absentOr("timestamp", fields::whole).ifPresent(senses::at);
            senses.may(SENSITIVITY, "delta", "delta", Figure.RATIO)
                    .may(SENSITIVITY, "gamma", "gamma", "1 per USD")
                    .may(SENSITIVITY, "vega", "vega", "USD per percentage point")
                    .may(SENSITIVITY, "theta", "theta", "USD per day")
                    .may(SENSITIVITY, "rho", "rho", "USD per percentage point");
            greeks.end();
        });
        fields.unread(Kind.FIGURE, "interest_value", "change_id", "price_change", "creation_timestamp")
                .unread(Kind.TEXT, "underlying_index", "quote_currency", "base_currency", "type", "state")
                .unread(Kind.TEXT, "combo_state")
                .unread(Kind.TEXT, "", "currency", "expire_date", "option_type")
                .unread(Kind.FIGURE, "strike_price");
    }

    private static void prices(FactRow row, DeribitUnits units) {
        String price = units.price();
        row.may(PRICE, "mark_price", "mark price", price)
                .may(PRICE, "index_price", "index price", units.index())
                .may(PRICE, "last_price", "last price", price)
                .may(PRICE, "last", "last price", price)
                .may(PRICE, "mid_price", "mid price", price)
                .may(PRICE, "bid_price", "best bid", price)
                .may(PRICE, "ask_price", "best ask", price)
                .may(PRICE, "best_bid_price", "best bid", price)
                .may(PRICE, "best_ask_price", "best ask", price)
                .may(DEPTH, "best_bid_amount", "best bid amount", units.size())
                .may(DEPTH, "best_ask_amount", "best ask amount", units.size())
                .may(PRICE, "settlement_price", "settlement price", price)
                .may(PRICE, "delivery_price", "delivery price", units.index())
                .may(PRICE, "estimated_delivery_price", "estimated delivery price", units.index())
                .may(PRICE, "min_price", "lowest price allowed", price)
                .may(PRICE, "max_price", "highest price allowed", price)
                .may(PRICE, "high", "highest of the day", price)
                .may(PRICE, "low", "lowest of the day", price);
    }

    private static void volumes(FactRow row, PayloadFields fields, DeribitUnits units) {
        row.may(SIZE, "volume", "volume of the day", units.base())
                .may(SIZE, "volume_usd", "volume of the day in USD", "USD")
                .may(SIZE, "volume_notional", "volume of the day, notional", units.quote())
                .percent(PRICE, "price_change", "change of the day");
        fields.unread(Kind.FIGURE, "price_change");
    }

    private static void trades(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            fields.unread(Kind.FLAG, "has_more");
            sheet.each("trades", fields.node("trades"), row -> trade(row, sheet));
        });
    }

    /** A trade of the market, or of an account where it names an order. */
    static void trade(PayloadFields fields, FactSheet sheet) {
        DeribitUnits units = DeribitUnits.of(fields, "instrument_name");
        long time = fields.whole("timestamp");
        Fact fact = Fact.of(
                        TRADE,
                        fields.pathOf("amount"),
                        fields.text("instrument_name"),
                        "amount",
                        Figure.of(fields.figure("amount"), units.size()))
                .with("price", Figure.of(fields.figure("price"), units.price()))
                .with("mark price", money(fields, "mark_price", units.price()))
                .with("index price", money(fields, "index_price", units.index()))
                .with("volatility", fields.absentOr("iv", fields::figure).map(Figure::percent));
        if (fields.has("fee")) {
            fact = fact.with("fee", Figure.of(fields.figure("fee"), fields.text("fee_currency")));
        }
        fields.unread(Kind.TEXT, "fee_currency");
        for (String word : List.of("direction", "trade_id", "liquidation", "order_id", "liquidity", "role", "state")) {
            if (fields.has(word)) {
                fact = fact.with(word.replace('_', ' '), fields.scalar(word));
            }
        }
        sheet.add(fact.at(time));
        if (fields.has("legs")) {
            sheet.each(fields.pathOf("legs"), fields.node("legs"), leg -> trade(leg, sheet));
        }
        fields.unread(Kind.FIGURE, "trade_seq", "tick_direction", "contracts", "block_trade_leg_count", "user_id")
                .unread(Kind.FIGURE, "profit_loss", "underlying_price", "commission", "block_rfq_id")
                .unread(Kind.TEXT, "combo_id", "combo_trade_id", "block_trade_id", "matching_id", "order_type")
                .unread(Kind.TEXT, "label", "self_trade", "settlement_period", "trade_allocations", "advanced")
                .unread(Kind.FLAG, "post_only", "reduce_only", "mmp", "api", "self_trade", "risk_reducing");
    }

    private static Optional<Figure> money(PayloadFields fields, String field, String unit) {
        return fields.absentOr(field, fields::figure).map(value -> Figure.of(value, unit));
    }

    private static void index(PayloadFields fields, FactSheet sheet) {
        Optional<String> name = fields.absentOr("index_name", fields::text);
        String unit = name.map(DeribitUnits::indexPrice).orElse("USD per coin");
        FactRow row = new FactRow(sheet, fields, name.orElse("the index of the question"));
        fields.absentOr("timestamp", fields::whole).ifPresent(row::at);
        row.may(PRICE, "price", "index price", unit)
                .may(PRICE, "index_price", "index price", unit)
                .may(PRICE, "estimated_delivery_price", "estimated delivery price", unit);
    }

    private static void volatility(PayloadFields fields, FactSheet sheet) {
        new FactRow(sheet, fields, fields.text("index_name"))
                .at(fields.whole("timestamp"))
                .percent(VOLATILITY, "volatility", "index volatility");
        fields.unread(Kind.FIGURE, "estimated_delivery");
    }

    private static void volatilities(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            fields.unread(Kind.FIGURE, "continuation");
            sheet.tuples(
                    "data",
                    fields.node("data"),
                    row -> new FactRow(sheet, row, "the index of the question")
                            .at(row.whole("0"))
                            .percent(VOLATILITY, "1", "first index volatility")
                            .percent(VOLATILITY, "2", "highest index volatility")
                            .percent(VOLATILITY, "3", "lowest index volatility")
                            .percent(VOLATILITY, "4", "last index volatility"));
        });
    }

    private static void funding(PayloadFields fields, FactSheet sheet) {
        new FactRow(sheet, fields, ASKED)
                .at(fields.whole("timestamp"))
                .ratio(FUNDING, "interest_1h", "funding rate of one hour")
                .ratio(FUNDING, "interest_8h", "funding rate of eight hours")
                .may(PRICE, "index_price", "index price", "USD per coin")
                .may(PRICE, "prev_index_price", "index price an hour before", "USD per coin");
    }

    private static void perpetual(PayloadFields fields, FactSheet sheet) {
        boolean named = fields.has("instrument_name");
        String unit = named ? DeribitUnits.of(fields, "instrument_name").index() : "USD per coin";
        new FactRow(sheet, fields, named ? fields.text("instrument_name") : ASKED)
                .at(fields.whole("timestamp"))
                .ratio(FUNDING, "interest", "funding rate of eight hours")
                .may(PRICE, "index_price", "index price", unit);
    }

    /** A row of an exported stream of changes to a book: how much stands at a price from then on. Times in microseconds. */
    private static void increment(PayloadFields fields, FactSheet sheet) {
        fields.text("exchange", Set.of(DeribitPayload.VENUE));
        DeribitUnits units = DeribitUnits.of(fields, "symbol");
        String side = fields.text("side", Set.of("bid", "ask"));
        sheet.add(Fact.of(
                        DEPTH,
                        fields.pathOf("amount"),
                        fields.text("symbol"),
                        side,
                        Figure.of(fields.figure("amount"), units.size()))
                .with("price", Figure.of(fields.figure("price"), units.price()))
                .with("snapshot", fields.scalar("is_snapshot"))
                .at(fields.whole("timestamp") / 1_000));
        fields.unread(Kind.FIGURE, "local_timestamp");
    }

    /** Columns of equal length: one candle for each tick. */
    private static void chart(JsonNode body, FactSheet sheet) {
        PayloadFields fields = PayloadFields.of(DeribitPayload.VENUE, "", body);
        fields.text("status", Set.of("ok", "no_data"));
        int length = fields.node("ticks").size();
        List<String> columns = List.of("ticks", "open", "high", "low", "close", "volume", "cost");
        for (String column : columns) {
            if (!fields.node(column).isArray() || fields.node(column).size() != length) {
                throw fields.refusal(column, "must have as many entries as ticks, " + length);
            }
        }
        fields.end();
        for (int i = 0; i < length; i++) {
            ObjectNode candle = JsonNodeFactory.instance.objectNode();
            for (String column : columns) {
                candle.set(
                        column.equals("ticks") ? "tick" : column,
                        body.get(column).get(i));
            }
            sheet.one("[" + i + "]", candle, row -> candle(row, sheet));
        }
    }

    private static void candle(PayloadFields fields, FactSheet sheet) {
        boolean named = fields.has("instrument_name");
        String unit = named ? DeribitUnits.of(fields, "instrument_name").price() : "quote per base";
        String subject = named ? fields.text("instrument_name") : ASKED;
        String base = named ? DeribitUnits.of(fields, "instrument_name").base() : "base";
        new FactRow(sheet, fields, subject)
                .at(fields.whole("tick"))
                .may(PRICE, "open", "first price", unit)
                .may(PRICE, "high", "highest price", unit)
                .may(PRICE, "low", "lowest price", unit)
                .may(PRICE, "close", "last price", unit)
                .may(SIZE, "volume", "volume", base)
                .may(
                        SIZE,
                        "cost",
                        "turnover",
                        named ? DeribitUnits.of(fields, "instrument_name").size() : "quote");
    }
}
