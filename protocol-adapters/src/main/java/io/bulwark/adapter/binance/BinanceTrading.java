package io.bulwark.adapter.binance;

import static io.bulwark.adapter.binance.BinanceFacts.event;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders, trades, liquidations and movements of money. */
final class BinanceTrading {
    private static final Set<String> SIDES = Set.of("BUY", "SELL");

    static final Glossary ORDER = Glossary.of(BinanceUnits::of, """
            symbol,pair,side,origQty,clientOrderId,origClientOrderId,orderListId,closePosition,priceProtect,priceMatch,selfTradePreventionMode,time ; idle
            goodTillDate,workingType,origType,isWorking,workingTime,isIsolated,accountId,icebergQty,transactTime,fills,marginBuyBorrowAmount ; idle
            marginBuyBorrowAsset,code,msg,preventedMatchId,preventedQuantity,strategyId,strategyType,trailingDelta,trailingTime,usedSor,workingFloor,pegPriceType ; idle
            pegOffsetType,pegOffsetValue,peggedPrice,updatedTime,updateTime,time ; idle
            time,transactTime,updatedTime,updateTime ; time
            orderId ; word ; order
            status ; word ; state
            type ; word ; order type
            timeInForce,reduceOnly,positionSide ; word
            price ; order ; price ; Q/B
            stopPrice ; order ; trigger price ; Q/B
            activatePrice ; order ; activation price ; Q/B
            priceRate ; order ; callback ; %
            avgPrice ; trade ; average price ; Q/B
            executedQty,cumQty ; trade ; filled in all ; N
            cumQuote,cummulativeQuoteQty,cumBase ; trade ; value filled in all ; V
            origQuoteOrderQty ; order ; size in money ; Q
            """);

    private static final Glossary FILL = Glossary.of(BinanceUnits::of, """
            symbol,pair,side,qty,isBuyer,buyer,maker,isMaker,isBestMatch,orderListId,isIsolated,commissionAsset,marginAsset ; idle
            time ; time
            id ; word ; trade
            orderId ; word ; order
            positionSide ; word
            price ; trade ; price ; Q/B
            quoteQty,baseQty ; trade ; value ; V
            commission ; movement ; fee paid ; F
            realizedPnl ; movement ; gain realised ; S
            """);

    private static final Glossary PRINT = Glossary.of(BinanceUnits::of, """
            isBuyerMaker,isBestMatch,isRPITrade,m,M,f,l,b,a,e,E,s,X,nq,st ; idle
            time,T ; time
            id,t ; word ; trade
            price,p ; trade ; price of a trade ; Q/B
            quoteQty,baseQty ; trade ; value of a trade ; V
            """);

    private static final Glossary MOVE = Glossary.of(BinanceUnits::ofAsset, """
            asset,coin,address,addressTag,txId,txKey,info,confirmNo,walletType,transferType,confirmTimes,unlockConfirm,enInfo,applyTime ; idle
            completeTime,withdrawOrderId,principal,tradeId,symbol,sourceAddress,travelRuleStatus,isolatedSymbol,rawAsset,transFrom,transTo,positionSide,deltaType ; idle
            clientTranId,fromSymbol,toSymbol ; idle
            timestamp,insertTime,time,divTime ; time
            id ; word ; entry
            tranId ; word ; transfer
            network,status,type,incomeType ; word
            amount! ; movement ; amount ; C
            transactionFee ; movement ; fee ; C
            interest ; movement ; interest in it ; C
            """);

    private BinanceTrading() {}

