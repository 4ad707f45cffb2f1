package io.bulwark.adapter.bybit;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders, trades, liquidations and movements of money. */
final class BybitTrading {
    private static final Set<String> SIDES = Set.of("Buy", "Sell");

    private static final Glossary ORDER = Glossary.of(BybitUnits::of, """
            symbol,side,qty,size,feeCurrency,blockTradeId,rejectReason,cancelType,smpType,smpGroup,smpOrderId,placeType,isLeverage ; idle
            tpTriggerBy,slTriggerBy,triggerBy,triggerDirection,tpslMode,createType,marketUnit,ocoTriggerBy,slippageToleranceType ; idle
            slippageTolerance,cumFeeDetail,extraFees,parentOrderLinkId,baseCoin,settleCoin,contractType,leg1Symbol,leg2Symbol,leg1Side ; idle
            leg2Side,leg1OrderId,leg2OrderId,leg1ProdType,leg2ProdType,createdAt,createdTime,cxlRejReason,bboSideType,bboLevel ; idle
            orderQty,lastPriceOnCreated,openTime,preCheckLiquidity,rpiTakerAccess,legs,execPnl,basePrice,seq ; idle
            updatedTime,updatedAt ; time
            orderId ; word ; order
            orderLinkId ; word ; client's order
            orderType ; word ; order type
            orderStatus ; word ; state
            category,timeInForce,reduceOnly,closeOnTrigger,positionIdx,stopOrderType,tpOrderType,slOrderType ; word
            price ; order ; price ; Q/B
            orderIv ; volatility ; volatility of the order ; 1
            triggerPrice ; order ; trigger price ; Q/B
            takeProfit,tpLimitPrice ; order ; take-profit price ; Q/B
            stopLoss,slLimitPrice ; order ; stop-loss price ; Q/B
            leavesQty ; order ; size left ; N
            leavesValue ; order ; value left ; V
            cumExecQty ; trade ; filled in all ; N
            cumExecValue ; trade ; value filled in all ; V
            avgPrice ; trade ; average price ; Q/B
            cumExecFee ; movement ; fee of all fills ; F
            closedPnl ; movement ; gain realised ; S
            """);

    private static final Glossary EXECUTION = Glossary.of(BybitUnits::of, """
            symbol,side,execQty,feeCurrency,blockTradeId,createType,seq,marketUnit,extraFees,isLeverage,parentExecId,orderLinkId,legs,feeRate,execFeeV2 ; idle
            execTime ; time
            execId ; word ; trade
            orderId ; word ; order
            execType ; word ; trade type
            category,orderType,stopOrderType,isMaker ; word
            execPrice ; trade ; price ; P
            execValue ; trade ; value ; V
            execFee ; movement ; fee, negative where earned ; F
            execPnl ; movement ; gain realised ; S
            orderPrice ; order ; price ; P
            orderQty ; order ; size ; N
            leavesQty ; order ; size left ; N
            closedSize ; trade ; size closed ; N
            markPrice ; price ; mark price ; Q/B
            indexPrice,underlyingPrice ; price ; index price ; U
            tradeIv ; volatility ; volatility of the trade ; 1
            markIv ; volatility ; mark volatility ; 1
            """);

    private static final Glossary MOVE = Glossary.of(BybitUnits::ofCoin, """
            coin,toAddress,tag,txID,blockHash,address,fromAddress,batchReleaseLimit,depositFee,txIndex,contractAddress,taxDepositRecordsId ; idle
            taxStatus,confirmations,createdTime,createTime,fromMemberId,toMemberId,transferDetailsId,tax ; idle
            timestamp,updateTime,successAt ; time
            withdrawId ; word ; withdrawal
            transferId ; word ; transfer
            id ; word ; deposit
            chain,status,withdrawType,depositType,type,fromAccountType,toAccountType ; word
            amount! ; movement ; amount ; C
            withdrawFee ; movement ; fee ; C
            """);

    private BybitTrading() {}

