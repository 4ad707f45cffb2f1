package io.bulwark.adapter.binance;

import static io.bulwark.adapter.binance.BinanceFacts.event;
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

/** Prices, books, funding, candles and what is traded. */
final class BinanceMarket {
    private static final int CANDLE = 12;

    private static final Glossary TICKER = Glossary.of(BinanceUnits::of, """
            symbol,pair,ps,openTime,firstId,lastId,count,time,lastUpdateId ; idle
            closeTime,time ; time
            price,lastPrice ; price ; last price ; Q/B
            priceChange ; parameter ; change of the day ; Q/B
            priceChangePercent ; price ; change of the day over the price before ; %
            weightedAvgPrice ; price ; average price of the day ; Q/B
            prevClosePrice ; price ; close of the day before ; Q/B
            openPrice ; price ; open ; Q/B
            highPrice ; price ; high ; Q/B
            lowPrice ; price ; low ; Q/B
            lastQty ; size ; size of the last trade ; N
            bidPrice ; price ; best bid ; Q/B
            askPrice ; price ; best ask ; Q/B
            bidQty ; depth ; size at the best bid ; N
            askQty ; depth ; size at the best ask ; N
            volume ; size ; volume ; N
            quoteVolume,baseVolume ; size ; turnover ; V
            """);

    private static final Glossary MARK = Glossary.of(BinanceUnits::of, """
            symbol,pair,nextFundingTime ; idle
            nextFundingTime ; word ; next settles at
            time ; time
            markPrice ; price ; mark price ; Q/B
            indexPrice ; price ; index price ; Q/B
            estimatedSettlePrice ; price ; estimated settlement price ; Q/B
            lastFundingRate ; funding ; funding rate of this interval ; 1
            interestRate ; interest ; interest in the funding rate ; 1
            """);

    /** Options, which are European and paid in USDT. A volatility below zero says that there is no such quote. */
    private static final Glossary OPTION = Glossary.of(BinanceUnits::of, """
            symbol ; idle
            markPrice ; price ; mark price ; Q/B
            markIV ; volatility ; mark volatility ; 1
            bidIV ; word ; bid volatility
            askIV ; word ; ask volatility
            delta ; sensitivity ; delta ; 1
            gamma ; sensitivity ; gamma ; per USD
            vega ; sensitivity ; vega ; S
            theta ; sensitivity ; theta a day ; S
            highPriceLimit ; limit ; highest price of an order ; Q/B
            lowPriceLimit ; limit ; lowest price of an order ; Q/B
            riskFreeInterest ; interest ; rate behind the mark a year ; 1
            """);

    private static final String ROLLING = """
            p ; parameter ; change of the window ; Q/B
            P ; price ; change of the window over the price before ; %
            w ; price ; average price of the window ; Q/B
            c ; price ; last price ; Q/B
            o ; price ; open ; Q/B
            h ; price ; high ; Q/B
            l ; price ; low ; Q/B
            v ; size ; volume ; N
            q ; size ; turnover ; V
            O,C,F,L,n ; idle
            """;

    private BinanceMarket() {}

