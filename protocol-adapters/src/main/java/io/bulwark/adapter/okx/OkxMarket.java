package io.bulwark.adapter.okx;

import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.UnitNames;
import io.bulwark.clearing.money.Amount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Prices, books, funding, volatilities and what is traded. */
final class OkxMarket {
    private static final int CANDLE = 9;
    private static final int PRICE_CANDLE = 6;

    private static final Glossary PRICES = Glossary.of(OkxUnits::of, """
            instId,insId,uly,instFamily,ccy ; idle
            ts ; time
            instType,type,enabled,settState,method,formulaType ; word
            markPx! ; price ; mark price ; Q/B
            """);

    private static final Glossary TICKER = Glossary.of(OkxUnits::of, """
            instId,sprdId ; idle
            ts ; time
            instType ; word ; type
            last ; price ; last price ; Q/B
            lastSz ; size ; size of the last trade ; N
            askPx ; price ; best ask ; Q/B
            bidPx ; price ; best bid ; Q/B
            askSz ; depth ; size at the best ask ; N
            bidSz ; depth ; size at the best bid ; N
            idxPx ; price ; index price ; Q/B
            open24h ; price ; price a day before ; Q/B
            high24h ; price ; high of the day ; Q/B
            low24h ; price ; low of the day ; Q/B
            sodUtc0 ; price ; price at the start of the day, UTC ; Q/B
            sodUtc8 ; price ; price at the start of the day, UTC+8 ; Q/B
            vol24h ; size ; volume of the day ; N
            volCcy24h ; size ; volume of the day in currency ; V
            """);

    private static final Glossary OPTION = Glossary.of(OkxUnits::of, """
            instId,uly,instFamily ; idle
            ts ; time
            instType ; word ; type
            markVol ; volatility ; mark volatility ; 1
            bidVol ; volatility ; bid volatility ; 1
            askVol ; volatility ; ask volatility ; 1
            realVol ; volatility ; realised volatility ; 1
            volLv ; volatility ; volatility at the money ; 1
            delta ; sensitivity ; delta in the coin ; B
            gamma ; sensitivity ; gamma in the coin ; B
            theta ; sensitivity ; theta a day in the coin ; B
            vega ; sensitivity ; vega in the coin ; B
            deltaBS,deltaBs ; sensitivity ; delta, Black-Scholes ; 1
            gammaBS,gammaBs ; sensitivity ; gamma, Black-Scholes ; per USD
            thetaBS,thetaBs ; sensitivity ; theta a day, Black-Scholes ; USD
            vegaBS,vegaBs ; sensitivity ; vega, Black-Scholes ; USD
            lever ; parameter ; leverage ; 1
            fwdPx ; price ; forward price ; U
            """);

    private static final Glossary FUNDING = Glossary.of(OkxUnits::of, """
            instId,prevFundingTime ; idle
            ts ; time
            instType,method,settState,formulaType ; word
            fundingTime ; word ; settles at
            nextFundingTime ; word ; next settles at
            fundingRate ; funding ; funding rate of this interval ; 1
            nextFundingRate ; funding ; funding rate of the next interval, forecast ; 1
            settFundingRate ; funding ; funding rate settled ; 1
            realizedRate ; funding ; funding rate paid ; 1
            maxFundingRate ; parameter ; highest funding rate ; 1
            minFundingRate ; parameter ; lowest funding rate ; 1
            premium ; price ; premium over the index ; 1
            interestRate ; interest ; interest in the funding rate ; 1
            impactValue ; parameter ; impact notional ; Q
            """);

    private OkxMarket() {}

