package io.bulwark.adapter.drift;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.ORDER;
import static io.bulwark.adapter.fact.FactKind.PRICE;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Set;

/** An account by the gateway and the data interface: decimals in quotes, interest and prices already applied by the venue. */
final class DriftGateway {
    private static final String USDC = "USDC";

    private DriftGateway() {}

    static List<PayloadKind> kinds() {
        return List.of(
                PayloadKind.one(
                        "user",
                        body -> PayloadKind.having("account").test(body)
                                || PayloadKind.having("positions", "balances").test(body),
                        DriftGateway::user),
                PayloadKind.one("positions", PayloadKind.having("spot", "perp"), DriftGateway::positions),
                PayloadKind.one(
                        "positionInfo",
                        PayloadKind.having("averageEntry", "amount"),
                        (fields, sheet) -> perpetual(fields, sheet)),
                PayloadKind.one(
                        "collateral",
                        PayloadKind.having("total", "free"),
                        (fields, sheet) -> new FactRow(sheet, fields, "account")
                                .must(ACCOUNT, "total", "collateral", USDC)
                                .must(ACCOUNT, "free", "free collateral", USDC)),
                PayloadKind.one(
                        "marginInfo",
                        PayloadKind.having("initial", "maintenance"),
                        (fields, sheet) -> new FactRow(sheet, fields, "account")
                                .must(ACCOUNT, "initial", "initial margin", USDC)
                                .must(ACCOUNT, "maintenance", "maintenance margin", USDC)),
                PayloadKind.one(
                        "leverage",
                        body -> body.isObject() && body.size() == 1 && body.has("leverage"),
                        (fields, sheet) -> new FactRow(sheet, fields, "account")
                                .must(ACCOUNT, "leverage", "leverage", Figure.RATIO)),
                PayloadKind.one(
                        "orders",
                        PayloadKind.having("orders")
                                .and(PayloadKind.having("account").negate())
                                .and(PayloadKind.having("balances").negate()),
                        (fields, sheet) -> sheet.each("orders", fields.node("orders"), row -> order(row, sheet))),
                PayloadKind.one("order", PayloadKind.having("record"), (fields, sheet) -> {
                    fields.unread(Kind.FLAG, "success");
                    sheet.one("record", fields.node("record"), row -> order(row, sheet));
                }));
    }

    private static void user(PayloadFields fields, FactSheet sheet) {
        fields.unread(Kind.FLAG, "success");
        fields.absentOr("account", fields::fields).ifPresent(account -> {
            new FactRow(sheet, account, "account")
                    .may(ACCOUNT, "balance", "account value", USDC)
                    .may(ACCOUNT, "totalCollateral", "collateral", USDC)
                    .may(ACCOUNT, "freeCollateral", "free collateral", USDC)
                    .may(ACCOUNT, "initialMargin", "initial margin", USDC)
                    .may(ACCOUNT, "maintenanceMargin", "maintenance margin", USDC)
                    .percent(ACCOUNT, "health", "health")
                    .ratio(ACCOUNT, "leverage", "leverage");
            account.end();
        });
        if (fields.has("positions")) {
            sheet.each("positions", fields.node("positions"), row -> position(row, sheet));
        }
        if (fields.has("balances")) {
            sheet.each("balances", fields.node("balances"), row -> balance(row, sheet));
        }
        if (fields.has("orders")) {
            sheet.each("orders", fields.node("orders"), row -> order(row, sheet));
        }
        fields.unread(Kind.ARRAY, "positions", "balances", "orders");
    }

    private static void position(PayloadFields row, FactSheet sheet) {
        String name = row.text("symbol");
        String base = DriftMarket.base(name);
        Amount size = row.figure("baseAssetAmount");
        FactRow facts = new FactRow(sheet, row, name).said("marketIndex");
        if (size.signum() != 0) {
            facts.must(FactKind.POSITION, "baseAssetAmount", "size", base);
        }
        facts.may(ACCOUNT, "quoteEntryAmount", "quote at entry", USDC)
                .may(ACCOUNT, "settledPnl", "gain that was settled", USDC)
                .may(ACCOUNT, "feesAndFunding", "fees and funding", USDC)
                .may(ACCOUNT, "liquidationPrice", "liquidation price", "USDC per " + base)
                .may(ACCOUNT, "unsettledPnl", "gain not settled", USDC)
                .may(ACCOUNT, "unrealizedPnl", "unrealised gain", USDC)
                .may(PRICE, "oraclePrice", "oracle price", "USDC per " + base);
    }