    static List<PayloadKind> kinds() {
        return List.of(
                TICKER.kind(
                        "ticker",
                        having("symbol")
                                .and(lacking("price", "lastPrice", "bidPrice").negate())
                                .and(lacking("side", "qty", "calcTime", "constituents", "isBuyer", "lastFundingRate"))),
                of("mins ; word ; minutes\ncloseTime ; time\nprice ; price ; average price ; Q/B")
                        .naming(fields -> new Name(BinanceUnits.UNNAMED, BinanceUnits.units(BinanceUnits.UNNAMED)))
                        .kind("avgPrice", having("mins", "price")),
                OPTION.kind("option mark", having("symbol", "markPrice", "markIV")),
                MARK.kind("premiumIndex", having("symbol", "markPrice", "lastFundingRate")),
                of("symbol ; idle\nfundingTime ; time\nfundingRate! ; funding ; funding rate paid ; 1\nmarkPrice ; price ; mark price ; Q/B")
                        .kind("fundingRate", having("symbol", "fundingRate", "fundingTime")),
                of("symbol,pair,contractType ; idle\ntime ; time\nopenInterest! ; size ; open interest ; N")
                        .kind("openInterest", having("openInterest").and(having("symbol"))),
                of("symbol,pair,contractType,CMCCirculatingSupply ; idle\ntimestamp ; time\nsumOpenInterest ; size ; open interest ; N\nsumOpenInterestValue ; size ; value of the open interest ; V")
                        .kind("openInterestHist", having("sumOpenInterest")),
                of("symbol,pair ; idle\ntimestamp ; time\nlongShortRatio ; size ; long over short ; 1\nlongAccount,longPosition ; size ; share long ; 1\nshortAccount,shortPosition ; size ; share short ; 1")
                        .kind("longShortRatio", having("longShortRatio")),
                of("pair,symbol,contractType ; idle\ntimestamp ; time\nbuySellRatio ; size ; taker buys over sells ; 1\nbuyVol,takerBuyVol ; size ; taker buys ; N\nsellVol,takerSellVol ; size ; taker sells ; N\ntakerBuyVolValue,takerSellVolValue ; size ; taker turnover ; V")
                        .kind(
                                "takerlongshortRatio",
                                having("timestamp")
                                        .and(lacking("buyVol", "takerBuyVol").negate())),
                of("pair,contractType ; idle\ncontractType ; word\ntimestamp ; time\nindexPrice ; price ; index price ; Q/B\nfuturesPrice ; price ; price of the future ; Q/B\nbasis ; parameter ; basis ; Q/B\nbasisRate ; parameter ; basis over index ; 1\nannualizedBasisRate ; parameter ; basis over index a year ; 1")
                        .kind("basis", having("basis", "futuresPrice")),
                of("symbol ; idle\ncalcTime ; time\nprice ; price ; index price of margin ; Q/B")
                        .kind("margin/priceIndex", having("calcTime", "price")),
                of("symbol ; idle\ntimestamp ; time\nreferencePrice ; price ; reference price ; Q/B")
                        .kind("referencePrice", having("referencePrice")),
                of("""
                        symbol ; idle
                        time ; time
                        index ; price ; index of the asset ; USD
                        bidBuffer,askBuffer,autoExchangeBidBuffer,autoExchangeAskBuffer ; parameter ; buffer ; 1
                        bidRate,autoExchangeBidRate ; price ; value as margin ; USD
                        askRate,autoExchangeAskRate ; price ; value as debt ; USD
                        """).kind("assetIndex", having("index", "bidBuffer")),
                of("symbol ; idle\ntime ; moment")
                        .beyond(
                                row -> row.inner(
                                        "constituents",
                                        of(
                                                "exchange,symbol ; word\nprice ; price ; price of a component ; Q/B\nweight ; parameter ; weight of a component ; 1")))
                        .kind("constituents", having("symbol", "constituents")),
                Glossary.of(
                                BinanceMarket::book,
                                "lastUpdateId,u,symbol,pair ; word",
                                "E,T,e,s,ps,st,U,pu ; idle",
                                "T,E ; time")
                        .beyond(row -> {
                            for (String side : List.of("bids", "asks", "b", "a")) {
                                row.fields()
                                        .absentOr(side, row.fields()::node)
                                        .ifPresent(levels -> row.facts()
                                                .levels(
                                                        side,
                                                        side.startsWith("b") ? "bid" : "ask",
                                                        0,
                                                        row.unit("Q/B"),
                                                        row.unit("N")));
                            }
                        })
                        .kind("depth", having("lastUpdateId", "bids", "asks").or(event("depthUpdate"))),
                new PayloadKind("klines", BinanceMarket::areCandles, BinanceMarket::candles),
                Glossary.of(BinanceUnits::of)
                        .beyond(row -> row.facts()
                                .fact(
                                        FactKind.CLOCK,
                                        "serverTime",
                                        "venue time",
                                        Figure.of(
                                                Amount.of(Long.toString(
                                                        row.fields().whole("serverTime"))),
                                                "ms")))
                        .kind("time", having("serverTime").and(body -> body.size() == 1)),
                of("status ; word\nmsg ; word").about(FactKind.CLOCK).kind("system/status", having("status", "msg")));
    }