    static List<PayloadKind> kinds() {
        return List.of(
                ORDER.beyond(row -> sized(row, FactKind.ORDER, "origQty", "side"))
                        .kind("order", having("orderId", "origQty", "side", "status")),
                FILL.beyond(BinanceTrading::filled)
                        .kind("userTrades", having("id", "orderId", "price", "qty", "commission")),
                PRINT.beyond(row -> printed(row, "qty"))
                        .kind(
                                "trades",
                                having("id", "price", "qty", "isBuyerMaker").and(lacking("orderId"))),
                PRINT.beyond(row -> printed(row, "q"))
                        .kind("aggTrades", having("p", "q", "m", "T").and(lacking("c", "S"))),
                Glossary.of(BinanceUnits::of, "e ; idle", "E ; moment")
                        .beyond(BinanceTrading::forced)
                        .kind("forceOrder", event("forceOrder")),
                Glossary.of(BinanceUnits::of, "e,E ; idle", "T ; moment")
                        .beyond(BinanceTrading::updated)
                        .kind("ORDER_TRADE_UPDATE", event("ORDER_TRADE_UPDATE")),
                Glossary.of(BinanceUnits::of, """
                        symbol,side,qty,timeInForce,isIsolated ; idle
                        updatedTime ; time
                        orderId ; word ; order
                        price ; order ; price ; Q/B
                        avgPrice ; trade ; average price ; Q/B
                        executedQty ; trade ; filled in all ; N
                        """)
                        .beyond(row -> sized(row, FactKind.TRADE, "qty", "side"))
                        .kind(
                                "margin/forceLiquidationRec",
                                having("orderId", "qty", "avgPrice", "isIsolated", "updatedTime")),
                MOVE.kind(
                        "movements",
                        having("amount")
                                .and(lacking("asset", "coin").negate())
                                .and(lacking("targetAsset", "productId", "positionId", "e", "price", "borrowLimit"))
                                .and(body -> body.size() > 2)),
                Glossary.of(BinanceUnits::ofAsset, """
                        symbol,asset,info,tradeId,tranId ; idle
                        time ; time
                        incomeType ; word
                        symbol ; word ; instrument
                        income! ; movement ; income ; C
                        """).kind("income", having("income", "incomeType")),
                Glossary.of(BinanceUnits::ofAsset, """
                        txId,rawAsset,asset,isolatedSymbol ; idle
                        interestAccuredTime ; time
                        type ; word
                        principal ; debt ; principal on which interest accrued ; C
                        interest ; movement ; interest ; C
                        interestRate ; interest ; interest rate of one day ; 1
                        """)
                        .kind("margin/interestHistory", having("interest", "interestRate", "principal")),
                Glossary.of(
                                BinanceUnits::ofAsset,
                                "e,a ; idle",
                                "E ; idle",
                                "T ; time",
                                "d ; movement ; change of the balance ; C")
                        .kind("balanceUpdate", event("balanceUpdate")),
                Glossary.of(
                                BinanceUnits::ofAsset,
                                "e,a ; idle",
                                "E ; time",
                                "t ; word ; type",
                                "T ; word ; transfer",
                                "p ; movement ; principal ; C",
                                "i ; movement ; interest ; C")
                        .kind("USER_LIABILITY_CHANGE", event("USER_LIABILITY_CHANGE")),
                Glossary.of(
                                fields -> new Name("account", Map.of()),
                                "e ; idle",
                                "E ; time",
                                "s ; word ; state",
                                "l ; account ; assets over liabilities ; 1")
                        .kind("MARGIN_LEVEL_STATUS_CHANGE", event("MARGIN_LEVEL_STATUS_CHANGE")),
                Glossary.of(BinanceUnits::of, """
                        e,E,s,S,q,l,c,m ; idle
                        T ; time
                        i ; word ; order
                        t ; word ; trade
                        p ; order ; price ; Q/B
                        L ; trade ; price ; Q/B
                        """)
                        .beyond(row -> {
                            sized(row, FactKind.ORDER, "q", "S");
                            sized(row, FactKind.TRADE, "l", "S");
                        })
                        .kind("TRADE_LITE", event("TRADE_LITE")),
                conditional(),
                Glossary.of(BinanceUnits::of, "e,E ; idle", "T ; moment")
                        .beyond(row -> {
                            PayloadFields order = row.fields().fields("o");
                            Glossary.of(BinanceUnits::of, """
                                    s,S,q,caid,f,ai,ap,aq,act,V,wt,pm,cp,pP,tt,gtd,rm,at ; idle
                                    aid ; word ; order
                                    o ; word ; order type
                                    X ; word ; state
                                    ps ; word ; position side
                                    R ; word ; reduce only
                                    tp ; order ; trigger price ; Q/B
                                    p ; order ; price ; Q/B
                                    """)
                                    .beyond(one -> sized(one, FactKind.ORDER, "q", "S"))
                                    .read(row.sheet(), order);
                            order.end();
                        })
                        .kind("ALGO_UPDATE", event("ALGO_UPDATE")),
                report());
    }

    private static PayloadKind conditional() {
        return Glossary.of(BinanceUnits::of, """
                        symbol,side,quantity,clientAlgoId,actualOrderId,actualType,tpOrderType,tpTriggerPrice,tpPrice,slTriggerPrice,slPrice,selfTradePreventionMode ; idle
                        workingType,priceMatch,closePosition,priceProtect,icebergQuantity,goodTillDate,createTime,triggerTime,callbackRate,actualQty,code,msg ; idle
                        updateTime ; time
                        algoId ; word ; order
                        algoType,orderType,type,algoStatus,timeInForce,positionSide,reduceOnly ; word
                        triggerPrice,activatePrice ; order ; trigger price ; Q/B
                        price ; order ; price ; Q/B
                        actualPrice ; trade ; price of the order that was sent ; Q/B
                        """)
                .beyond(row -> sized(row, FactKind.ORDER, "quantity", "side"))
                .kind("algoOrder", having("algoId", "quantity", "side", "algoStatus"));
    }

