package io.bulwark.adapter.derive;

import static io.bulwark.adapter.fact.FactKind.CLOCK;
import static io.bulwark.adapter.fact.FactKind.DEPTH;
import static io.bulwark.adapter.fact.FactKind.FUNDING;
import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.INTEREST;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SENSITIVITY;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.FactKind.VOLATILITY;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.derive.DerivePayload.Units;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.function.Predicate;

/** Tickers, books, instruments, currencies, candles, funding and the clock. */
final class DeriveMarket {
    private static final String ASKED = "the instrument of the question";

    private DeriveMarket() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> instrument = PayloadKind.having("instrument_name", "instrument_type", "tick_size");
        Predicate<JsonNode> currency = PayloadKind.having("currency", "spot_price");
        return List.of(
                PayloadKind.one("get_ticker, get_instrument", instrument, DeriveMarket::instrument),
                PayloadKind.each("get_instruments", instrument, DeriveMarket::instrument),
                PayloadKind.one("ticker_slim", PayloadKind.having("instrument_ticker"), (fields, sheet) -> {
                    String name =
                            fields.absentOr("instrument_name", fields::text).orElse(ASKED);
                    fields.unread(Kind.FIGURE, "timestamp");
                    sheet.one("instrument_ticker", fields.node("instrument_ticker"), row -> slim(row, name, sheet));
                }),
                PayloadKind.one("get_tickers", PayloadKind.having("tickers"), (fields, sheet) -> {
                    PayloadFields tickers = fields.fields("tickers");
                    tickers.names()
                            .forEach(name ->
                                    sheet.one(tickers.pathOf(name), tickers.node(name), row -> slim(row, name, sheet)));
                }),
                PayloadKind.one("orderbook", PayloadKind.having("bids", "asks"), (fields, sheet) -> {
                    String name = fields.text("instrument_name");
                    Units units = Units.of(name);
                    new FactRow(sheet, fields, name)
                            .at(fields.whole("timestamp"))
                            .said("publish_id")
                            .levels("bids", "bid", 0, units.price(), units.base())
                            .levels("asks", "ask", 0, units.price(), units.base())
                            .terms(DEPTH, "book");
                }),
                PayloadKind.one("get_currency", currency, DeriveMarket::currency),
                PayloadKind.each("get_all_currencies", currency, DeriveMarket::currency),
                PayloadKind.each(
                        "get_tradingview_chart_data",
                        PayloadKind.having("open_price", "close_price"),
                        DeriveMarket::candle),
                PayloadKind.one(
                        "get_funding_rate_history",
                        PayloadKind.having("funding_rate_history"),
                        (fields, sheet) -> sheet.each(
                                "funding_rate_history",
                                fields.node("funding_rate_history"),
                                row -> new FactRow(sheet, row, ASKED)
                                        .at(row.whole("timestamp"))
                                        .must(FUNDING, "funding_rate", "funding rate of one hour", Figure.RATIO))),
                PayloadKind.each(
                        "get_spot_feed_history",
                        PayloadKind.having("timestamp", "price"),
                        (row, sheet) -> new FactRow(sheet, row, ASKED)
                                .at(seconds(row, "timestamp"))
                                .said("timestamp_bucket")
                                .must(PRICE, "price", "spot price", "USD per coin")),
                PayloadKind.one("spot_feed", PayloadKind.having("feeds"), DeriveMarket::feeds),
                new PayloadKind("get_time", JsonNode::isIntegralNumber, DeriveMarket::time));
    }

    /** An instrument, and its ticker where the same row says prices. */
    private static void instrument(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("instrument_name");
        String base = fields.text("base_currency");
        String price = fields.text("quote_currency") + " per " + base;
        FactRow row = new FactRow(sheet, fields, name)
                .said("instrument_type", "is_active", "base_currency", "quote_currency");
        fields.absentOr("timestamp", fields::whole).ifPresent(row::at);
        row.terms(INSTRUMENT, "instrument")
                .may(PARAMETER, "tick_size", "tick size", price)
                .may(PARAMETER, "minimum_amount", "smallest amount", base)
                .may(PARAMETER, "maximum_amount", "largest amount", base)
                .may(PARAMETER, "amount_step", "step of amounts", base)
                .ratio(PARAMETER, "maker_fee_rate", "maker fee")
                .ratio(PARAMETER, "taker_fee_rate", "taker fee")
                .may(PARAMETER, "base_fee", "base fee", "USD")
                .ratio(PARAMETER, "mark_price_fee_rate_cap", "cap of fees, of the mark price")
                .ratio(PARAMETER, "pro_rata_fraction", "pro rata fraction")
                .may(PARAMETER, "fifo_min_allocation", "smallest first-in allocation", base)
                .may(PARAMETER, "pro_rata_amount_step", "step of pro rata amounts", base);
        prices(row, base, price);
        nested(fields, name, base, price, sheet);
        fields.unread(Kind.TEXT, "base_asset_address")
                .unread(Kind.FIGURE, "base_asset_sub_id", "scheduled_activation", "scheduled_deactivation")
                .unread(Kind.OBJECT, "open_interest");
    }

    private static void prices(FactRow row, String base, String price) {
        row.may(PRICE, "mark_price", "mark price", price)
                .may(PRICE, "index_price", "index price", "USD per " + base)
                .may(PRICE, "best_bid_price", "best bid", price)
                .may(PRICE, "best_ask_price", "best ask", price)
                .may(DEPTH, "best_bid_amount", "best bid amount", base)
                .may(DEPTH, "best_ask_amount", "best ask amount", base)
                .may(DEPTH, "five_percent_bid_depth", "bids within five per cent", base)
                .may(DEPTH, "five_percent_ask_depth", "asks within five per cent", base)
                .may(PRICE, "min_price", "lowest price allowed", price)
                .may(PRICE, "max_price", "highest price allowed", price);
    }

    private static void nested(PayloadFields fields, String name, String base, String price, FactSheet sheet) {
        fields.absentOr("option_details", fields::fields).ifPresent(option -> {
            new FactRow(sheet, option, name)
                    .said("index", "option_type")
                    .must(INSTRUMENT, "strike", "strike", price)
                    .must(INSTRUMENT, "expiry", "expiry", "s since 1970 UTC")
                    .may(PRICE, "settlement_price", "settlement price", price);
            option.end();
        });
        fields.absentOr("perp_details", fields::fields).ifPresent(perpetual -> {
            new FactRow(sheet, perpetual, name)
                    .said("index")
                    .ratio(FUNDING, "funding_rate", "funding rate of one hour")
                    .ratio(PARAMETER, "max_rate_per_hour", "highest funding rate of one hour")
                    .ratio(PARAMETER, "min_rate_per_hour", "lowest funding rate of one hour")
                    .ratio(PARAMETER, "static_interest_rate", "fixed part of the funding rate of one hour")
                    .may(FUNDING, "aggregate_funding", "funding of all time", "USD per " + base);
            perpetual.end();
        });
        fields.absentOr("erc20_details", fields::fields).ifPresent(token -> {
            new FactRow(sheet, token, name)
                    .said("underlying_erc20_address")
                    .must(INSTRUMENT, "decimals", "decimals of the token", Figure.RATIO)
                    .ratio(PARAMETER, "borrow_index", "index of borrowing")
                    .ratio(PARAMETER, "supply_index", "index of supplying");
            token.end();
        });
        fields.absentOr("option_pricing", fields::fields).ifPresent(pricing -> {
            FactRow row = new FactRow(sheet, pricing, name);
            fields.absentOr("timestamp", fields::whole).ifPresent(row::at);
            row.ratio(VOLATILITY, "iv", "mark volatility")
                    .ratio(VOLATILITY, "bid_iv", "bid volatility")
                    .ratio(VOLATILITY, "ask_iv", "ask volatility")
                    .may(PRICE, "forward_price", "forward price", price)
                    .may(PRICE, "mark_price", "mark price of the model", price)
                    .ratio(PARAMETER, "discount_factor", "discount factor");
            senses(row, "delta", "gamma", "vega", "theta", "rho");
            pricing.end();
        });
        fields.absentOr("stats", fields::fields).ifPresent(stats -> {
            FactRow row = new FactRow(sheet, stats, name);
            fields.absentOr("timestamp", fields::whole).ifPresent(row::at);
            row.may(SIZE, "contract_volume", "volume of the day", base)
                    .may(SIZE, "num_trades", "trades of the day", Figure.RATIO)
                    .may(SIZE, "open_interest", "open interest", base)
                    .may(PRICE, "high", "highest of the day", price)
                    .may(PRICE, "low", "lowest of the day", price)
                    .ratio(PRICE, "percent_change", "change of the day")
                    .may(PRICE, "usd_change", "change of the day in USD", price);
            stats.end();
        });
    }

    private static void senses(FactRow row, String delta, String gamma, String vega, String theta, String rho) {
        row.ratio(SENSITIVITY, delta, "delta")
                .may(SENSITIVITY, gamma, "gamma", "1 per USD")
                .may(SENSITIVITY, vega, "vega", "USD per percentage point")
                .may(SENSITIVITY, theta, "theta", "USD per day")
                .may(SENSITIVITY, rho, "rho", "USD per unit of rate");
    }

    /** The short form: a letter for each measure. A best price of 0 means that nobody bids or asks: no price. */
    private static void slim(PayloadFields fields, String name, FactSheet sheet) {
        fields.unread(Kind.TEXT, "instrument_name");
        Units units = Units.of(name.equals(ASKED) ? "" : name);
        String price = units.price();
        long time = fields.whole("t");
        FactRow row = new FactRow(sheet, fields, name).at(time);
        row.must(PRICE, "M", "mark price", price).must(PRICE, "I", "index price", "USD per " + units.base());
        for (String side : List.of("b", "a")) {
            String word = side.equals("b") ? "best bid" : "best ask";
            if (fields.figure(side).signum() != 0) {
                row.must(PRICE, side, word, price);
            }
            row.must(DEPTH, side.equals("b") ? "B" : "A", word + " amount", units.base());
        }
        row.may(PRICE, "minp", "lowest price allowed", price)
                .may(PRICE, "maxp", "highest price allowed", price)
                .ratio(FUNDING, "f", "funding rate of one hour");
        fields.absentOr("option_pricing", fields::fields).ifPresent(pricing -> {
            FactRow model = new FactRow(sheet, pricing, name).at(time);
            model.ratio(VOLATILITY, "i", "mark volatility");
            for (String side : List.of("bi", "ai")) {
                if (pricing.absentOr(side, pricing::figure)
                        .filter(v -> v.signum() != 0)
                        .isPresent()) {
                    model.ratio(VOLATILITY, side, side.equals("bi") ? "bid volatility" : "ask volatility");
                }
            }
            model.may(PRICE, "f", "forward price", price)
                    .may(PRICE, "m", "mark price of the model", price)
                    .ratio(PARAMETER, "df", "discount factor");
            senses(model, "d", "g", "v", "t", "r");
            pricing.end();
        });
        fields.absentOr("stats", fields::fields).ifPresent(stats -> {
            new FactRow(sheet, stats, name)
                    .at(time)
                    .may(SIZE, "c", "volume of the day", units.base())
                    .may(SIZE, "v", "volume of the day, notional", "USD")
                    .may(SIZE, "pr", "volume of the day, premium", "USD")
                    .may(SIZE, "n", "trades of the day", Figure.RATIO)
                    .may(SIZE, "oi", "open interest", units.base())
                    .may(PRICE, "h", "highest of the day", price)
                    .may(PRICE, "l", "lowest of the day", price)
                    .ratio(PRICE, "p", "change of the day");
            stats.end();
        });
    }

    private static void currency(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("currency");
        new FactRow(sheet, fields, coin)
                .said("market_type")
                .must(PRICE, "spot_price", "spot price", "USD per " + coin)
                .may(PRICE, "spot_price_24h", "spot price a day before", "USD per " + coin)
                .ratio(INTEREST, "borrow_apy", "borrow rate")
                .ratio(INTEREST, "supply_apy", "supply rate")
                .may(SIZE, "total_borrow", "borrowed by all", coin)
                .may(SIZE, "total_supply", "supplied by all", coin)
                .ratio(PARAMETER, "srm_im_weight", "weight in initial margin")
                .ratio(PARAMETER, "srm_mm_weight", "weight in maintenance margin")
                .ratio(PARAMETER, "srm_im_discount", "discount in initial margin")
                .ratio(PARAMETER, "srm_mm_discount", "discount in maintenance margin")
                .ratio(PARAMETER, "srm_perp_margin_requirements", "margin of perpetuals");
        fields.unread(Kind.ARRAY, "instrument_types", "managers", "pm2_collateral_discounts")
                .unread(Kind.OBJECT, "protocol_asset_addresses", "asset_cap_and_supply_per_manager", "erc20_details");
    }

    private static void candle(PayloadFields fields, FactSheet sheet) {
        new FactRow(sheet, fields, ASKED)
                .at(seconds(fields, "timestamp"))
                .said("timestamp_bucket")
                .must(PRICE, "open_price", "first price", "USD per coin")
                .must(PRICE, "high_price", "highest price", "USD per coin")
                .must(PRICE, "low_price", "lowest price", "USD per coin")
                .must(PRICE, "close_price", "last price", "USD per coin")
                .may(SIZE, "volume_usd", "turnover", "USD")
                .may(SIZE, "volume_contracts", "volume", "coin");
    }

    private static void feeds(PayloadFields fields, FactSheet sheet) {
        fields.absentOr("timestamp", fields::whole).ifPresent(sheet::at);
        PayloadFields feeds = fields.fields("feeds");
        feeds.names()
                .forEach(coin -> sheet.one(
                        feeds.pathOf(coin),
                        feeds.node(coin),
                        row -> new FactRow(sheet, row, coin)
                                .said("confidence", "confidence_prev_daily")
                                .must(PRICE, "price", "spot price", "USD per " + coin)
                                .may(PRICE, "price_prev_daily", "spot price a day before", "USD per " + coin)));
    }

    private static long seconds(PayloadFields fields, String field) {
        return Math.multiplyExact(fields.whole(field), 1_000L);
    }

    private static void time(JsonNode body, FactSheet sheet) {
        if (!body.canConvertToLong() || body.longValue() <= 0) {
            throw new PayloadRefused(
                    DerivePayload.VENUE, "result", body.toString(), "must be a time in milliseconds since 1970");
        }
        sheet.add(Fact.of(CLOCK, "", "venue", "time", Figure.of(Amount.of(body.longValue()), "ms since 1970 UTC"))
                .at(body.longValue()));
    }
}
