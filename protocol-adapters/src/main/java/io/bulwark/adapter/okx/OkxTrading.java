package io.bulwark.adapter.okx;

import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Set;

/** Orders, trades, liquidations, bills and movements of money. */
final class OkxTrading {
    private static final Set<String> SIDES = Set.of("buy", "sell");

    private static final Glossary ORDER = Glossary.of(OkxUnits::of, """
            instId,sprdId,ccy,feeCcy,sz,fillSz,side,feeRate,lastTag,chaseType,chaseVal,maxChaseVal,maxChaseType,isTradeBorrowMode ; idle
            algoClOrdId,attachAlgoClOrdId,attachAlgoOrds,linkedAlgoOrd,linkedOrd,ordIdList,reqId,amendResult,amendSource ; idle
            cancelSource,cancelSourceReason,code,msg,source,stpId,stpMode,tag,quickMgnType,failCode,amendPxOnTriggerType ; idle
            fillTime,cTime,pTime,triggerTime,rebateCcy,fillFeeCcy,bizRefId,tradeQuoteCcy,pxType,subType,advanceOrdType,callbackRatio ; idle
            callbackSpread,closeFraction,pxLimit,pxSpread,pxVar,szLimit,timeInterval,moveTriggerPx,triggerPxType ; idle
            slTriggerPxType,tpTriggerPxType,outcome,ruleType,uid,count ; idle
            ts,uTime ; time
            ordId ; word ; order
            clOrdId ; word ; client's order
            algoId ; word ; algo order
            tradeId ; word ; trade
            billId ; word ; bill
            instType ; word ; type
            ordType ; word ; order type
            state,posSide,category,tdMode,execType,reduceOnly,tgtCcy,isTpLimit,actualSide ; word
            px ; order ; price ; Q/B
            pxUsd ; order ; price in USD ; USD
            pxVol ; order ; price in volatility ; 1
            ordPx ; order ; price, -1 for market ; Q/B
            triggerPx,activePx ; order ; trigger price ; Q/B
            slOrdPx,slTriggerPx ; order ; stop-loss price, -1 for market ; Q/B
            tpOrdPx,tpTriggerPx ; order ; take-profit price, -1 for market ; Q/B
            actualPx ; trade ; price of the order that was sent ; Q/B
            actualSz ; trade ; size of the order that was sent ; N
            accFillSz ; trade ; filled in all ; N
            pendingFillSz ; order ; to be filled ; N
            pendingSettleSz ; order ; to be settled ; N
            canceledSz ; order ; cancelled ; N
            avgPx ; trade ; average price ; Q/B
            fillPx ; trade ; price ; Q/B
            last,lastPx ; price ; last price ; Q/B
            fee ; movement ; fee, negative where paid ; F
            fillFee ; movement ; fee of the last fill, negative where paid ; F
            rebate ; movement ; rebate ; S
            pnl,fillPnl ; movement ; gain realised ; S
            lever ; account ; leverage ; 1
            notionalUsd,fillNotionalUsd ; order ; notional ; USD
            fillPxVol ; volatility ; volatility of the fill ; 1
            fillMarkVol ; volatility ; mark volatility at the fill ; 1
            fillPxUsd ; price ; price of the fill in USD ; USD
            fillFwdPx ; price ; forward price at the fill ; U
            fillMarkPx ; price ; mark price at the fill ; Q/B
            fillIdxPx ; price ; index price at the fill ; U
            """);

    private static final Glossary PRINT = Glossary.of(OkxUnits::of, """
            instId,sprdId,side,sz,fillSz,count,source,seqId,groupId ; idle
            ts ; time
            tradeId ; word ; trade
            count ; word ; trades
            px,fillPx ; price ; price of a trade ; Q/B
            fillVol ; volatility ; volatility of a trade ; %
            fwdPx ; price ; forward price ; U
            idxPx ; price ; index price ; U
            markPx ; price ; mark price ; Q/B
            """);

    private static final Glossary BILL = Glossary.of(OkxUnits::ofCurrency, """
            instId,ccy,clOrdId,clientId,tag,notes,from,to,fillTime,earnAmt,earnApr,details ; idle
            ts ; time
            billId ; word ; bill
            ordId ; word ; order
            tradeId ; word ; trade
            subAcct ; word ; sub-account
            instType,type,subType,mgnMode,execType ; word
            bal ; account ; balance after ; C
            balChg ; movement ; change of the balance ; C
            amt ; movement ; amount ; C
            posBal ; account ; position balance after ; N
            posBalChg ; movement ; change of the position balance ; N
            fee ; movement ; fee, negative where paid ; C
            interest ; movement ; interest ; C
            pnl ; movement ; gain realised ; C
            px ; price ; price ; Q/B
            sz ; trade ; size ; units of the bill
            fillPxVol ; volatility ; volatility of the fill ; 1
            fillMarkVol ; volatility ; mark volatility at the fill ; 1
            fillPxUsd ; price ; price of the fill in USD ; USD
            fillFwdPx ; price ; forward price at the fill ; U
            fillMarkPx ; price ; mark price at the fill ; Q/B
            fillIdxPx ; price ; index price at the fill ; U
            """);

    private static final Glossary TRANSFER = Glossary.of(OkxUnits::ofCurrency, """
            ccy,clientId,instId,toInstId,txId,from,to,areaCodeFrom,areaCodeTo,addrEx,memo,tag,pmtId,uid,note,toAddrType ; idle
            actualDepBlkConfirm,fromWdId,pTime,nonTradableAsset,feeCcy,leverage ; idle
            ts ; time
            depId ; word ; deposit
            wdId ; word ; withdrawal
            transId ; word ; transfer
            subAcct ; word ; sub-account
            chain,state,type,side,posSide ; word
            amt! ; movement ; amount ; C
            fee ; movement ; fee ; F
            accBorrowed ; debt ; borrowed in all ; C
            rate ; interest ; lowest lending rate asked ; 1
            """);

