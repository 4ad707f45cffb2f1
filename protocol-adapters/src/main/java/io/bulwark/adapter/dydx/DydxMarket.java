package io.bulwark.adapter.dydx;

import static io.bulwark.adapter.fact.FactKind.CLOCK;
import static io.bulwark.adapter.fact.FactKind.FUNDING;
import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.FactKind.TRADE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Markets, prices, books, trades, funding, candles and the chain's height. */
final class DydxMarket {
    private static final String ASKED = "the market of the question";

    private DydxMarket() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> candle = PayloadKind.having("startedAt", "resolution");
        return List.of(
                PayloadKind.one(
                        "perpetualMarkets",
                        PayloadKind.having("markets"),
                        (fields, sheet) -> sheet.members("markets", fields.node("markets"), row -> market(row, sheet))),
                PayloadKind.one(
                        "market update",
                        body -> body.isObject()
                                && !body.has("markets")
                                && (body.has("trading") || body.has("oraclePrices")),
                        DydxMarket::changes),
                PayloadKind.one(
                        "orderbook",
                        body -> body.isObject() && (body.has("bids") || body.has("asks")),
                        DydxMarket::book),
                PayloadKind.one("trades", PayloadKind.having("trades").and(candle.negate()), (fields, sheet) -> {
                    String market = fields.absentOr("ticker", fields::text).orElse(ASKED);
                    sheet.each("trades", fields.node("trades"), row -> trade(row, market, sheet));
                    fields.unread(Kind.FIGURE, "pageSize", "totalResults", "offset");
                }),
                PayloadKind.one(
                        "candles",
                        PayloadKind.having("candles"),
                        (fields, sheet) -> sheet.each("candles", fields.node("candles"), row -> candle(row, sheet))),
                PayloadKind.one("candle", candle, DydxMarket::candle),
                PayloadKind.one("historicalFunding", PayloadKind.having("historicalFunding"), (fields, sheet) -> {
                    sheet.each("historicalFunding", fields.node("historicalFunding"), row -> {
                        row.unread(Kind.TEXT, "effectiveAtHeight");
                        new FactRow(sheet, row, row.text("ticker"))
                                .at(DydxPayload.millis(row, "effectiveAt"))
                                .must(FUNDING, "rate", "funding rate of one hour", Figure.RATIO)
                                .may(PRICE, "price", "oracle price", price(row.text("ticker")));
                    });
                    fields.unread(Kind.FIGURE, "pageSize", "totalResults", "offset");
                }),
                PayloadKind.one(
                        "height",
                        PayloadKind.having("height", "time"),
                        (fields, sheet) -> height(fields, "height", sheet)),
                PayloadKind.one(
                        "v4_block_height",
                        PayloadKind.having("blockHeight", "time"),
                        (fields, sheet) -> height(fields, "blockHeight", sheet)),
                PayloadKind.one("time", PayloadKind.having("iso", "epoch"), (fields, sheet) -> {
                    long time = DydxPayload.millis(fields, "iso");
                    Amount seconds = fields.figure("epoch");
                    Amount off = seconds.times(Amount.of(1_000))
                            .minus(Amount.of(time))
                            .abs();
                    if (off.compareTo(Amount.of(1_000)) >= 0) {
                        throw fields.refusal("epoch", "must be the seconds of iso");
                    }
                    new FactRow(sheet, fields, "venue").at(time).must(CLOCK, "epoch", "time", "s since 1970 UTC");
                }));
    }

    /** What sizes of a market are in: the part before the dash. */
    static String base(String market) {
        int dash = market.indexOf('-');
        return dash > 0 ? market.substring(0, dash) : "base";
    }

    /** What prices of a market are in. */
    static String price(String market) {
        return "USD per " + base(market);
    }

    private static void market(PayloadFields row, FactSheet sheet) {
        String market = row.text("ticker");
        FactRow facts = new FactRow(sheet, row, market).said("status", "marketType", "clobPairId");
        facts.may(PRICE, "oraclePrice", "oracle price", price(market));
        traded(facts, market);
        terms(facts, market);
        row.unread(Kind.FIGURE, "id");
    }

    private static void traded(FactRow facts, String market) {
        facts.may(PRICE, "priceChange24H", "change of the day", price(market))
                .may(SIZE, "volume24H", "volume of the day", "USD")
                .may(SIZE, "trades24H", "trades of the day", Figure.RATIO)
                .ratio(FUNDING, "nextFundingRate", "next funding rate of one hour")
                .ratio(FUNDING, "defaultFundingRate1H", "default funding rate of one hour")
                .may(SIZE, "openInterest", "open interest", base(market))
                .may(SIZE, "baseOpenInterest", "open interest in the chain's state", base(market));
    }

    private static void terms(FactRow facts, String market) {
        facts.ratio(PARAMETER, "initialMarginFraction", "initial margin fraction")
                .ratio(PARAMETER, "maintenanceMarginFraction", "maintenance margin fraction")
                .may(PARAMETER, "openInterestLowerCap", "open interest at which margin grows", "USD")
                .may(PARAMETER, "openInterestUpperCap", "open interest at which margin is whole", "USD")
                .may(PARAMETER, "basePositionNotional", "notional up to which margin does not grow", "USD")
                .may(PARAMETER, "tickSize", "tick size", price(market))
                .may(PARAMETER, "stepSize", "step of sizes", base(market))
                .may(INSTRUMENT, "atomicResolution", "power of ten of a quantum", Figure.RATIO)
                .may(INSTRUMENT, "quantumConversionExponent", "power of ten of a subtick's price", Figure.RATIO)
                .may(INSTRUMENT, "stepBaseQuantums", "quantums of a step", "quantums")
                .may(INSTRUMENT, "subticksPerTick", "subticks of a tick", Figure.RATIO);
    }

    /** What changed in markets: any of the fields of a market, and oracle prices. */
    private static void changes(PayloadFields fields, FactSheet sheet) {
        if (fields.has("trading")) {
            PayloadFields markets = fields.fields("trading");
            markets.names()
                    .forEach(market -> sheet.one(markets.pathOf(market), markets.node(market), row -> {
                        FactRow facts = new FactRow(sheet, row, market).said("status", "marketType", "clobPairId");
                        facts.terms(INSTRUMENT, "market");
                        traded(facts, market);
                        terms(facts, market);
                        row.unread(Kind.TEXT, "ticker").unread(Kind.FIGURE, "id");
                    }));
        }
        if (fields.has("oraclePrices")) {
            PayloadFields markets = fields.fields("oraclePrices");
            markets.names()
                    .forEach(market -> sheet.one(markets.pathOf(market), markets.node(market), row -> {
                        FactRow facts = new FactRow(sheet, row, market).said("effectiveAtHeight");
                        if (row.has("effectiveAt")) {
                            facts.at(DydxPayload.millis(row, "effectiveAt"));
                        }
                        facts.must(PRICE, "oraclePrice", "oracle price", price(market));
                        row.unread(Kind.FIGURE, "marketId").unread(Kind.TEXT, "effectiveAt");
                    }));
        }
        fields.unread(Kind.OBJECT, "trading", "oraclePrices");
    }

    /** A book: levels are objects in a snapshot and pairs in an update. */
    private static void book(PayloadFields fields, FactSheet sheet) {
        String market = fields.absentOr("ticker", fields::text).orElse(ASKED);
        FactRow row = new FactRow(sheet, fields, market);
        for (String side : List.of("bids", "asks")) {
            if (!fields.has(side)) {
                continue;
            }
            String word = side.substring(0, 3);
            if (fields.node(side).path(0).isArray()) {
                row.levels(side, word, 0, price(market), base(market));
            } else {
                row.levelObjects(side, word, "price", price(market), "size", base(market));
            }
        }
        fields.unread(Kind.ARRAY, "bids", "asks");
    }

    private static void trade(PayloadFields row, String market, FactSheet sheet) {
        Amount size = row.figure("size");
        Amount price = row.figure("price");
        if (size.signum() <= 0) {
            throw row.refusal("size", "must be > 0: the sign is in side");
        }
        sheet.add(Fact.of(TRADE, row.pathOf("size"), market, "size", Figure.of(size, base(market)))
                .with("price", Figure.of(price, price(market)))
                .with("side", row.text("side", Set.of("BUY", "SELL")).equals("BUY") ? "buy" : "sell")
                .with("type", row.absentOr("type", row::text).orElse("LIMIT"))
                .at(DydxPayload.millis(row, "createdAt")));
        row.unread(Kind.TEXT, "id", "createdAtHeight");
    }

    private static void candle(PayloadFields row, FactSheet sheet) {
        String market = row.text("ticker");
        new FactRow(sheet, row, market)
                .at(DydxPayload.millis(row, "startedAt"))
                .word("interval", row.text("resolution"))
                .must(PRICE, "open", "first price", price(market))
                .must(PRICE, "high", "highest price", price(market))
                .must(PRICE, "low", "lowest price", price(market))
                .must(PRICE, "close", "last price", price(market))
                .may(PRICE, "orderbookMidPriceOpen", "first mid price", price(market))
                .may(PRICE, "orderbookMidPriceClose", "last mid price", price(market))
                .may(SIZE, "baseTokenVolume", "volume", base(market))
                .may(SIZE, "usdVolume", "turnover", "USD")
                .may(SIZE, "trades", "trades", Figure.RATIO)
                .may(SIZE, "startingOpenInterest", "open interest at the start", base(market));
        row.unread(Kind.TEXT, "id");
    }

    private static void height(PayloadFields fields, String field, FactSheet sheet) {
        sheet.at(DydxPayload.millis(fields, "time"));
        sheet.atHeight(fields.whole(field));
        new FactRow(sheet, fields, "chain").must(CLOCK, field, "height", "blocks");
    }
}