    private static PayloadKind report() {
        return Glossary.of(BinanceUnits::of, """
                        e,s,S,q,l,c,C,f,F,g,r,I,w,m,M,O,W,V,d,D,j,J,v,A,B,u,U,Cs,pl,pL,pY,a,b,k,uS,Y,E,N,n,x,gP,gOT,gOV,gp,eR ; idle
                        T ; time
                        i ; word ; order
                        t ; word ; trade
                        X ; word ; state
                        o ; word ; order type
                        p ; order ; price ; Q/B
                        P ; order ; trigger price ; Q/B
                        z ; trade ; filled in all ; N
                        L ; trade ; price ; Q/B
                        Z ; trade ; value filled in all ; V
                        Q ; order ; size in money ; Q
                        """)
                .beyond(row -> {
                    sized(row, FactKind.ORDER, "q", "S");
                    if (row.fields().figure("l").signum() != 0) {
                        sized(row, FactKind.TRADE, "l", "S");
                        row.fields()
                                .blankOr("N", row.fields()::text)
                                .ifPresent(coin -> row.facts().may(FactKind.MOVEMENT, "n", "fee paid", coin));
                    }
                })
                .kind("executionReport", event("executionReport"));
    }

    private static Amount unsigned(Row row, String field) {
        Amount size = row.fields().figure(field);
        if (size.signum() < 0) {
            throw row.fields().refusal(field, "must be >= 0; the side has the sign");
        }
        return size;
    }

    /** Sold below zero. */
    static void sized(Row row, FactKind kind, String field, String sideField) {
        if (row.fields().has("code") && row.fields().has("msg") && !row.fields().has(sideField)) {
            throw row.fields().refusal("code", "must not be an error of the venue");
        }
        String side = row.fields().text(sideField, SIDES);
        row.facts().word("side", side);
        Amount size = unsigned(row, field);
        row.facts().fact(kind, field, "size", Figure.of(side.equals("SELL") ? size.negate() : size, row.unit("N")));
    }

    private static void filled(Row row) {
        PayloadFields fields = row.fields();
        boolean buys = fields.has("side")
                ? fields.text("side", SIDES).equals("BUY")
                : fields.flag(fields.has("isBuyer") ? "isBuyer" : "buyer");
        row.facts().word("side", buys ? "BUY" : "SELL");
        Amount size = unsigned(row, "qty");
        row.facts().fact(FactKind.TRADE, "qty", "size", Figure.of(buys ? size : size.negate(), row.unit("N")));
    }

    private static void printed(Row row, String field) {
        boolean sold = row.fields().flag(row.fields().has("m") ? "m" : "isBuyerMaker");
        row.facts().word("taker's side", sold ? "SELL" : "BUY");
        row.facts().fact(FactKind.TRADE, field, "size of a trade", Figure.of(unsigned(row, field), row.unit("N")));
    }

    /** The order by which a position was liquidated: a sale closes a long. */
    private static void forced(Row row) {
        PayloadFields order = row.fields().fields("o");
        Glossary.of(BinanceUnits::of, """
                s,S,q,f,o,X,l,ps ; idle
                T ; time
                X ; word ; state
                p ; order ; price ; Q/B
                ap ; trade ; average price ; Q/B
                z ; trade ; filled in all ; N
                """)
                .beyond(one -> {
                    one.facts().word("position", one.fields().text("S", SIDES).equals("SELL") ? "long" : "short");
                    sized(one, FactKind.TRADE, "q", "S");
                })
                .read(row.sheet(), order);
        order.end();
    }

    private static void updated(Row row) {
        PayloadFields order = row.fields().fields("o");
        Glossary.of(BinanceUnits::of, """
                s,S,q,l,c,f,m,wt,ot,cp,pP,si,ss,V,pm,gtd,b,a,N,n,AP,cr,er,N,st ; idle
                T ; time
                i ; word ; order
                t ; word ; trade
                x ; word ; happened
                X ; word ; state
                o ; word ; order type
                ps ; word ; position side
                R ; word ; reduce only
                p ; order ; price ; Q/B
                ap ; trade ; average price ; Q/B
                sp ; order ; trigger price ; Q/B
                z ; trade ; filled in all ; N
                L ; trade ; price ; Q/B
                rp ; movement ; gain realised ; S
                """)
                .beyond(one -> {
                    sized(one, FactKind.ORDER, "q", "S");
                    if (one.fields().figure("l").signum() != 0) {
                        sized(one, FactKind.TRADE, "l", "S");
                        one.fields()
                                .blankOr("N", one.fields()::text)
                                .ifPresent(coin -> one.facts().may(FactKind.MOVEMENT, "n", "fee paid", coin));
                    }
                })
                .read(row.sheet(), order);
        order.end();
    }
}