    static List<PayloadKind> kinds() {
        return List.of(
                ORDER.beyond(row -> sized(row, FactKind.ORDER, "qty"))
                        .kind("order", having("orderId", "orderStatus", "qty", "side")),
                EXECUTION
                        .naming(BybitTrading::traded)
                        .beyond(row -> sized(row, FactKind.TRADE, "execQty"))
                        .kind("execution", having("execId", "execPrice", "execQty", "side")),
                Glossary.of(BybitUnits::of, """
                        symbol,side,size,category,seq,isBlockTrade,isRPITrade,rpi,mP,iP,mIv,iv ; idle
                        time ; time
                        execId ; word ; trade
                        price ; trade ; price of a trade ; Q/B
                        """)
                        .beyond(row -> printed(row, "side", "size"))
                        .kind("recent-trade", having("execId", "price", "size", "side", "time")),
                Glossary.of(BybitTrading::streamed, """
                        s,S,v,L,BT,RPI,seq ; idle
                        T ; time
                        i ; word ; trade
                        p ; trade ; price of a trade ; Q/B
                        mP ; price ; mark price ; Q/B
                        iP ; price ; index price ; U
                        mIv ; volatility ; mark volatility ; 1
                        iv ; volatility ; volatility of the trade ; 1
                        """)
                        .beyond(row -> printed(row, "S", "v"))
                        .kind("publicTrade", having("T", "s", "S", "v", "p", "i")),
                Glossary.of(BybitTrading::streamed, "s,S,v ; idle", "T ; time", "p ; trade ; bankruptcy price ; Q/B")
                        .beyond(BybitTrading::liquidated)
                        .kind("allLiquidation", having("T", "s", "S", "v", "p").and(lacking("i"))),
                Glossary.of(BybitUnits::of, """
                        symbol,side,size,updatedTime,category,createdTime,orderType,execType,fillCount ; idle
                        updatedTime ; time
                        orderId ; word ; order
                        side,execType,orderType ; word
                        qty,closedSize ; trade ; size closed ; N
                        orderPrice ; order ; price ; Q/B
                        avgEntryPrice ; price ; average entry price ; Q/B
                        avgExitPrice ; price ; average exit price ; Q/B
                        cumEntryValue ; trade ; value at entry ; V
                        cumExitValue ; trade ; value at exit ; V
                        closedPnl ; movement ; gain realised ; S
                        leverage ; account ; leverage ; 1
                        openFee ; movement ; fee at entry ; S
                        closeFee ; movement ; fee at exit ; S
                        """).kind("closed-pnl", having("closedPnl", "avgEntryPrice")),
                Glossary.of(BybitUnits::of, """
                        symbol,category ; idle
                        deliveryTime ; time
                        createdTime ; time
                        side ; word
                        strike ; instrument ; strike ; U
                        position,size ; trade ; size settled, without sign ; N
                        deliveryPrice ; price ; delivery price ; U
                        markPrice,sessionAvgPrice,entryPrice ; price ; settlement price ; Q/B
                        fee ; movement ; fee ; S
                        deliveryRpl,realisedPnl ; movement ; gain realised ; S
                        """)
                        .kind(
                                "settlement-record",
                                having("symbol", "side")
                                        .and(lacking("deliveryRpl", "realisedPnl")
                                                .negate())),
                Glossary.of(BybitUnits::ofCoin, """
                        symbol,currency,category,bonusChange,orderLinkId,transSubType,feeRate,extraFees ; idle
                        transactionTime ; time
                        id ; word ; entry
                        orderId ; word ; order
                        tradeId ; word ; trade
                        side,type ; word
                        change ; movement ; change of the balance ; C
                        cashFlow ; movement ; cash flow ; C
                        funding ; movement ; funding, negative where paid ; C
                        fee ; movement ; fee ; C
                        cashBalance ; account ; balance after ; C
                        qty ; trade ; size ; N
                        size ; account ; position after, signed ; N
                        tradePrice ; trade ; price ; Q/B
                        """)
                        .kind("transaction-log", having("cashFlow", "cashBalance", "currency")),
                MOVE.kind("asset movements", having("coin", "amount").and(lacking("productId", "chains", "fromCoin"))),
                Glossary.of(BybitUnits::of, """
                        fromCoin,toCoin,fromCoinType,toCoinType,extInfo,userId,requestId,expiredTime ; idle
                        createdAt ; time
                        exchangeTxId,quoteTxId,accountType,exchangeStatus,createdTime ; word
                        convertRate,exchangeRate ; trade ; rate of exchange ; 1
                        """)
                        .beyond(row -> {
                            row.facts()
                                    .may(
                                            FactKind.MOVEMENT,
                                            "fromAmount",
                                            "converted away",
                                            row.fields().text("fromCoin"));
                            row.facts()
                                    .may(
                                            FactKind.MOVEMENT,
                                            "toAmount",
                                            "converted into",
                                            row.fields().text("toCoin"));
                        })
                        .kind("asset/exchange", having("fromCoin", "toCoin", "fromAmount", "toAmount")),
                Glossary.of(BybitUnits::ofCoin, """
                        currency,memberId,description,descriptionEn,showBusiType,showBusiTypeEn,ioDirection ; idle
                        createTime ; seconds
                        ioDirection ; word ; direction
                        txnAmt ; movement ; amount, without sign ; C
                        afterAmt ; account ; balance after ; C
                        """).kind("asset/fundinghistory", having("txnAmt", "afterAmt")));
    }

    private static Name traded(PayloadFields fields) {
        Name name = BybitUnits.of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        units.put("P", units.getOrDefault("Q/B", "units of the venue"));
        return new Name(name.subject(), units);
    }

    private static Name streamed(PayloadFields fields) {
        String symbol = fields.text("s");
        return new Name(symbol, BybitUnits.units(symbol));
    }

    private static Amount unsigned(Row row, String field) {
        Amount size = row.fields().figure(field);
        if (size.signum() < 0) {
            throw row.fields().refusal(field, "must be >= 0; the side has the sign");
        }
        return size;
    }

    /** Sold below zero. */
    private static void sized(Row row, FactKind kind, String field) {
        String side = row.fields().text("side", SIDES);
        row.facts().word("side", side);
        Amount size = unsigned(row, field);
        boolean quote = row.fields()
                .blankOr("marketUnit", row.fields()::text)
                .filter("quoteCoin"::equals)
                .isPresent();
        row.facts()
                .fact(
                        kind,
                        field,
                        "size",
                        Figure.of(side.equals("Sell") ? size.negate() : size, row.unit(quote ? "Q" : "N")));
    }

    private static void printed(Row row, String sideField, String field) {
        row.facts().word("taker's side", row.fields().text(sideField, SIDES));
        row.facts().fact(FactKind.TRADE, field, "size of a trade", Figure.of(unsigned(row, field), row.unit("N")));
    }

    /** The venue tells the side of the position that was liquidated. */
    private static void liquidated(Row row) {
        String side = row.fields().text("S", SIDES);
        row.facts().word("position", side.equals("Buy") ? "long" : "short");
        row.facts().fact(FactKind.TRADE, "v", "size liquidated", Figure.of(unsigned(row, "v"), row.unit("N")));
    }
}