    private OkxTrading() {}

    static List<PayloadKind> kinds() {
        return List.of(
                ORDER.beyond(OkxTrading::order).kind("trade/order", having("ordType", "sz", "state")),
                ORDER.beyond(OkxTrading::fill)
                        .kind("trade/fills", having("fillSz", "fillPx", "side").and(lacking("ordType", "pos"))),
                PRINT.beyond(OkxTrading::print)
                        .kind("trades", having("tradeId", "px", "sz", "side").and(lacking("ordType", "ordId"))),
                PRINT.beyond(row -> row.each("legs", PRINT.beyond(OkxTrading::print)))
                        .kind("public block trades", having("blockTdId", "legs")),
                BILL.kind("bills", having("billId", "ccy").and(lacking("fillSz"))),
                TRANSFER.kind("transfers", having("ccy", "amt").and(lacking("billId", "earnings", "discountInfo"))),
                Glossary.of(OkxUnits::of, """
                        instId,ccy,posCcy,tradeId,pTime,cTime ; idle
                        uTime ; time
                        instType,mgnMode,posSide,posId ; word
                        markPx ; price ; mark price ; Q/B
                        mgnRatio ; account ; margin ratio ; 1
                        lever ; account ; leverage ; 1
                        """)
                        .beyond(OkxTrading::warned)
                        .kind(
                                "liquidation-warning",
                                having("instId", "pos", "mgnRatio", "markPx").and(lacking("avgPx"))),
                Glossary.of(
                                OkxUnits::of,
                                "instId,uly,instFamily ; idle",
                                "instType ; word",
                                "totalLoss ; movement ; loss ; S")
                        .beyond(row -> row.inner("details", Glossary.of(OkxUnits::of, """
                                ts ; time
                                time,ccy ; idle
                                side,posSide ; word
                                bkPx ; trade ; bankruptcy price ; Q/B
                                bkLoss ; trade ; bankruptcy loss ; S
                                sz ; trade ; size liquidated ; N
                                """)))
                        .kind(
                                "liquidation-orders",
                                having("instFamily", "details", "instType").and(lacking("total"))),
                Glossary.of(OkxUnits::of, """
                        fromCcy,toCcy,acct ; idle
                        uTime ; time
                        status ; word
                        """)
                        .beyond(row -> {
                            row.facts()
                                    .may(
                                            FactKind.MOVEMENT,
                                            "fillFromSz",
                                            "converted away",
                                            row.fields().text("fromCcy"));
                            row.facts()
                                    .may(
                                            FactKind.MOVEMENT,
                                            "fillToSz",
                                            "converted into",
                                            row.fields().text("toCcy"));
                        })
                        .kind("trade/easy-convert-history", having("fromCcy", "toCcy", "fillFromSz")),
                Glossary.of(OkxUnits::of, "debtCcy,repayCcy ; idle", "uTime ; time", "status ; word")
                        .beyond(row -> {
                            row.facts()
                                    .may(
                                            FactKind.MOVEMENT,
                                            "fillDebtSz",
                                            "debt repaid",
                                            row.fields().text("debtCcy"));
                            row.facts()
                                    .may(
                                            FactKind.MOVEMENT,
                                            "fillRepaySz",
                                            "paid for it",
                                            row.fields().text("repayCcy"));
                        })
                        .kind("trade/one-click-repay-history", having("fillDebtSz", "debtCcy")));
    }

    /** Sold below zero. A market order in quote currency counts money, not the coin. */
    private static Figure signed(Row row, String field) {
        Amount size = row.fields().figure(field);
        if (size.signum() < 0) {
            throw row.fields().refusal(field, "must be >= 0; the side has the sign");
        }
        boolean sold = row.fields().text("side", SIDES).equals("sell");
        boolean quote = row.fields()
                .blankOr("tgtCcy", row.fields()::text)
                .filter("quote_ccy"::equals)
                .isPresent();
        boolean money = quote && field.equals("sz");
        return Figure.of(sold ? size.negate() : size, money ? row.unit("Q") : row.unit("N"));
    }

    private static void order(Row row) {
        row.facts().word("side", row.fields().text("side", SIDES));
        row.fields()
                .blankOr("sz", row.fields()::figure)
                .ifPresent(size -> row.facts().fact(FactKind.ORDER, "sz", "size", signed(row, "sz")));
        row.fields()
                .blankOr("fillSz", row.fields()::figure)
                .filter(size -> size.signum() != 0)
                .ifPresent(size -> row.facts().fact(FactKind.TRADE, "fillSz", "size", signed(row, "fillSz")));
    }

    private static void fill(Row row) {
        row.facts().word("side", row.fields().text("side", SIDES));
        row.facts().fact(FactKind.TRADE, "fillSz", "size", signed(row, "fillSz"));
    }

    private static void print(Row row) {
        row.facts().word("taker's side", row.fields().text("side", SIDES));
        Amount size = row.fields().figure("sz");
        if (size.signum() < 0) {
            throw row.fields().refusal("sz", "must be >= 0; the side has the sign");
        }
        row.facts().fact(FactKind.TRADE, "sz", "size of a trade", Figure.of(size, row.unit("N")));
    }

    /** The position that is warned of, as its own row tells it. */
    private static void warned(Row row) {
        Amount size = row.fields().figure("pos");
        boolean shorted = row.fields().text("posSide").equals("short");
        row.facts()
                .fact(
                        FactKind.POSITION,
                        "pos",
                        "size",
                        Figure.of(shorted ? size.abs().negate() : size, row.unit("N")));
    }
}
