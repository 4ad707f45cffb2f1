package io.bulwark.adapter.dydx;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.MOVEMENT;
import static io.bulwark.adapter.fact.FactKind.ORDER;
import static io.bulwark.adapter.fact.FactKind.TRADE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.dydx.DydxPayload.Position;
import io.bulwark.adapter.dydx.DydxPayload.Subaccount;
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

/** What a subaccount holds and did. */
final class DydxAccount {
    private static final String USDC = "USDC";
    private static final Set<String> SIDES = Set.of("BUY", "SELL");

    private DydxAccount() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> one = PayloadKind.having("equity", "assetPositions");
        Predicate<JsonNode> wrapped = PayloadKind.having("subaccount");
        Predicate<JsonNode> many = PayloadKind.having("subaccounts");
        Predicate<JsonNode> order = PayloadKind.having("clobPairId", "clientId");
        Predicate<JsonNode> update = body -> body.isObject()
                && !wrapped.test(body)
                && !many.test(body)
                && !one.test(body)
                && (body.has("orders") || body.has("perpetualPositions") || body.has("assetPositions"));
        return List.of(
                PayloadKind.one("subaccount", wrapped, (fields, sheet) -> {
                    height(fields, sheet);
                    subaccount(fields, "subaccount", sheet);
                    if (fields.has("orders")) {
                        sheet.each("orders", fields.node("orders"), row -> order(row, sheet));
                    }
                    fields.unread(Kind.ARRAY, "orders");
                }),
                new PayloadKind("subaccount", one, (body, sheet) -> single("", body, sheet)),
                PayloadKind.one("addresses", many, (fields, sheet) -> {
                    sheet.rows("subaccounts", fields.node("subaccounts"), (path, row) -> single(path, row, sheet));
                    fields.unread(Kind.TEXT, "address").unread(Kind.FIGURE, "totalTradingRewards");
                }),
                PayloadKind.one("positions", PayloadKind.having("positions"), DydxAccount::positions),
                PayloadKind.one("subaccount update", update, DydxAccount::update),
                PayloadKind.one("fills", PayloadKind.having("fills").and(update.negate()), (fields, sheet) -> {
                    sheet.each("fills", fields.node("fills"), row -> fill(row, sheet));
                    page(fields);
                }),
                PayloadKind.each("orders", order, DydxAccount::order),
                PayloadKind.one("order", order, DydxAccount::order),
                PayloadKind.one("transfers", PayloadKind.having("transfers").and(update.negate()), (fields, sheet) -> {
                    sheet.each("transfers", fields.node("transfers"), row -> transfer(row, sheet));
                    page(fields);
                }),
                PayloadKind.one("historical-pnl", PayloadKind.having("historicalPnl"), (fields, sheet) -> {
                    sheet.each("historicalPnl", fields.node("historicalPnl"), row -> {
                        new FactRow(sheet, row, "account")
                                .at(DydxPayload.millis(row, "createdAt"))
                                .said("blockHeight")
                                .must(ACCOUNT, "equity", "equity", USDC)
                                .must(ACCOUNT, "totalPnl", "gain of all time", USDC)
                                .may(MOVEMENT, "netTransfers", "transfers, net", USDC);
                        row.unread(Kind.TEXT, "id", "subaccountId", "blockTime");
                    });
                    page(fields);
                }),
                PayloadKind.one("fundingPayments", PayloadKind.having("fundingPayments"), (fields, sheet) -> {
                    sheet.each("fundingPayments", fields.node("fundingPayments"), row -> {
                        new FactRow(sheet, row, row.text("ticker"))
                                .at(DydxPayload.millis(row, "createdAt"))
                                .said("createdAtHeight", "side", "subaccountNumber")
                                .must(MOVEMENT, "payment", "funding received", USDC)
                                .may(FactKind.FUNDING, "rate", "funding rate of one hour", Figure.RATIO)
                                .may(
                                        FactKind.PRICE,
                                        "oraclePrice",
                                        "oracle price",
                                        DydxMarket.price(row.text("ticker")))
                                .may(
                                        FactKind.SIZE,
                                        "size",
                                        "position that was funded",
                                        DydxMarket.base(row.text("ticker")));
                        row.unread(Kind.TEXT, "perpetualId", "fundingIndex");
                    });
                    page(fields);
                }));
    }

    private static void page(PayloadFields fields) {
        fields.unread(Kind.FIGURE, "pageSize", "totalResults", "offset");
    }

    private static void height(PayloadFields fields, FactSheet sheet) {
        fields.absentOr("blockHeight", fields::whole).ifPresent(sheet::atHeight);
    }

    private static void subaccount(PayloadFields fields, String field, FactSheet sheet) {
        JsonNode node = fields.node(field);
        if (node.has("childSubaccounts")) {
            sheet.one(field, node, parent -> parent(parent, sheet));
        } else {
            single(field, node, sheet);
        }
    }

    private static void parent(PayloadFields fields, FactSheet sheet) {
        sheet.rows(
                fields.pathOf("childSubaccounts"),
                fields.node("childSubaccounts"),
                (path, child) -> single(path, child, sheet));
        new FactRow(sheet, fields, "account")
                .said("address", "parentSubaccountNumber")
                .must(ACCOUNT, "equity", "equity", USDC)
                .must(ACCOUNT, "freeCollateral", "free collateral", USDC);
    }

    /** One subaccount, its identity checked first; all of it at its own height. */
    private static void single(String path, JsonNode node, FactSheet sheet) {
        PayloadFields checked = PayloadFields.of(DydxPayload.VENUE, path, node);
        sheet.atHeight(Subaccount.of(checked).height());
        checked.end();
        PayloadFields fields = PayloadFields.of(DydxPayload.VENUE, path, node);
        new FactRow(sheet, fields, "account")
                .said("address", "subaccountNumber")
                .must(ACCOUNT, "equity", "equity", USDC)
                .must(ACCOUNT, "freeCollateral", "free collateral", USDC);
        sheet.members(
                fields.pathOf("openPerpetualPositions"),
                fields.node("openPerpetualPositions"),
                row -> position(row, sheet));
        PayloadFields assets = fields.fields("assetPositions");
        assets.names().forEach(name -> {
            PayloadFields row = assets.fields(name);
            asset(row, name, sheet);
            row.end();
        });
    }

    private static void asset(PayloadFields row, String name, FactSheet sheet) {
        Amount size = DydxPayload.asset(row);
        sheet.add(Fact.of(
                        size.signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL,
                        row.pathOf("size"),
                        name,
                        "balance",
                        Figure.of(size.abs(), name))
                .with("side", row.text("side")));
    }

    private static void position(PayloadFields row, FactSheet sheet) {
        String market = row.text("market");
        if (!row.text("status", Set.of("OPEN", "CLOSED", "LIQUIDATED")).equals("OPEN")) {
            new FactRow(sheet, row, market)
                    .said("status", "closedAt")
                    .must(ACCOUNT, "realizedPnl", "gain of a closed position", USDC);
            row.unreadRest();
            return;
        }
        Position position = DydxPayload.position(row);
        Fact fact = Fact.of(
                        FactKind.POSITION,
                        row.pathOf("size"),
                        market,
                        "size",
                        Figure.of(position.size(), DydxMarket.base(market)))
                .with("entry price", Figure.of(position.entryPrice(), DydxMarket.price(market)))
                .with("unrealised gain", Figure.of(position.unrealised(), USDC))
                .with("side", row.text("side"));
        sheet.add(fact);
        new FactRow(sheet, row, market)
                .may(ACCOUNT, "realizedPnl", "realised gain of the position", USDC)
                .may(MOVEMENT, "netFunding", "funding received since opening", USDC)
                .may(FactKind.SIZE, "maxSize", "largest size", DydxMarket.base(market))
                .may(TRADE, "sumOpen", "opened in all", DydxMarket.base(market))
                .may(TRADE, "sumClose", "closed in all", DydxMarket.base(market))
                .may(FactKind.PRICE, "exitPrice", "average price of closing", DydxMarket.price(market));
    }

    private static void positions(PayloadFields fields, FactSheet sheet) {
        sheet.each("positions", fields.node("positions"), row -> {
            if (row.has("market")) {
                position(row, sheet);
            } else {
                asset(row, row.text("symbol"), sheet);
            }
        });
    }

    /** What changed in a subaccount; whole rows, but not a whole account. */
    private static void update(PayloadFields fields, FactSheet sheet) {
        height(fields, sheet);
        for (String field : List.of("orders", "fills", "perpetualPositions", "assetPositions")) {
            if (fields.has(field)) {
                sheet.each(field, fields.node(field), row -> {
                    switch (field) {
                        case "orders" -> order(row, sheet);
                        case "fills" -> fill(row, sheet);
                        case "perpetualPositions" -> changed(row, sheet);
                        default -> asset(row, row.text("symbol"), sheet);
                    }
                });
            }
        }
        fields.absentOr("transfers", fields::fields).ifPresent(row -> {
            transfer(row, sheet);
            row.end();
        });
        fields.unread(Kind.OBJECT, "tradingReward", "transfers").unread(Kind.ARRAY, "orders", "fills");
    }

    private static void changed(PayloadFields row, FactSheet sheet) {
        row.unread(Kind.TEXT, "address", "positionId");
        position(row, sheet);
    }

    private static void fill(PayloadFields row, FactSheet sheet) {
        String market = row.has("market") ? row.text("market") : row.text("ticker");
        Fact fact = Fact.of(
                        TRADE,
                        row.pathOf("size"),
                        market,
                        "size",
                        Figure.of(row.figure("size"), DydxMarket.base(market)))
                .with("price", Figure.of(row.figure("price"), DydxMarket.price(market)))
                .with("fee", row.absentOr("fee", row::figure).map(fee -> Figure.of(fee, USDC)))
                .with("side", row.text("side", SIDES).equals("BUY") ? "buy" : "sell")
                .with("type", row.text("type"))
                .with("liquidity", row.text("liquidity"));
        sheet.add(fact.at(DydxPayload.millis(row, "createdAt")));
        row.unread(Kind.TEXT, "id", "marketType", "createdAtHeight", "orderId", "clientMetadata", "ticker")
                .unread(Kind.TEXT, "subaccountId", "transactionHash", "builderAddress", "orderRouterAddress")
                .unread(Kind.FIGURE, "affiliateRevShare", "subaccountNumber", "builderFee", "orderRouterFee")
                .unread(Kind.FIGURE, "clobPairId", "positionSizeBefore", "entryPriceBefore")
                .unread(Kind.TEXT, "positionSideBefore");
    }

    private static void order(PayloadFields row, FactSheet sheet) {
        String market = row.has("ticker") ? row.text("ticker") : "clob pair " + row.scalar("clobPairId");
        Fact fact = Fact.of(
                        ORDER,
                        row.pathOf("size"),
                        market,
                        "size",
                        Figure.of(row.figure("size"), DydxMarket.base(market)))
                .with("price", Figure.of(row.figure("price"), DydxMarket.price(market)))
                .with(
                        "filled",
                        row.absentOr("totalFilled", row::figure)
                                .map(filled -> Figure.of(filled, DydxMarket.base(market))))
                .with(
                        "trigger price",
                        row.absentOr("triggerPrice", row::figure)
                                .map(trigger -> Figure.of(trigger, DydxMarket.price(market))))
                .with("side", row.text("side", SIDES).equals("BUY") ? "buy" : "sell");
        for (String word : List.of("status", "type", "timeInForce", "reduceOnly", "postOnly", "id")) {
            if (row.has(word)) {
                fact = fact.with(word, row.scalar(word));
            }
        }
        sheet.add(row.has("updatedAt") ? fact.at(DydxPayload.millis(row, "updatedAt")) : fact);
        row.unread(Kind.TEXT, "subaccountId", "clientId", "clobPairId", "orderFlags", "goodTilBlock", "clientMetadata")
                .unread(Kind.TEXT, "goodTilBlockTime", "createdAtHeight", "updatedAtHeight", "orderRouterAddress")
                .unread(Kind.TEXT, "removalReason", "builderAddress", "feePpm", "duration", "interval")
                .unread(Kind.TEXT, "priceTolerance", "updatedAt")
                .unread(Kind.FIGURE, "subaccountNumber");
    }

    private static void transfer(PayloadFields row, FactSheet sheet) {
        String asset = row.has("symbol") ? row.text("symbol") : row.text("asset");
        String amount = row.has("size") ? "size" : "amount";
        FactRow facts = new FactRow(sheet, row, asset).said("type", "transactionHash");
        for (String party : List.of("sender", "recipient")) {
            row.absentOr(party, row::fields).ifPresent(who -> {
                facts.word(party, who.text("address"));
                who.unread(Kind.FIGURE, "subaccountNumber", "parentSubaccountNumber")
                        .end();
            });
        }
        if (row.has("createdAt")) {
            facts.at(DydxPayload.millis(row, "createdAt"));
        }
        facts.must(MOVEMENT, amount, "amount", asset);
        row.unread(Kind.TEXT, "id", "createdAtHeight", "symbol", "asset", "createdAt");
    }
}