    /** Messages of streams, by the name that each gives itself. */
    static List<PayloadKind> streamed() {
        return List.of(
                stream("24hrTicker", """
                        p ; parameter ; change of the day ; Q/B
                        P ; price ; change of the day over the price before ; %
                        w ; price ; average price of the day ; Q/B
                        x ; price ; close of the day before ; Q/B
                        c ; price ; last price ; Q/B
                        Q ; size ; size of the last trade ; N
                        b ; price ; best bid ; Q/B
                        B ; depth ; size at the best bid ; N
                        a ; price ; best ask ; Q/B
                        A ; depth ; size at the best ask ; N
                        o ; price ; open ; Q/B
                        h ; price ; high ; Q/B
                        l ; price ; low ; Q/B
                        v ; size ; volume ; N
                        q ; size ; turnover ; V
                        O,C,F,L,n ; idle
                        """),
                stream("compositeIndex", "C,c ; idle\np ; price ; composite index ; Q/B"),
                stream("1hTicker", ROLLING),
                stream("4hTicker", ROLLING),
                stream("1dTicker", ROLLING),
                stream(
                        "24hrMiniTicker",
                        "c ; price ; last price ; Q/B\no ; price ; open ; Q/B\nh ; price ; high ; Q/B\nl ; price ; low ; Q/B\nv ; size ; volume ; N\nq ; size ; turnover ; V"),
                stream(
                        "markPriceUpdate",
                        "p ; price ; mark price ; Q/B\ni ; price ; index price ; Q/B\nP ; price ; estimated settlement price ; Q/B\nap ; price ; average mark price ; Q/B\nr ; funding ; funding rate of this interval ; 1\nT ; word ; next settles at"),
                Glossary.of(
                                BinanceUnits::of,
                                "e,s,ps,st ; idle",
                                "u ; word ; update",
                                "E,T ; time",
                                "b ; price ; best bid ; Q/B",
                                "B ; depth ; size at the best bid ; N",
                                "a ; price ; best ask ; Q/B",
                                "A ; depth ; size at the best ask ; N")
                        .kind("bookTicker", having("u", "s", "b", "B", "a", "A").and(lacking("U"))),
                Glossary.of(BinanceUnits::of, "e,s,ct,ps,st ; idle", "E ; moment")
                        .beyond(row -> {
                            PayloadFields bar = row.fields().fields("k");
                            Glossary.of(BinanceUnits::of, """
                                    T,f,L,n,B,s,ps,ct ; idle
                                    t ; time
                                    i ; word ; interval
                                    x ; word ; closed
                                    o! ; price ; open ; Q/B
                                    c! ; price ; close ; Q/B
                                    h! ; price ; high ; Q/B
                                    l! ; price ; low ; Q/B
                                    v ; size ; volume ; N
                                    q ; size ; turnover ; V
                                    V ; size ; taker buys ; N
                                    Q ; size ; turnover of taker buys ; V
                                    """)
                                    .beyond(one -> requireRange(one.fields(), "o", "h", "l", "c"))
                                    .inner(row, bar);
                        })
                        .kind("kline stream", event("kline").or(event("continuous_kline"))),
                stream(
                        "assetIndexUpdate",
                        "i ; price ; index of the asset ; USD\nb,a,q,g ; parameter ; buffer ; 1\nB,Q ; price ; value as margin ; USD\nA,G ; price ; value as debt ; USD"));
    }

    static Glossary of(String table) {
        return Glossary.of(BinanceUnits::of, table);
    }

    private static PayloadKind stream(String name, String table) {
        return Glossary.of(BinanceUnits::of, "e,s,ps,st ; idle\nE ; time", table)
                .kind(name, event(name));
    }

    private static Name book(PayloadFields fields) {
        Name name = BinanceUnits.of(fields);
        return name.subject().equals("account") ? new Name(BinanceUnits.UNNAMED, name.units()) : name;
    }

    private static boolean areCandles(JsonNode body) {
        return body.path(0).isArray() && body.path(0).size() == CANDLE;
    }

    private static void candles(JsonNode body, FactSheet sheet) {
        Map<String, String> units = BinanceUnits.units(BinanceUnits.UNNAMED);
        String price = units.getOrDefault("Q/B", "quote");
        sheet.tuples("", body, bar -> {
            FactRow row = new FactRow(sheet, bar, BinanceUnits.UNNAMED).at(bar.whole("0"));
            row.must(PRICE, "1", "open", price)
                    .must(PRICE, "2", "high", price)
                    .must(PRICE, "3", "low", price)
                    .must(PRICE, "4", "close", price);
            requireRange(bar, "1", "2", "3", "4");
            // Bars of marks and indices repeat a nought where others tell their volume, with blanks behind it in the
            // venue's own samples.
            if (!bar.scalar("5").isBlank() && !bar.scalar("5").endsWith(" ")) {
                row.must(SIZE, "5", "volume", "units of the venue").must(SIZE, "7", "turnover", "quote");
            }
            bar.unreadRest();
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
