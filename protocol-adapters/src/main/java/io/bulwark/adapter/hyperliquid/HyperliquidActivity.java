package io.bulwark.adapter.hyperliquid;

import static io.bulwark.adapter.fact.FactKind.MOVEMENT;
import static io.bulwark.adapter.fact.FactKind.ORDER;
import static io.bulwark.adapter.fact.FactKind.TRADE;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.Predicate;

/** What happened: trades, fills, liquidations, orders, transfers, funding. */
final class HyperliquidActivity {
    private static final Set<String> SIDES = Set.of("A", "B");

    private HyperliquidActivity() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> fill = PayloadKind.having("coin", "px", "sz", "side");
        Predicate<JsonNode> order = PayloadKind.having("coin", "limitPx", "oid");
        Predicate<JsonNode> status = PayloadKind.having("order", "status");
        return List.of(
                PayloadKind.each("userFills, recentTrades, trades", fill, HyperliquidActivity::fill),
                PayloadKind.each("userTwapSliceFills", PayloadKind.having("fill", "twapId"), (fields, sheet) -> {
                    fields.unread(Kind.FIGURE, "twapId");
                    sheet.one(fields.pathOf("fill"), fields.node("fill"), row -> fill(row, sheet));
                }),
                PayloadKind.one("userFills, userEvents", PayloadKind.having("fills"), (fields, sheet) -> {
                    fields.unread(Kind.TEXT, "user").unread(Kind.FLAG, "isSnapshot");
                    sheet.each("fills", fields.node("fills"), row -> fill(row, sheet));
                }),
                PayloadKind.one(
                        "userEvents liquidation",
                        PayloadKind.having("liquidation").and(fill.negate()),
                        HyperliquidActivity::liquidation),
                PayloadKind.one(
                        "userEvents funding",
                        PayloadKind.having("funding")
                                .and(PayloadKind.having("markPx").negate()),
                        (fields, sheet) -> sheet.one("funding", fields.node("funding"), row -> funding(row, sheet))),
                PayloadKind.one("userFundings", PayloadKind.having("fundings"), (fields, sheet) -> {
                    fields.unread(Kind.TEXT, "user").unread(Kind.FLAG, "isSnapshot");
                    sheet.each("fundings", fields.node("fundings"), row -> funding(row, sheet));
                }),
                PayloadKind.each("openOrders", order, (fields, sheet) -> order(fields, sheet)),
                PayloadKind.each("historicalOrders, orderUpdates", status, HyperliquidActivity::update),
                PayloadKind.one("orderStatus", status, (fields, sheet) -> {
                    fields.text("status", Set.of("order"));
                    sheet.one("order", fields.node("order"), row -> update(row, sheet));
                }),
                PayloadKind.one("order", PayloadKind.having("statuses"), HyperliquidActivity::placed),
                PayloadKind.each(
                        "userFunding, userNonFundingLedgerUpdates, delegatorHistory",
                        PayloadKind.having("time", "delta"),
                        HyperliquidActivity::movement),
                PayloadKind.one(
                        "userNonFundingLedgerUpdates",
                        PayloadKind.having("nonFundingLedgerUpdates"),
                        (fields, sheet) -> {
                            fields.unread(Kind.TEXT, "user").unread(Kind.FLAG, "isSnapshot");
                            sheet.each(
                                    "nonFundingLedgerUpdates",
                                    fields.node("nonFundingLedgerUpdates"),
                                    row -> movement(row, sheet));
                        }));
    }

    /** A trade; {@code B} buys, {@code A} sells. */
    private static void fill(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("coin");
        HyperliquidUnits units = HyperliquidUnits.of(coin);
        String side = fields.text("side", SIDES);
        Amount size = fields.figure("sz");
        if (size.signum() <= 0) {
            throw fields.refusal("sz", "must be > 0: the sign is in side");
        }
        Fact fact = Fact.of(TRADE, fields.pathOf("sz"), coin, "size", Figure.of(size, units.base()))
                .with("price", Figure.of(fields.figure("px"), units.price()))
                .with(
                        "position before",
                        fields.blankOr("startPosition", fields::figure).map(before -> Figure.of(before, units.base())))
                .with(
                        "realised gain",
                        fields.blankOr("closedPnl", fields::figure).map(gain -> Figure.of(gain, units.quote())));
        if (fields.has("fee")) {
            String token = fields.blankOr("feeToken", fields::text).orElse("USDC");
            fact = fact.with("fee", Figure.of(fields.figure("fee"), token))
                    .with(
                            "builder's fee",
                            fields.blankOr("builderFee", fields::figure).map(fee -> Figure.of(fee, token)));
        }
        fact = fact.with("side", side.equals("B") ? "buy" : "sell");
        for (String word : List.of("dir", "crossed", "tid", "oid", "hash")) {
            if (fields.has(word)) {
                fact = fact.with(word, fields.scalar(word));
            }
        }
        if (fields.has("liquidation")) {
            PayloadFields liquidation = fields.fields("liquidation");
            fact = fact.with("liquidated", liquidation.text("liquidatedUser"))
                    .with("liquidation", liquidation.text("method"))
                    .with("mark price", Figure.of(liquidation.figure("markPx"), units.price()));
            liquidation.end();
        }
        sheet.add(fact.at(fields.whole("time")));
        fields.unread(Kind.TEXT, "cloid", "feeToken", "builder", "liquidationMarkPx")
                .unread(Kind.FIGURE, "twapId", "builderFee", "deployerFee", "priorityGas")
                .unread(Kind.OBJECT, "liquidation")
                .unread(Kind.ARRAY, "users");
    }

    private static void liquidation(PayloadFields fields, FactSheet sheet) {
        sheet.one(
                "liquidation",
                fields.node("liquidation"),
                row -> new FactRow(sheet, row, row.text("liquidated_user"))
                        .said("lid", "liquidator")
                        .must(TRADE, "liquidated_ntl_pos", "notional that was liquidated", "USD")
                        .may(FactKind.ACCOUNT, "liquidated_account_value", "account value", "USD"));
    }

    private static void funding(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("coin");
        new FactRow(sheet, fields, coin)
                .at(fields.whole("time"))
                .must(MOVEMENT, "usdc", "funding received", "USDC")
                .may(FactKind.FUNDING, "fundingRate", "funding rate of one hour", Figure.RATIO)
                .may(
                        FactKind.SIZE,
                        "szi",
                        "position that was funded",
                        HyperliquidUnits.of(coin).base());
        fields.unread(Kind.FIGURE, "nSamples").unread(Kind.TEXT, "hash", "type");
    }

    static void order(PayloadFields fields, FactSheet sheet) {
        order(fields, "open", fields.whole("timestamp"), sheet);
    }

    static void order(PayloadFields fields, String status, long time, FactSheet sheet) {
        String coin = fields.text("coin");
        HyperliquidUnits units = HyperliquidUnits.of(coin);
        Fact fact = Fact.of(ORDER, fields.pathOf("sz"), coin, "size left", Figure.of(fields.figure("sz"), units.base()))
                .with("price", Figure.of(fields.figure("limitPx"), units.price()))
                .with(
                        "size placed",
                        fields.blankOr("origSz", fields::figure).map(placed -> Figure.of(placed, units.base())))
                .with(
                        "trigger price",
                        fields.blankOr("triggerPx", fields::figure).map(trigger -> Figure.of(trigger, units.price())))
                .with("side", fields.text("side", SIDES).equals("B") ? "buy" : "sell")
                .with("status", status);
        for (String word : List.of("oid", "orderType", "tif", "reduceOnly", "isTrigger", "triggerCondition")) {
            if (fields.has(word)) {
                fact = fact.with(word, fields.scalar(word));
            }
        }
        sheet.add(fact.at(time));
        fields.unread(Kind.ARRAY, "children")
                .unread(Kind.FIGURE, "timestamp")
                .unread(Kind.TEXT, "cloid", "tif", "orderType")
                .unread(Kind.FLAG, "isPositionTpsl");
    }

    private static void update(PayloadFields fields, FactSheet sheet) {
        String status = fields.text("status");
        long time = fields.whole("statusTimestamp");
        PayloadFields order = fields.fields("order");
        order(order, status, time, sheet);
        order.end();
        fields.unread(Kind.TEXT, "builder");
    }

    private static void placed(PayloadFields fields, FactSheet sheet) {
        JsonNode statuses = fields.node("statuses");
        if (!statuses.isArray()) {
            throw fields.refusal("statuses", "must be an array");
        }
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode status = statuses.get(i);
            String path = "statuses[" + i + "]";
            if (status.isTextual()) {
                sheet.add(Fact.words(ORDER, path, "the coin of the question", "placed")
                        .with("status", status.textValue()));
            } else {
                sheet.one(path, status, row -> placedOne(row, sheet));
            }
        }
    }

    private static void placedOne(PayloadFields row, FactSheet sheet) {
        if (row.has("error")) {
            throw row.refusal("error", "must not be an error of the venue");
        }
        row.absentOr("resting", row::fields).ifPresent(resting -> {
            new FactRow(sheet, resting, "the coin of the question")
                    .said("oid", "cloid")
                    .terms(ORDER, "resting");
            resting.end();
        });
        row.absentOr("filled", row::fields).ifPresent(filled -> {
            new FactRow(sheet, filled, "the coin of the question")
                    .said("oid", "cloid")
                    .must(TRADE, "totalSz", "size", "the coin")
                    .must(TRADE, "avgPx", "average price", "USD per coin");
            filled.end();
        });
    }

    /** An entry of the ledger: what moved, and for which of its documented reasons. */
    private static void movement(PayloadFields fields, FactSheet sheet) {
        long time = fields.whole("time");
        fields.unread(Kind.TEXT, "hash");
        PayloadFields delta = fields.fields("delta");
        if (!delta.has("type")) {
            stake(delta, time, sheet);
        } else if (delta.text("type").equals("funding")) {
            funding(delta, time, sheet);
        } else {
            ledger(delta, time, sheet);
        }
        delta.end();
    }

    private static void funding(PayloadFields delta, long time, FactSheet sheet) {
        String coin = delta.text("coin");
        new FactRow(sheet, delta, coin)
                .at(time)
                .must(MOVEMENT, "usdc", "funding received", "USDC")
                .may(FactKind.FUNDING, "fundingRate", "funding rate of one hour", Figure.RATIO)
                .may(
                        FactKind.SIZE,
                        "szi",
                        "position that was funded",
                        HyperliquidUnits.of(coin).base());
        delta.unread(Kind.FIGURE, "nSamples");
    }

    private static void ledger(PayloadFields delta, long time, FactSheet sheet) {
        String type = delta.text("type");
        String token = delta.blankOr("token", delta::text)
                .or(() -> delta.blankOr("coin", delta::text))
                .orElse("USDC");
        FactRow row = new FactRow(sheet, delta, token)
                .at(time)
                .word("type", type)
                .said("user", "destination", "vault", "toPerp", "sourceDex", "destinationDex", "dex", "leverageType")
                .said("isDeposit", "operation");
        row.terms(MOVEMENT, "entry of the ledger")
                .may(MOVEMENT, "usdc", "amount", "USDC")
                .may(MOVEMENT, "amount", "amount", token)
                .may(MOVEMENT, "usdcValue", "amount in USDC", "USDC")
                .may(
                        MOVEMENT,
                        "fee",
                        "fee",
                        delta.blankOr("feeToken", delta::text).orElse("USDC"))
                .may(MOVEMENT, "nativeTokenFee", "fee in the native token", "HYPE")
                .may(MOVEMENT, "interestAmount", "interest", token)
                .may(MOVEMENT, "requestedUsd", "asked for", "USD")
                .may(MOVEMENT, "netWithdrawnUsd", "withdrawn", "USD")
                .may(MOVEMENT, "commission", "commission", "USD")
                .may(MOVEMENT, "closingCost", "cost of closing", "USD")
                .may(MOVEMENT, "basis", "basis", "USD")
                .may(TRADE, "liquidatedNtlPos", "notional that was liquidated", "USD")
                .may(FactKind.ACCOUNT, "accountValue", "account value", "USD");
        if (delta.has("liquidatedPositions")) {
            sheet.each(
                    delta.pathOf("liquidatedPositions"),
                    delta.node("liquidatedPositions"),
                    closed -> new FactRow(sheet, closed, closed.text("coin"))
                            .at(time)
                            .must(TRADE, "szi", "position that was liquidated", closed.text("coin")));
        }
        delta.unread(Kind.FIGURE, "nonce").unread(Kind.TEXT, "feeToken").unread(Kind.ARRAY, "liquidatedPositions");
    }

    private static void stake(PayloadFields delta, long time, FactSheet sheet) {
        for (String kind : List.of("delegate", "cDeposit", "withdrawal", "cWithdrawal")) {
            delta.absentOr(kind, delta::fields).ifPresent(stake -> {
                new FactRow(sheet, stake, "HYPE")
                        .at(time)
                        .word("type", kind)
                        .said("validator", "isUndelegate", "phase")
                        .must(MOVEMENT, "amount", "amount", "HYPE");
                stake.end();
            });
        }
    }
}
