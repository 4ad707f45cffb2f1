package io.bulwark.adapter.binance;

import static io.bulwark.adapter.fact.PayloadKind.having;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.List;

/** Orders that belong together: lists of which one cancels another, orders that are worked off in parts, and what replaced an order. */
final class BinanceLists {
    private static final Glossary ORDER =
            BinanceTrading.ORDER.beyond(row -> BinanceTrading.sized(row, FactKind.ORDER, "origQty", "side"));

    private BinanceLists() {}

    static List<PayloadKind> kinds() {
        return List.of(
                Glossary.of(BinanceUnits::of, """
                        symbol,orders,isIsolated,marginBuyBorrowAmount,marginBuyBorrowAsset ; idle
                        transactionTime ; moment
                        orderListId ; word ; list
                        contingencyType,listStatusType,listOrderStatus,listClientOrderId ; word
                        """)
                        .about(FactKind.ORDER)
                        .beyond(row -> row.each("orderReports", ORDER))
                        .kind("orderList", having("orderListId", "contingencyType")),
                Glossary.of(BinanceUnits::of, "executionId,listStatus ; idle", "transactTime ; moment")
                        .beyond(BinanceLists::amended)
                        .kind("order/amend/keepPriority", having("amendedOrder")),
                Glossary.of(BinanceUnits::of, """
                        symbol,side,clientAlgoId,endTime,errorCode,positionSide ; idle
                        bookTime ; time
                        algoId ; word ; order
                        algoStatus,algoType,urgency ; word
                        executedQty ; trade ; filled in all ; N
                        executedAmt ; trade ; value filled in all ; V
                        avgPrice ; trade ; average price ; Q/B
                        """)
                        .beyond(row -> BinanceTrading.sized(row, FactKind.ORDER, "totalQty", "side"))
                        .kind("algo/orders", having("algoId", "totalQty", "side")),
                Glossary.of(BinanceUnits::of, """
                        symbol,side,subId,feeAsset ; idle
                        bookTime ; time
                        orderId ; word ; order
                        algoId,orderStatus,timeInForce ; word
                        executedQty ; trade ; filled in all ; N
                        executedAmt ; trade ; value filled in all ; V
                        avgPrice ; trade ; average price ; Q/B
                        feeAmt ; movement ; fee, below zero where it is paid ; units of the fee's asset
                        """)
                        .beyond(row -> BinanceTrading.sized(row, FactKind.ORDER, "origQty", "side"))
                        .kind("algo/subOrders", having("algoId", "subId", "origQty")),
                Glossary.of(BinanceUnits::of, """
                        symbol,makerSymbol,tradeGroupId ; idle
                        transactTime ; time
                        preventedMatchId ; word ; match
                        takerOrderId,makerOrderId,selfTradePreventionMode ; word
                        price ; order ; price ; Q/B
                        makerPreventedQuantity,takerPreventedQuantity ; order ; size taken off ; N
                        """)
                        .kind("myPreventedMatches", having("preventedMatchId", "makerOrderId")),
                Glossary.of(BinanceUnits::of, """
                        symbol,pair,clientOrderId,priceMatch ; idle
                        time ; time
                        orderId ; word ; order
                        amendmentId ; word ; amendment
                        """)
                        .about(FactKind.ORDER)
                        .beyond(BinanceLists::history)
                        .kind("orderAmendment", having("amendmentId", "amendment")));
    }

    private static void amended(Row row) {
        PayloadFields order = row.fields().fields("amendedOrder");
        Glossary.of(BinanceUnits::of, """
                symbol,side,orderListId,clientOrderId,origClientOrderId,preventedQuantity,quoteOrderQty,trailingDelta,trailingTime,icebergQty,strategyId ; idle
                strategyType,workingTime,selfTradePreventionMode,time,updateTime,isWorking,origQuoteOrderQty,cumulativeQuoteQty,cummulativeQuoteQty,preventedMatchId ; idle
                orderId ; word ; order
                status ; word ; state
                type ; word ; order type
                timeInForce ; word
                price ; order ; price ; Q/B
                stopPrice ; order ; trigger price ; Q/B
                executedQty ; trade ; filled in all ; N
                """)
                .beyond(one -> BinanceTrading.sized(one, FactKind.ORDER, order.has("qty") ? "qty" : "origQty", "side"))
                .read(row.sheet(), order);
        order.end();
    }

    /** An amendment does not tell its order's side, so its sizes are unsigned. */
    private static void history(Row row) {
        PayloadFields amendment = row.fields().fields("amendment");
        amendment.absentOr("count", amendment::node);
        for (String part : List.of("price", "origQty")) {
            amendment.absentOr(part, amendment::fields).ifPresent(change -> {
                String unit = row.unit(part.equals("price") ? "Q/B" : "N");
                new FactRow(row.sheet(), change, row.name().subject())
                        .may(FactKind.ORDER, "before", (part.equals("price") ? "price" : "size") + " before", unit)
                        .may(FactKind.ORDER, "after", (part.equals("price") ? "price" : "size") + " after", unit);
                change.end();
            });
        }
        amendment.end();
    }
}
