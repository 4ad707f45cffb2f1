package io.bulwark.adapter.bybit;

import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;

/** Prices, books, funding, volatilities and what is traded. */
final class BybitMarket {
    private static final Glossary TICKER = Glossary.of(BybitUnits::of, """
            symbol,category,tickDirection,cs,preOpenPrice,preQty,curPreListingPhase,fundingIntervalHour,fundingCap,basisRateYear ; idle
            nextFundingTime ; word ; next settles at
            deliveryTime ; word ; delivery
            lastPrice ; price ; last price ; Q/B
            markPrice ; price ; mark price ; Q/B
            indexPrice ; price ; index price ; U
            usdIndexPrice ; price ; index price in USD ; U
            underlyingPrice ; price ; underlying price ; U
            bid1Price,bidPrice ; price ; best bid ; Q/B
            ask1Price,askPrice ; price ; best ask ; Q/B
            bid1Size,bidSize ; depth ; size at the best bid ; N
            ask1Size,askSize ; depth ; size at the best ask ; N
            prevPrice24h ; price ; price a day before ; Q/B
            prevPrice1h ; price ; price an hour before ; Q/B
            highPrice24h ; price ; high of the day ; Q/B
            lowPrice24h ; price ; low of the day ; Q/B
            predictedDeliveryPrice ; price ; predicted delivery price ; U
            price24hPcnt,change24h ; price ; change of the day ; 1
            volume24h ; size ; volume of the day ; N
            turnover24h ; size ; turnover of the day ; V
            totalVolume ; size ; volume of all time ; N
            totalTurnover ; size ; turnover of all time ; V
            openInterest ; size ; open interest ; N
            openInterestValue ; size ; value of the open interest ; V
            singleOpenInterest ; size ; open interest of one side ; N
            fundingRate ; funding ; funding rate of this interval ; 1
            basis ; parameter ; basis ; Q/B
            basisRate ; parameter ; basis over index ; 1
            deliveryFeeRate ; parameter ; delivery fee ; 1
            bid1Iv,bidIv ; volatility ; bid volatility ; 1
            ask1Iv,askIv ; volatility ; ask volatility ; 1
            markIv,markPriceIv ; volatility ; mark volatility ; 1
            delta ; sensitivity ; delta ; 1
            gamma ; sensitivity ; gamma ; per USD
            vega ; sensitivity ; vega ; S
            theta ; sensitivity ; theta a day ; S
            """);

    /** A spread may be priced below zero. */
    private static final Glossary SPREAD = Glossary.of(BybitUnits::of, """
            symbol ; idle
            bidPrice,askPrice,lastPrice,highPrice24h,lowPrice24h,prevPrice24h ; parameter ; price of a spread ; Q/B
            bidSize,askSize ; depth ; size at the best ; N
            volume24h ; size ; volume of the day ; N
            """);

    private BybitMarket() {}