    static List<PayloadKind> kinds() {
        return List.of(
                PRICES.kind("mark-price", having("instId", "markPx").and(lacking("pos", "side", "avgPx", "mgnRatio"))),
                TICKER.naming(OkxMarket::traded).kind("ticker", having("instId", "last", "bidPx")),
                TICKER.kind("index-tickers", having("instId", "idxPx", "open24h")),
                TICKER.naming(OkxMarket::traded)
                        .kind("block-ticker", having("instId", "vol24h").and(lacking("last"))),
                TICKER.kind("sprd-tickers", having("sprdId", "last", "bidPx")),
                OPTION.kind("opt-summary", having("instId", "markVol")),
                FUNDING.kind("funding-rate", having("instId", "fundingRate")),
                of("instId ; idle\nts ; time\npremium ; price ; premium over the index ; 1")
                        .kind("premium-history", having("instId", "premium").and(lacking("fundingRate"))),
                of("""
                        instId ; idle
                        ts ; time
                        instType,enabled ; word
                        buyLmt ; limit ; highest price to buy ; Q/B
                        sellLmt ; limit ; lowest price to sell ; Q/B
                        """).kind("price-limit", having("instId", "buyLmt")),
                of("""
                        instId ; idle
                        ts ; time
                        instType,settleType ; word
                        settlePx ; price ; estimated settlement price ; Q/B
                        estSettlePx ; price ; estimated settlement price ; Q/B
                        nextSettleTime ; word ; settles at
                        """).kind("estimated-price", having("instId", "ts").and(hasOne("settlePx", "estSettlePx"))),
                of("""
                        instId ; idle
                        ts ; time
                        instType ; word
                        oi ; size ; open interest ; N
                        oiCcy ; size ; open interest in the coin ; B
                        oiUsd ; size ; open interest in USD ; USD
                        """).kind("open-interest", having("instId", "oi")),
                of("ts ; time\nvolUsd ; size ; volume of the venue in a day ; USD\nvolCny ; size ; volume of the venue in a day, in CNY ; CNY")
                        .kind("platform-24-volume", having("volUsd")),
                of("ts ; moment")
                        .beyond(row -> row.each(
                                "details",
                                of("insId,instId ; idle\ntype ; word\npx,settlePx ; price ; settlement price ; Q/B")))
                        .kind("settlement-history", having("ts", "details").and(lacking("total", "totalEq"))),
                of("index ; idle\nts ; time\nlast ; price ; index price ; Q/B")
                        .beyond(row -> row.inner("components", of("""
                                exch,symbol ; word
                                symPx ; price ; price of a component ; quote of the component
                                cnvPx ; price ; price of a component, converted ; Q/B
                                wgt ; parameter ; weight of a component ; 1
                                """)))
                        .kind("index-components", having("index", "components")),
                of("timestamp ; seconds\nmessages,signatures ; idle")
                        .beyond(OkxMarket::oracle)
                        .kind("open-oracle", having("prices", "signatures")),
                Glossary.of(
                                OkxUnits::ofMarket,
                                "ts ; moment",
                                "instId,checksum,channel ; idle",
                                "seqId,prevSeqId ; word")
                        .beyond(row -> {
                            row.facts().levels("bids", "bid", 0, row.unit("Q/B"), row.unit("N"));
                            row.facts().levels("asks", "ask", 0, row.unit("Q/B"), row.unit("N"));
                        })
                        .kind("books", having("asks", "bids")),
                new PayloadKind(
                        "open-interest-volume",
                        OkxMarket::areOptions,
                        (body, sheet) -> sheet.tuples("", body.path("rows"), row -> options(row, sheet))),
                new PayloadKind(
                        "candles",
                        OkxMarket::areCandles,
                        (body, sheet) -> sheet.tuples(
                                "",
                                body.path("rows"),
                                bar -> candle(bar, body.path("instId").asText(), sheet))),
                of("ts ; time\nfillRatio,mainFillRatio ; account ; fill ratio ; 1\naccRateLimit ; limit ; orders in two seconds ; requests\nnextAccRateLimit ; limit ; orders in two seconds, next ; requests")
                        .kind("account-rate-limit", having("accRateLimit")),
                of("ts! ; time")
                        .beyond(row -> row.facts()
                                .at(row.fields().whole("ts"))
                                .fact(
                                        FactKind.CLOCK,
                                        "ts",
                                        "venue time",
                                        Figure.of(
                                                Amount.of(Long.toString(
                                                        row.fields().whole("ts"))),
                                                "ms")))
                        .kind("time", having("ts").and(body -> body.size() == 1)),
                of("""
                        begin,end,href,preOpenBegin,scheDesc ; idle
                        ts ; time
                        serviceType,state,system,maintType,env,title ; word
                        """).about(FactKind.CLOCK).kind("status", having("maintType", "serviceType")));
    }

    static Glossary of(String table) {
        return Glossary.of(OkxUnits::of, table);
    }

    static Predicate<JsonNode> hasOne(String... names) {
        return lacking(names).negate();
    }

    /** Volume in currency counts the quote of a spot pair and the coin of a derivative. */
    private static Name traded(PayloadFields fields) {
        Name name = OkxUnits.of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        units.put(
                "V",
                name.units()
                        .getOrDefault(
                                name.units()
                                                .getOrDefault("N", "units of the venue")
                                                .equals("contracts")
                                        ? "B"
                                        : "Q",
                                "currency of the volume"));
        return new Name(name.subject(), units);
    }

