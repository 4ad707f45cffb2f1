package io.bulwark.adapter.derive;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.MOVEMENT;
import static io.bulwark.adapter.fact.FactKind.ORDER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SENSITIVITY;
import static io.bulwark.adapter.fact.FactKind.TRADE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.derive.DerivePayload.Collateral;
import io.bulwark.adapter.derive.DerivePayload.Position;
import io.bulwark.adapter.derive.DerivePayload.Units;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a subaccount holds, owes, ordered and did. */
final class DeriveAccount {
    private static final String USD = "USD";
    private static final Set<String> DIRECTIONS = Set.of("buy", "sell");

    private DeriveAccount() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> subaccount = PayloadKind.having("collaterals", "subaccount_value");
        Predicate<JsonNode> position = PayloadKind.having("instrument_name", "amount", "mark_value");
        Predicate<JsonNode> order = PayloadKind.having("order_id", "order_status");
        Predicate<JsonNode> trade = PayloadKind.having("trade_id", "trade_price");
        return List.of(
                PayloadKind.one("get_subaccount, margin_watch", subaccount, DeriveAccount::subaccount),
                PayloadKind.each("get_all_portfolios", subaccount, DeriveAccount::subaccount),
                PayloadKind.one(
                        "get_collaterals",
                        PayloadKind.having("collaterals").and(subaccount.negate()),
                        (fields, sheet) -> {
                            fields.unread(Kind.FIGURE, "subaccount_id");
                            sheet.each("collaterals", fields.node("collaterals"), row -> collateral(row, sheet));
                        }),
                PayloadKind.one(
                        "get_positions", PayloadKind.having("positions").and(subaccount.negate()), (fields, sheet) -> {
                            fields.unread(Kind.FIGURE, "subaccount_id");
                            sheet.each("positions", fields.node("positions"), row -> position(row, sheet));
                        }),
                PayloadKind.one("position", position, DeriveAccount::position),
                PayloadKind.each("positions", position, DeriveAccount::position),
                PayloadKind.one("get_margin", PayloadKind.having("post_initial_margin"), (fields, sheet) -> {
                    new FactRow(sheet, fields, "account")
                            .said("is_valid_trade", "subaccount_id")
                            .may(ACCOUNT, "pre_initial_margin", "initial margin before, net", USD)
                            .may(ACCOUNT, "post_initial_margin", "initial margin after, net", USD)
                            .may(ACCOUNT, "pre_maintenance_margin", "maintenance margin before, net", USD)
                            .may(ACCOUNT, "post_maintenance_margin", "maintenance margin after, net", USD);
                }),
                PayloadKind.one("order", order, DeriveAccount::order),
                PayloadKind.each("orders", order, DeriveAccount::order),
                PayloadKind.one("get_open_orders", PayloadKind.having("orders"), (fields, sheet) -> {
                    sheet.each("orders", fields.node("orders"), row -> order(row, sheet));
                    fields.unread(Kind.FIGURE, "subaccount_id").unread(Kind.OBJECT, "pagination");
                }),
                PayloadKind.one("order, replace", PayloadKind.having("order"), DeriveAccount::placed),
                PayloadKind.one("trade", trade, DeriveAccount::trade),
                PayloadKind.each("trades", trade, DeriveAccount::trade),
                PayloadKind.one(
                        "get_trade_history",
                        PayloadKind.having("trades")
                                .and(PayloadKind.having("order").negate()),
                        (fields, sheet) -> {
                            sheet.each("trades", fields.node("trades"), row -> trade(row, sheet));
                            fields.unread(Kind.FIGURE, "subaccount_id").unread(Kind.OBJECT, "pagination");
                        }),
                PayloadKind.one(
                        "get_funding_history, get_deposit_history", PayloadKind.having("events"), (fields, sheet) -> {
                            sheet.each("events", fields.node("events"), row -> event(row, sheet));
                            fields.unread(Kind.FIGURE, "subaccount_id").unread(Kind.OBJECT, "pagination");
                        }));
    }

    private static void subaccount(PayloadFields fields, FactSheet sheet) {
        DerivePayload.requireFetched(fields);
        fields.absentOr("valuation_timestamp", fields::whole)
                .ifPresent(time -> sheet.at(time < 100_000_000_000L ? time * 1_000 : time));
        FactRow row = new FactRow(sheet, fields, "account")
                .said("subaccount_id", "margin_type", "is_under_liquidation", "risk_universe_id");
        if (fields.has("currency")) {
            row.word(
                    "currency",
                    fields.node("currency").isArray()
                            ? String.join(", ", fields.texts("currency"))
                            : fields.text("currency"));
        }
        row.must(ACCOUNT, "subaccount_value", "value", USD)
                .may(ACCOUNT, "initial_margin", "initial margin, net", USD)
                .may(ACCOUNT, "maintenance_margin", "maintenance margin, net", USD)
                .may(ACCOUNT, "mm_credits", "maintenance margin credits", USD)
                .may(ACCOUNT, "open_orders_margin", "margin of open orders", USD)
                .may(ACCOUNT, "collaterals_value", "value of collateral", USD)
                .may(ACCOUNT, "collaterals_initial_margin", "collateral in initial margin", USD)
                .may(ACCOUNT, "collaterals_maintenance_margin", "collateral in maintenance margin", USD)
                .may(ACCOUNT, "positions_value", "value of positions", USD)
                .may(ACCOUNT, "positions_initial_margin", "positions in initial margin", USD)
                .may(ACCOUNT, "positions_maintenance_margin", "positions in maintenance margin", USD)
                .may(ACCOUNT, "projected_margin_change", "margin change of what expires soon", USD);
        sheet.each(fields.pathOf("collaterals"), fields.node("collaterals"), asset -> collateral(asset, sheet));
        sheet.each(fields.pathOf("positions"), fields.node("positions"), held -> position(held, sheet));
        if (fields.has("open_orders")) {
            sheet.each(fields.pathOf("open_orders"), fields.node("open_orders"), placed -> order(placed, sheet));
        }
        fields.unread(Kind.TEXT, "label").unread(Kind.ARRAY, "open_orders");
    }

    private static void collateral(PayloadFields fields, FactSheet sheet) {
        Collateral held = Collateral.of(fields);
        String asset = held.asset();
        sheet.add(Fact.of(
                        held.amount().signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL,
                        fields.pathOf("amount"),
                        asset,
                        "amount",
                        Figure.of(held.amount().abs(), asset))
                .with("value", Figure.of(fields.figure("mark_value"), USD)));
        new FactRow(sheet, fields, asset)
                .may(PRICE, "mark_price", "mark price", "USD per " + asset)
                .may(ACCOUNT, "initial_margin", "counted in initial margin", USD)
                .may(ACCOUNT, "maintenance_margin", "counted in maintenance margin", USD)
                .may(ACCOUNT, "pending_interest", "interest not yet settled", "USDC")
                .may(MOVEMENT, "cumulative_interest", "interest of all time", "USDC")
                .may(PRICE, "average_price", "average price", "USD per " + asset)
                .may(PRICE, "average_price_excl_fees", "average price before fees", "USD per " + asset)
                .may(ACCOUNT, "unrealized_pnl", "unrealised gain", USD)
                .may(ACCOUNT, "unrealized_pnl_excl_fees", "unrealised gain before fees", USD)
                .may(ACCOUNT, "realized_pnl", "realised gain", USD)
                .may(ACCOUNT, "realized_pnl_excl_fees", "realised gain before fees", USD)
                .may(MOVEMENT, "total_fees", "fees of all time", USD)
                .may(ACCOUNT, "open_orders_margin", "margin of open orders", USD)
                .may(SENSITIVITY, "delta", "delta", asset);
        fields.unread(Kind.TEXT, "asset_type", "currency", "delta_currency").unread(Kind.FIGURE, "creation_timestamp");
    }

    private static void position(PayloadFields fields, FactSheet sheet) {
        Position held = Position.of(fields);
        Units units = Units.of(held.instrument());
        // A row without a position is known like any other, but says nothing.
        position(fields, held, units, held.amount().signum() == 0 ? new FactSheet(DerivePayload.VENUE) : sheet);
    }

    private static void position(PayloadFields fields, Position held, Units units, FactSheet sheet) {
        sheet.add(Fact.of(
                        FactKind.POSITION,
                        fields.pathOf("amount"),
                        held.instrument(),
                        "size",
                        Figure.of(held.amount(), units.base()))
                .with("mark price", Figure.of(held.markPrice(), units.price()))
                .with(
                        "entry price",
                        fields.absentOr("average_price", fields::figure).map(price -> Figure.of(price, units.price())))
                .with("value", Figure.of(fields.figure("mark_value"), USD))
                .with(
                        "unrealised gain",
                        fields.absentOr("unrealized_pnl", fields::figure).map(gain -> Figure.of(gain, USD)))
                .with("instrument type", fields.text("instrument_type")));
        new FactRow(sheet, fields, held.instrument())
                .may(PRICE, "index_price", "index price", "USD per " + units.base())
                .may(SENSITIVITY, "delta", "delta", units.base())
                .may(SENSITIVITY, "gamma", "gamma", units.base() + " per USD")
                .may(SENSITIVITY, "vega", "vega", "USD per percentage point")
                .may(SENSITIVITY, "theta", "theta", "USD per day")
                .may(ACCOUNT, "initial_margin", "initial margin of the position", USD)
                .may(ACCOUNT, "maintenance_margin", "maintenance margin of the position", USD)
                .may(ACCOUNT, "open_orders_margin", "margin of open orders", USD)
                .may(ACCOUNT, "liquidation_price", "liquidation price", units.price())
                .ratio(ACCOUNT, "leverage", "leverage")
                .may(ACCOUNT, "realized_pnl", "realised gain", USD)
                .may(ACCOUNT, "realized_pnl_excl_fees", "realised gain before fees", USD)
                .may(ACCOUNT, "unrealized_pnl_excl_fees", "unrealised gain before fees", USD)
                .may(ACCOUNT, "pending_funding", "funding not yet settled", USD)
                .may(MOVEMENT, "cumulative_funding", "funding of all time", USD)
                .may(MOVEMENT, "net_settlements", "settled in all", USD)
                .may(MOVEMENT, "total_fees", "fees of all time", USD)
                .may(PRICE, "average_price_excl_fees", "entry price before fees", units.price());
        fields.unread(Kind.FIGURE, "creation_timestamp");
    }

    private static void order(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("instrument_name");
        Units units = Units.of(name);
        Fact fact = Fact.of(
                        ORDER,
                        fields.pathOf("amount"),
                        name,
                        "amount",
                        Figure.of(fields.figure("amount"), units.base()))
                .with("price", Figure.of(fields.figure("limit_price"), units.price()))
                .with("filled", Figure.of(fields.figure("filled_amount"), units.base()))
                .with(
                        "average price",
                        fields.absentOr("average_price", fields::figure).map(price -> Figure.of(price, units.price())))
                .with(
                        "trigger price",
                        fields.absentOr("trigger_price", fields::figure).map(price -> Figure.of(price, units.price())))
                .with("fee", fields.absentOr("order_fee", fields::figure).map(fee -> Figure.of(fee, "USDC")))
                .with("direction", fields.text("direction", DIRECTIONS));
        for (String word : List.of("order_status", "order_type", "time_in_force", "order_id", "trigger_type")) {
            if (fields.has(word)) {
                fact = fact.with(word.replace('_', ' '), fields.scalar(word));
            }
        }
        sheet.add(fact.at(fields.whole("last_update_timestamp")));
        fields.unread(Kind.TEXT, "cancel_reason", "label", "signature", "signer", "quote_id", "replaced_order_id")
                .unread(Kind.TEXT, "trigger_price_type", "trigger_reject_message", "trigger_type", "rfq_id")
                .unread(Kind.FIGURE, "creation_timestamp", "max_fee", "nonce", "signature_expiry_sec", "subaccount_id")
                .unread(Kind.FIGURE, "extra_fee", "signed_limit_price")
                .unread(Kind.FLAG, "is_transfer", "mmp", "reduce_only");
    }

    private static void placed(PayloadFields fields, FactSheet sheet) {
        sheet.one("order", fields.node("order"), row -> order(row, sheet));
        if (fields.has("cancelled_order")) {
            sheet.one("cancelled_order", fields.node("cancelled_order"), row -> order(row, sheet));
        }
        if (fields.has("trades")) {
            sheet.each("trades", fields.node("trades"), row -> trade(row, sheet));
        }
        fields.unread(Kind.OBJECT, "cancelled_order", "create_order_error").unread(Kind.ARRAY, "trades");
    }

    private static void trade(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("instrument_name");
        Units units = Units.of(name);
        Fact fact = Fact.of(
                        TRADE,
                        fields.pathOf("trade_amount"),
                        name,
                        "amount",
                        Figure.of(fields.figure("trade_amount"), units.base()))
                .with("price", Figure.of(fields.figure("trade_price"), units.price()))
                .with(
                        "mark price",
                        fields.absentOr("mark_price", fields::figure).map(price -> Figure.of(price, units.price())))
                .with(
                        "index price",
                        fields.absentOr("index_price", fields::figure)
                                .map(price -> Figure.of(price, "USD per " + units.base())))
                .with("fee", fields.absentOr("trade_fee", fields::figure).map(fee -> Figure.of(fee, "USDC")))
                .with(
                        "realised gain",
                        fields.absentOr("realized_pnl", fields::figure).map(gain -> Figure.of(gain, USD)))
                .with("direction", fields.text("direction", DIRECTIONS));
        for (String word : List.of("trade_id", "liquidity_role", "tx_status", "tx_hash", "order_id")) {
            if (fields.has(word)) {
                fact = fact.with(word.replace('_', ' '), fields.scalar(word));
            }
        }
        sheet.add(fact.at(fields.whole("timestamp")));
        fields.unread(Kind.TEXT, "quote_id", "rfq_id", "wallet", "label", "tx_hash", "tx_status", "transaction_id")
                .unread(Kind.FIGURE, "subaccount_id", "expected_rebate", "extra_fee", "realized_pnl_excl_fees")
                .unread(Kind.FLAG, "is_transfer");
    }

    /** A payment of funding or interest, a deposit or a withdrawal. */
    private static void event(PayloadFields row, FactSheet sheet) {
        boolean funding = row.has("instrument_name");
        String asset = row.has("asset") ? row.text("asset") : "USDC";
        FactRow facts = new FactRow(sheet, row, funding ? row.text("instrument_name") : asset)
                .at(row.whole("timestamp"))
                .said("tx_status", "tx_hash", "error_log", "subaccount_id");
        facts.may(MOVEMENT, "funding", "funding received", "USDC")
                .may(MOVEMENT, "pnl", "settled gain", "USDC")
                .may(MOVEMENT, "interest", "interest received", "USDC")
                .may(MOVEMENT, "amount", "amount", asset)
                .terms(MOVEMENT, "event");
        row.unread(Kind.TEXT, "transaction_id").unread(Kind.OBJECT, "error_log");
    }
}
