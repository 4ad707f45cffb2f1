package io.bulwark.adapter.hyperliquid;

import static io.bulwark.adapter.fact.FactKind.DEPTH;
import static io.bulwark.adapter.fact.FactKind.FUNDING;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;

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
import java.util.function.Predicate;

/** Prices, books, funding and candles. */
final class HyperliquidMarket {
    private HyperliquidMarket() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> candle = PayloadKind.having("t", "T", "s", "i");
        return List.of(
                new PayloadKind("metaAndAssetCtxs", HyperliquidMarket::areContexts, HyperliquidMarket::contexts),
                PayloadKind.one("l2Book", PayloadKind.having("coin", "levels"), HyperliquidMarket::book),
                PayloadKind.one("bbo", PayloadKind.having("coin", "bbo"), HyperliquidMarket::best),
                PayloadKind.one("allMids", PayloadKind.having("mids"), (fields, sheet) -> {
                    fields.unread(Kind.TEXT, "dex");
                    mids("mids", fields.node("mids"), sheet);
                }),
                new PayloadKind("allMids", HyperliquidMarket::areMids, (body, sheet) -> mids("", body, sheet)),
                PayloadKind.one("activeAssetCtx", PayloadKind.having("coin", "ctx"), (fields, sheet) -> {
                    String coin = fields.text("coin");
                    sheet.one("ctx", fields.node("ctx"), context -> context(context, coin, sheet));
                }),
                PayloadKind.one("allDexsAssetCtxs", PayloadKind.having("ctxs"), HyperliquidMarket::dexes),
                PayloadKind.each(
                        "fundingHistory",
                        PayloadKind.having("coin", "fundingRate", "premium"),
                        (fields, sheet) -> new FactRow(sheet, fields, fields.text("coin"))
                                .at(fields.whole("time"))
                                .must(FUNDING, "fundingRate", "funding rate of one hour", Figure.RATIO)
                                .ratio(PRICE, "premium", "premium over the oracle")),
                new PayloadKind("predictedFundings", HyperliquidMarket::arePredictions, HyperliquidMarket::predictions),
                PayloadKind.each("candleSnapshot", candle, HyperliquidMarket::candle),
                PayloadKind.one("candle", candle, HyperliquidMarket::candle));
    }

    private static boolean areContexts(JsonNode body) {
        return body.isArray()
                && body.size() == 2
                && body.get(0).has("universe")
                && body.get(1).isArray();
    }

    /** Universe and contexts pair by position: a coin that is delisted keeps its slot. Spot contexts name their own coin. */
    private static void contexts(JsonNode body, FactSheet sheet) {
        contexts("[0]", body.get(0), "[1]", body.get(1), sheet);
    }

    static void contexts(String metaPath, JsonNode meta, String path, JsonNode contexts, FactSheet sheet) {
        HyperliquidTerms.meta(metaPath, meta, sheet);
        JsonNode universe = meta.path("universe");
        boolean spot = meta.has("tokens");
        if (!spot && universe.size() != contexts.size()) {
            throw new PayloadRefused(
                    HyperliquidPayload.VENUE,
                    path,
                    contexts.size() + " contexts",
                    "must be as many as the universe's " + universe.size());
        }
        for (int i = 0; i < contexts.size(); i++) {
            String name = spot ? "" : universe.get(i).path("name").asText();
            sheet.one(path + "[" + i + "]", contexts.get(i), row -> {
                String coin = spot ? row.text("coin") : name;
                if (coin.isEmpty()) {
                    throw row.refusal("markPx", "must pair with a coin of the universe that has a name");
                }
                context(row, coin, sheet);
            });
        }
    }

    private static void context(PayloadFields fields, String coin, FactSheet sheet) {
        HyperliquidUnits units = HyperliquidUnits.of(coin);
        FactRow row = new FactRow(sheet, fields, coin);
        row.may(PRICE, "markPx", "mark price", units.price())
                .may(PRICE, "oraclePx", "oracle price", units.price())
                .may(PRICE, "midPx", "mid price", units.price())
                .may(PRICE, "prevDayPx", "price a day before", units.price())
                .ratio(PRICE, "premium", "premium over the oracle")
                .ratio(FUNDING, "funding", "funding rate of one hour")
                .may(SIZE, "openInterest", "open interest", units.base())
                .may(SIZE, "dayNtlVlm", "volume of the day", units.quote())
                .may(SIZE, "dayBaseVlm", "volume of the day in the coin", units.base())
                .may(SIZE, "circulatingSupply", "circulating supply", units.base())
                .may(SIZE, "totalSupply", "total supply", units.base());
        if (fields.has("impactPxs")) {
            PayloadFields impact = PayloadFields.tuple(
                    HyperliquidPayload.VENUE, fields.pathOf("impactPxs"), fields.node("impactPxs"), 2);
            new FactRow(sheet, impact, coin)
                    .must(PRICE, "0", "price of selling the impact notional", units.price())
                    .must(PRICE, "1", "price of buying the impact notional", units.price());
        }
        fields.unread(Kind.ARRAY, "impactPxs").unread(Kind.TEXT, "coin");
    }

    /** Contexts of every dex: the message names the dex and not its coins, which stand in the order of that dex's own universe. */
    private static void dexes(PayloadFields fields, FactSheet sheet) {
        fields.absentOr("time", fields::whole).ifPresent(sheet::at);
        sheet.tuples("ctxs", fields.node("ctxs"), dex -> {
            JsonNode name = dex.node("0");
            if (!name.isTextual()) {
                throw dex.refusal("0", "must be the name of a dex, empty for the first");
            }
            JsonNode contexts = dex.node("1");
            if (!contexts.isArray()) {
                throw dex.refusal("1", "must be an array");
            }
            for (int i = 0; i < contexts.size(); i++) {
                String coin = (name.textValue().isEmpty() ? "coin " : name.textValue() + ": coin ") + i;
                sheet.one(dex.pathOf("1") + "[" + i + "]", contexts.get(i), row -> context(row, coin, sheet));
            }
        });
    }

    private static void book(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("coin");
        long time = fields.whole("time");
        HyperliquidUnits units = HyperliquidUnits.of(coin);
        PayloadFields sides = PayloadFields.tuple(HyperliquidPayload.VENUE, "levels", fields.node("levels"), 2);
        new FactRow(sheet, sides, coin)
                .at(time)
                .levelObjects("0", "bid", "px", units.price(), "sz", units.base())
                .levelObjects("1", "ask", "px", units.price(), "sz", units.base());
        fields.unread(Kind.FIGURE, "spread").unread(Kind.FLAG, "fast");
    }

    /** Best bid and best ask; either may be null in an empty book. */
    private static void best(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("coin");
        long time = fields.whole("time");
        HyperliquidUnits units = HyperliquidUnits.of(coin);
        PayloadFields sides = PayloadFields.tuple(HyperliquidPayload.VENUE, "bbo", fields.node("bbo"), 2);
        for (String place : List.of("0", "1")) {
            sides.absentOr(place, sides::fields).ifPresent(level -> {
                Amount price = level.figure("px");
                sheet.add(Fact.of(
                                DEPTH,
                                level.pathOf("sz"),
                                coin,
                                place.equals("0") ? "best bid" : "best ask",
                                Figure.of(level.figure("sz"), units.base()))
                        .with("price", Figure.of(price, units.price()))
                        .at(time));
                level.unread(Kind.FIGURE, "n").end();
            });
        }
    }

    /** An object whose every member is a price by coin, with nothing else to tell it by. */
    private static boolean areMids(JsonNode body) {
        if (!body.isObject() || body.isEmpty()) {
            return false;
        }
        for (JsonNode price : body) {
            if (!price.isTextual() || price.textValue().isEmpty() || !isDigit(price.textValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(String text) {
        return text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static void mids(String path, JsonNode node, FactSheet sheet) {
        PayloadFields mids = PayloadFields.of(HyperliquidPayload.VENUE, path, node);
        for (String coin : mids.names()) {
            sheet.row(() -> new FactRow(sheet, mids, coin)
                    .must(PRICE, coin, "mid price", HyperliquidUnits.of(coin).price()));
        }
    }

    private static boolean arePredictions(JsonNode body) {
        return body.isArray() && body.path(0).path(1).path(0).path(1).has("fundingRate");
    }

    private static void predictions(JsonNode body, FactSheet sheet) {
        sheet.tuples(
                "",
                body,
                coin -> sheet.tuples(coin.pathOf("1"), coin.node("1"), venue -> {
                    String name = coin.text("0");
                    venue.absentOr("1", venue::fields).ifPresent(rate -> {
                        new FactRow(sheet, rate, name)
                                .word("venue", venue.text("0"))
                                .said("nextFundingTime", "fundingIntervalHours")
                                .must(FUNDING, "fundingRate", "next funding rate of its interval", Figure.RATIO);
                        rate.end();
                    });
                    venue.unread(Kind.TEXT, "0");
                }));
    }

    private static void candle(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("s");
        HyperliquidUnits units = HyperliquidUnits.of(coin);
        new FactRow(sheet, fields, coin)
                .at(fields.whole("T"))
                .word("interval", fields.text("i"))
                .word("from", Long.toString(fields.whole("t")))
                .terms(PRICE, "candle")
                .may(PRICE, "o", "first price", units.price())
                .may(PRICE, "h", "highest price", units.price())
                .may(PRICE, "l", "lowest price", units.price())
                .may(PRICE, "c", "last price", units.price())
                .may(SIZE, "v", "volume", units.base())
                .may(SIZE, "n", "trades", Figure.RATIO);
    }
}