    private static void oracle(Row row) {
        row.fields().absentOr("prices", row.fields()::fields).ifPresent(prices -> {
            for (String coin : prices.names()) {
                new FactRow(row.sheet(), prices, coin)
                        .at(Math.multiplyExact(row.fields().whole("timestamp"), 1_000))
                        .must(PRICE, coin, "price signed by the venue", "USD per " + coin);
            }
        });
    }

    /** What the channel names, its rows do not: books and candles of a stream are read with their instrument. */
    static JsonNode named(JsonNode answer, JsonNode data) {
        JsonNode instrument = answer.path("arg").path("instId");
        boolean candles = data.isArray() && !data.isEmpty() && data.get(0).isArray();
        if (candles) {
            ObjectNode named = JsonNodeFactory.instance.objectNode();
            named.put("instId", instrument.isTextual() ? instrument.textValue() : OkxUnits.UNNAMED);
            named.set("rows", data);
            return named;
        }
        if (instrument.isTextual()
                && data.isArray()
                && data.size() > 0
                && data.get(0).has("asks")) {
            ArrayNode rows = JsonNodeFactory.instance.arrayNode();
            data.forEach(row -> rows.add(
                    row.isObject() && !row.has("instId")
                            ? ((ObjectNode) row.deepCopy()).put("instId", instrument.textValue())
                            : row));
            return rows;
        }
        return data;
    }

    private static boolean areCandles(JsonNode body) {
        JsonNode bar = body.path("rows").path(0);
        String closed = bar.path(bar.size() - 1).asText();
        return body.has("instId")
                && (bar.size() == CANDLE || bar.size() == PRICE_CANDLE)
                && (closed.equals("0") || closed.equals("1"));
    }

    /** Open interest and volume by expiry or strike: six cells like a bar of a mark price, but every row is of one moment. */
    private static boolean areOptions(JsonNode body) {
        JsonNode rows = body.path("rows");
        JsonNode first = rows.path(0);
        return first.isArray()
                && first.size() == PRICE_CANDLE
                && (first.path(1).asText().matches("20\\d{6}")
                        || first.path(0).asText().equals(rows.path(1).path(0).asText()));
    }

    private static void options(PayloadFields row, FactSheet sheet) {
        String of = row.text("1");
        FactRow facts =
                new FactRow(sheet, row, (of.matches("20\\d{6}") ? "expiry " : "strike ") + of).at(row.whole("0"));
        facts.must(SIZE, "2", "open interest of calls", "units of the venue")
                .must(SIZE, "3", "open interest of puts", "units of the venue")
                .must(SIZE, "4", "volume of calls", "units of the venue")
                .must(SIZE, "5", "volume of puts", "units of the venue");
    }

    private static void candle(PayloadFields bar, String instrument, FactSheet sheet) {
        boolean known = instrument.indexOf('-') > 0;
        Map<String, String> units = known
                ? OkxUnits.units(instrument)
                : UnitNames.of("base coin", "quote", "settlement coin", "units of the venue");
        boolean full = bar.has("8");
        FactRow row = new FactRow(sheet, bar, instrument).at(bar.whole("0"));
        row.word("closed", bar.text(full ? "8" : "5"));
        String price = units.getOrDefault("Q/B", "units of the venue");
        row.must(PRICE, "1", "open", price)
                .must(PRICE, "2", "high", price)
                .must(PRICE, "3", "low", price)
                .must(PRICE, "4", "close", price);
        requireRange(bar, "1", "2", "3", "4");
        if (full) {
            row.must(SIZE, "5", "volume", units.getOrDefault("N", "units of the venue"))
                    .must(SIZE, "6", "volume in currency", "currency of the volume")
                    .may(SIZE, "7", "volume in quote", units.getOrDefault("Q", "units of the venue"));
        }
    }

    /** No price of a bar lies outside its low and high. */
    static void requireRange(PayloadFields bar, String open, String high, String low, String close) {
        Amount top = bar.figure(high);
        Amount bottom = bar.figure(low);
        Optional.of(bottom).filter(price -> price.signum() < 0).ifPresent(price -> {
            throw bar.refusal(low, "must be >= 0");
        });
        for (String field : List.of(open, close, low)) {
            Amount price = bar.figure(field);
            if (price.compareTo(top) > 0 || price.compareTo(bottom) < 0) {
                throw bar.refusal(field, "must lie within low " + bottom + " and high " + top);
            }
        }
    }
}