    private static void balance(PayloadFields row, FactSheet sheet) {
        String coin = row.text("symbol");
        Amount balance = row.figure("balance");
        sheet.add(Fact.of(
                        balance.signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL,
                        row.pathOf("balance"),
                        coin,
                        "balance",
                        Figure.of(balance.abs(), coin))
                .with("market index", row.scalar("marketIndex")));
        new FactRow(sheet, row, coin).may(ACCOUNT, "liquidationPrice", "liquidation price", "USDC per " + coin);
        row.unread(Kind.FIGURE, "openOrders");
    }

    private static void positions(PayloadFields fields, FactSheet sheet) {
        sheet.each("perp", fields.node("perp"), row -> perpetual(row, sheet));
        sheet.each("spot", fields.node("spot"), row -> {
            String market = "spot market " + row.whole("marketIndex");
            boolean borrow = row.text("type", Set.of("deposit", "borrow")).equals("borrow");
            Amount amount = row.figure("amount").abs();
            sheet.add(Fact.of(
                    borrow ? FactKind.DEBT : FactKind.COLLATERAL,
                    row.pathOf("amount"),
                    market,
                    "balance",
                    Figure.of(amount, "token of " + market)));
            row.unread(Kind.FIGURE, "openOrders");
        });
    }

    private static void perpetual(PayloadFields row, FactSheet sheet) {
        String market = "perp market " + row.whole("marketIndex");
        String base = "base of " + market;
        FactRow facts = new FactRow(sheet, row, market);
        if (row.figure("amount").signum() != 0) {
            facts.must(FactKind.POSITION, "amount", "size", base);
        }
        facts.may(PRICE, "averageEntry", "entry price", "USDC per " + base)
                .may(ACCOUNT, "liquidationPrice", "liquidation price", "USDC per " + base)
                .may(ACCOUNT, "unrealizedPnl", "unrealised gain", USDC)
                .may(ACCOUNT, "unsettledPnl", "gain not settled", USDC)
                .may(PRICE, "oraclePrice", "oracle price", "USDC per " + base);
        row.unread(Kind.FIGURE, "openOrders");
    }

    /** An order of the data interface, or of the gateway, which signs its amounts. */
    static void order(PayloadFields row, FactSheet sheet) {
        boolean gateway = row.has("amount");
        String name = row.has("symbol")
                ? row.text("symbol")
                : row.text("marketType") + " market " + row.scalar("marketIndex");
        String base = row.has("symbol") ? DriftMarket.base(name) : "base of " + name;
        String price = "USDC per " + base;
        FactRow facts = new FactRow(sheet, row, name)
                .said(
                        "orderId",
                        "status",
                        "orderType",
                        "direction",
                        "marketType",
                        "marketIndex",
                        "reduceOnly",
                        "postOnly")
                .said("triggerCondition", "lastActionStatus", "slot");
        row.absentOr("ts", row::whole).ifPresent(seconds -> facts.at(Math.multiplyExact(seconds, 1_000L)));
        facts.must(ORDER, gateway ? "amount" : "baseAssetAmount", "amount", base)
                .may(ORDER, gateway ? "filled" : "baseAssetAmountFilled", "filled", base)
                .may(ORDER, "quoteAssetAmountFilled", "filled, in quote", USDC)
                .may(ORDER, "price", "price", price)
                .may(ORDER, "triggerPrice", "trigger price", price)
                .may(ORDER, "oraclePriceOffset", "offset to the oracle's price", price)
                .may(ORDER, "cumulativeFee", "fee", USDC);
        row.unread(Kind.TEXT, "txSig", "user", "existingPositionDirection", "marketFilter", "lastActionExplanation")
                .unread(Kind.FIGURE, "txSigIndex", "userOrderId", "quoteAssetAmount", "auctionDuration", "maxTs")
                .unread(Kind.FIGURE, "auctionStartPrice", "auctionEndPrice", "lastUpdatedTs", "bitFlags")
                .unread(Kind.FIGURE, "postedSlotTail")
                .unread(Kind.FLAG, "immediateOrCancel");
    }
}
