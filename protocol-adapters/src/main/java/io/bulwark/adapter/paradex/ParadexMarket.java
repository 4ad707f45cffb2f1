package io.bulwark.adapter.paradex;

import static io.bulwark.adapter.fact.FactKind.CLOCK;
import static io.bulwark.adapter.fact.FactKind.DEPTH;
import static io.bulwark.adapter.fact.FactKind.FUNDING;
import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SENSITIVITY;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.FactKind.VOLATILITY;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Markets, summaries, books, funding, candles, the clock. */
final class ParadexMarket {
    private ParadexMarket() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> summary = PayloadKind.having("symbol", "mark_price");
        Predicate<JsonNode> funding = PayloadKind.having("market", "funding_index");
        return List.of(
                PayloadKind.each("markets", PayloadKind.having("symbol", "price_tick_size"), ParadexMarket::market),
                PayloadKind.one("markets/summary", summary, ParadexMarket::summary),
                PayloadKind.each("markets/summary", summary, ParadexMarket::summary),
                PayloadKind.one("orderbook", PayloadKind.having("market", "bids", "asks"), ParadexMarket::book),
                PayloadKind.one("order_book", PayloadKind.having("market", "inserts"), ParadexMarket::changes),
                PayloadKind.one("bbo", PayloadKind.having("market", "bid", "ask"), ParadexMarket::best),
                PayloadKind.one("funding data", funding, ParadexMarket::funding),
                PayloadKind.each("funding data", funding, ParadexMarket::funding),
                new PayloadKind(
                        "markets/klines", body -> body.isArray() && body.path(0).isArray(), ParadexMarket::candles),
                PayloadKind.one(
                        "system/time",
                        PayloadKind.having("server_time"),
                        (fields, sheet) -> new FactRow(sheet, fields, "venue")
                                .at(fields.whole("server_time"))
                                .must(CLOCK, "server_time", "time", "ms since 1970 UTC")));
    }

    private static void market(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("symbol");
        String base = fields.text("base_currency");
        String price = ParadexFacts.price(name);
        new FactRow(sheet, fields, name)
                .said(
                        "asset_kind",
                        "quote_currency",
                        "settlement_currency",
                        "market_kind",
                        "option_type",
                        "oracle_feed")
                .terms(INSTRUMENT, "instrument")
                .may(INSTRUMENT, "strike_price", "strike", price)
                .may(INSTRUMENT, "expiry_at", "expiry, 0 for none", "ms since 1970 UTC")
                .may(PARAMETER, "order_size_increment", "step of sizes", base)
                .may(PARAMETER, "price_tick_size", "tick size", price)
                .may(PARAMETER, "min_notional", "least notional", "USD")
                .may(PARAMETER, "position_limit", "largest position", base)
                .may(PARAMETER, "max_order_size", "largest order", base)
                .may(PARAMETER, "max_open_orders", "most open orders", Figure.RATIO)
                .ratio(PARAMETER, "price_bands_width", "width of price bands")
                .ratio(PARAMETER, "max_funding_rate", "highest funding rate")
                .ratio(PARAMETER, "max_funding_rate_change", "highest change of the funding rate")
                .ratio(PARAMETER, "max_tob_spread", "widest spread")
                .ratio(PARAMETER, "interest_rate", "interest part of the funding rate")
                .ratio(PARAMETER, "clamp_rate", "clamp of the funding rate")
                .may(PARAMETER, "funding_period_hours", "funding interval", "hours")
                .may(PARAMETER, "funding_multiplier", "funding multiplier", Figure.RATIO);
        for (String kind : List.of("delta1_cross_margin_params", "option_cross_margin_params")) {
            fields.absentOr(kind, fields::fields).ifPresent(params -> {
                FactRow row = new FactRow(sheet, params, name);
                row.ratio(PARAMETER, "imf_base", "initial margin fraction")
                        .may(PARAMETER, "imf_shift", "size from which initial margin grows", "USD")
                        .ratio(PARAMETER, "imf_factor", "growth of initial margin")
                        .ratio(PARAMETER, "mmf_factor", "maintenance margin of initial margin");
                params.unread(Kind.OBJECT, "imf", "mmf").end();
            });
        }
        fields.unread(Kind.TEXT, "price_feed_id", "chain_details", "symbol_id")
                .unread(Kind.FIGURE, "open_at", "oracle_ewma_factor", "iv_bands_width", "initial_open_at")
                .unread(Kind.OBJECT, "chain_details", "fee_config")
                .unread(Kind.ARRAY, "tags");
    }

    private static void summary(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("symbol");
        String price = ParadexFacts.price(name);
        String base = ParadexFacts.base(name);
        FactRow row = new FactRow(sheet, fields, name);
        fields.blankOr("created_at", fields::whole).ifPresent(row::at);
        row.may(PRICE, "mark_price", "mark price", price)
                .may(PRICE, "oracle_price", "oracle price", price)
                .may(PRICE, "underlying_price", "price of the underlying", "USD per " + base)
                .may(PRICE, "last_traded_price", "last price", price)
                .may(PRICE, "bid", "best bid", price)
                .may(PRICE, "ask", "best ask", price)
                .may(SIZE, "volume_24h", "volume of the day", "USD")
                .may(SIZE, "total_volume", "volume of all time", "USD")
                .may(SIZE, "open_interest", "open interest", base)
                .ratio(FUNDING, "funding_rate", "funding rate of eight hours")
                .ratio(FUNDING, "future_funding_rate", "next funding rate of eight hours")
                .ratio(PRICE, "price_change_rate_24h", "change of the day")
                .ratio(VOLATILITY, "mark_iv", "mark volatility")
                .ratio(VOLATILITY, "bid_iv", "bid volatility")
                .ratio(VOLATILITY, "ask_iv", "ask volatility")
                .ratio(VOLATILITY, "last_iv", "volatility of the last trade")
                .ratio(SENSITIVITY, "delta", "delta");
        fields.absentOr("greeks", fields::fields).ifPresent(greeks -> {
            new FactRow(sheet, greeks, name)
                    .ratio(SENSITIVITY, "delta", "delta")
                    .may(SENSITIVITY, "gamma", "gamma", "1 per USD")
                    .may(SENSITIVITY, "vega", "vega", "USD per unit of volatility");
            greeks.unread(Kind.FIGURE, "rho", "vanna", "volga", "theta").end();
        });
    }

    private static void book(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("market");
        new FactRow(sheet, fields, name)
                .at(fields.whole("last_updated_at"))
                .said("seq_no")
                .levels("bids", "bid", 0, ParadexFacts.price(name), ParadexFacts.base(name))
                .levels("asks", "ask", 0, ParadexFacts.price(name), ParadexFacts.base(name));
        fields.unread(Kind.ARRAY, "best_bid_api", "best_ask_api", "best_bid_interactive", "best_ask_interactive");
    }

    private static void changes(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("market");
        long time = fields.whole("last_updated_at");
        String update = fields.text("update_type");
        for (String change : List.of("inserts", "updates", "deletes")) {
            sheet.each(
                    change,
                    fields.node(change),
                    level -> sheet.add(Fact.of(
                                    DEPTH,
                                    level.pathOf("size"),
                                    name,
                                    level.text("side", Set.of("BUY", "SELL")).equals("BUY") ? "bid" : "ask",
                                    Figure.of(level.figure("size"), ParadexFacts.base(name)))
                            .with("price", Figure.of(level.figure("price"), ParadexFacts.price(name)))
                            .with("change", change)
                            .with("type", update.equals("s") ? "snapshot" : "change")
                            .at(time)));
        }
        fields.unread(Kind.FIGURE, "seq_no");
    }

    private static void best(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("market");
        new FactRow(sheet, fields, name)
                .at(fields.whole("last_updated_at"))
                .said("seq_no")
                .may(PRICE, "bid", "best bid", ParadexFacts.price(name))
                .may(PRICE, "ask", "best ask", ParadexFacts.price(name))
                .may(DEPTH, "bid_size", "best bid amount", ParadexFacts.base(name))
                .may(DEPTH, "ask_size", "best ask amount", ParadexFacts.base(name))
                .ratio(VOLATILITY, "bid_iv", "bid volatility")
                .ratio(VOLATILITY, "ask_iv", "ask volatility");
    }

    private static void funding(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("market");
        new FactRow(sheet, fields, name)
                .at(fields.whole("created_at"))
                .must(FUNDING, "funding_index", "funding index", ParadexFacts.price(name))
                .may(FUNDING, "funding_premium", "funding premium", ParadexFacts.price(name))
                .ratio(FUNDING, "funding_rate", "funding rate of eight hours")
                .ratio(FUNDING, "funding_rate_8h", "funding rate of eight hours");
        fields.unread(Kind.FIGURE, "funding_period_hours");
    }

    private static void candles(JsonNode body, FactSheet sheet) {
        sheet.tuples("results", body, row -> {
            new FactRow(sheet, row, "the market of the question")
                    .at(row.whole("0"))
                    .must(PRICE, "1", "first price", "USD per base")
                    .must(PRICE, "2", "highest price", "USD per base")
                    .must(PRICE, "3", "lowest price", "USD per base")
                    .must(PRICE, "4", "last price", "USD per base")
                    .must(SIZE, "5", "volume", "USD");
        });
    }
}