    static List<PayloadKind> kinds() {
        return List.of(
                TICKER.kind(
                        "tickers",
                        having("symbol")
                                .and(lacking(
                                                "lastPrice",
                                                "markPrice",
                                                "bid1Price",
                                                "fundingIntervalHour",
                                                "openInterestValue")
                                        .negate())
                                .and(lacking("side", "orderId", "timestamp"))
                                .and(BybitMarket::plain)),
                SPREAD.kind("spread/tickers", having("symbol", "bidPrice").and(body -> !plain(body))),
                Glossary.of(BybitMarket::book, "ts ; moment", "s,cts ; idle", "u,seq ; word")
                        .beyond(row -> {
                            for (String side : List.of("b", "a")) {
                                row.fields()
                                        .absentOr(side, row.fields()::node)
                                        .ifPresent(levels -> row.facts()
                                                .levels(
                                                        side,
                                                        side.equals("b") ? "bid" : "ask",
                                                        0,
                                                        row.unit("Q/B"),
                                                        row.unit("N")));
                            }
                        })
                        .kind("orderbook", having("s", "u", "seq")),
                new PayloadKind("kline", BybitMarket::areCandles, BybitMarket::candles),
                Glossary.of(BybitUnits::of, """
                        symbol,end ; idle
                        start ; time
                        interval,confirm,timestamp ; word
                        open ; price ; open ; Q/B
                        high ; price ; high ; Q/B
                        low ; price ; low ; Q/B
                        close ; price ; close ; Q/B
                        volume ; size ; volume ; N
                        turnover ; size ; turnover ; V
                        """)
                        .beyond(row -> requireRange(row.fields(), "open", "high", "low", "close"))
                        .kind("kline stream", having("interval", "open", "high", "low")),
                of("symbol,category ; idle\nfundingRateTimestamp ; time\nfundingRate! ; funding ; funding rate paid ; 1")
                        .kind("funding/history", having("symbol", "fundingRate", "fundingRateTimestamp")),
                of("symbol,category ; idle\ntimestamp ; time\nopenInterest! ; size ; open interest ; N\nsingleOpenInterest ; size ; open interest of one side ; N")
                        .kind("open-interest", having("openInterest", "timestamp")),
                of("symbol ; idle\ntimestamp ; time\nbuyRatio ; size ; share of accounts that are long ; 1\nsellRatio ; size ; share of accounts that are short ; 1")
                        .kind("account-ratio", having("buyRatio", "sellRatio")),
                of("symbol,category ; idle\ndeliveryTime ; time\ndeliveryPrice! ; price ; delivery price ; U")
                        .kind(
                                "delivery-price",
                                having("symbol", "deliveryPrice").and(lacking("side"))),
                of("time ; time\nperiod ; word ; days\nvalue! ; volatility ; historical volatility ; 1")
                        .naming(fields -> new Name("historical volatility", Map.of()))
                        .kind("historical-volatility", having("period", "value", "time")),
                of("""
                        symbol ; idle
                        ts ; time
                        buyLmt ; limit ; highest price to buy ; Q/B
                        sellLmt ; limit ; lowest price to sell ; Q/B
                        """).kind("price-limit", having("symbol", "buyLmt")),
                Glossary.of(BybitMarket::token, """
                        ltCoin ; idle
                        navTime ; time
                        nav,netValue ; price ; net asset value ; T
                        basket ; size ; basket ; 1
                        circulation ; size ; circulation ; T
                        leverage ; parameter ; leverage ; 1
                        """).kind("spot-lever-token/reference", having("ltCoin", "nav")),
                Glossary.of(BybitUnits::of, "timeNano ; idle")
                        .beyond(row -> row.facts()
                                .fact(
                                        FactKind.CLOCK,
                                        "timeSecond",
                                        "venue time",
                                        Figure.of(
                                                Amount.of(Long.toString(
                                                        row.fields().whole("timeSecond"))),
                                                "s")))
                        .kind("time", having("timeSecond")),
                Glossary.of(BybitUnits::of, """
                        begin,end,href,serviceTypes,product,uidSuffix,title ; idle
                        id,state,maintainType,env ; word
                        """)
                        .about(FactKind.CLOCK)
                        .kind("system/status", having("maintainType", "state")));
    }

    private static Glossary of(String table) {
        return Glossary.of(BybitUnits::of, table);
    }

    private static boolean plain(JsonNode body) {
        return body.path("symbol").asText().indexOf('_') < 0;
    }

    private static Name book(PayloadFields fields) {
        String symbol = fields.text("s");
        return new Name(symbol, BybitUnits.units(symbol));
    }

    private static Name token(PayloadFields fields) {
        String token = fields.text("ltCoin");
        return new Name(token, Map.of("T", token));
    }

    private static boolean areCandles(JsonNode body) {
        int width = body.path("list").path(0).size();
        return body.has("symbol") && body.path("list").path(0).isArray() && (width == 7 || width == 5);
    }

    private static void candles(JsonNode body, FactSheet sheet) {
        String symbol = body.path("symbol").asText(BybitUnits.UNNAMED);
        Map<String, String> units = BybitUnits.units(symbol);
        String price = units.getOrDefault("Q/B", "units of the venue");
        sheet.tuples("list", body.path("list"), bar -> {
            FactRow row = new FactRow(sheet, bar, symbol).at(bar.whole("0"));
            // Only a premium is below zero: a ratio, whose open is the close before and may lie outside the bar.
            boolean premium = bar.figure("3").signum() < 0;
            String unit = premium ? Figure.RATIO : price;
            row.must(PRICE, "1", "open", unit)
                    .must(PRICE, "2", "high", unit)
                    .must(PRICE, "3", "low", unit)
                    .must(PRICE, "4", "close", unit);
            requireRange(bar, premium ? "4" : "1", "2", "3", "4");
            if (bar.has("6")) {
                row.must(SIZE, "5", "volume", units.getOrDefault("N", "units of the venue"))
                        .must(SIZE, "6", "turnover", units.getOrDefault("V", "units of the venue"));
            }
        });
    }

    /** No price of a bar lies outside its low and high. A premium may be below zero, so that the sign is free. */
    private static void requireRange(PayloadFields bar, String open, String high, String low, String close) {
        Amount top = bar.figure(high);
        Amount bottom = bar.figure(low);
        for (String field : List.of(open, close, low)) {
            Amount price = bar.figure(field);
            if (price.compareTo(top) > 0 || price.compareTo(bottom) < 0) {
                throw bar.refusal(field, "must lie within low " + bottom + " and high " + top);
            }
        }
    }
}
