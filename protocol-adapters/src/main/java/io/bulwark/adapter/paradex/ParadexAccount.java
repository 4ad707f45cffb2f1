package io.bulwark.adapter.paradex;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
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
import io.bulwark.clearing.position.Horizon;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What an account holds, ordered and did. */
final class ParadexAccount {
    private static final String USDC = "USDC";
    private static final Set<String> SIDES = Set.of("BUY", "SELL");

    private ParadexAccount() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> account = PayloadKind.having("account", "account_value");
        Predicate<JsonNode> position = PayloadKind.having("market", "size", "average_entry_price");
        Predicate<JsonNode> balance = PayloadKind.having("token", "size");
        Predicate<JsonNode> order = PayloadKind.having("market", "remaining_size", "type");
        Predicate<JsonNode> fill = PayloadKind.having("market", "price", "size", "side")
                .and(order.negate())
                .and(position.negate());
        Predicate<JsonNode> transfer = PayloadKind.having("kind", "amount", "token");
        return List.of(
                PayloadKind.one("account", account, ParadexAccount::account),
                PayloadKind.each("accounts", account, ParadexAccount::account),
                PayloadKind.one("positions", position, ParadexAccount::position),
                PayloadKind.each("positions", position, ParadexAccount::position),
                PayloadKind.one("balances", balance, ParadexAccount::balance),
                PayloadKind.each("balances", balance, ParadexAccount::balance),
                PayloadKind.one("orders", order, ParadexAccount::order),
                PayloadKind.each("orders", order, ParadexAccount::order),
                PayloadKind.one("fills, trades", fill, ParadexAccount::fill),
                PayloadKind.each("fills, trades", fill, ParadexAccount::fill),
                PayloadKind.each("transfers", transfer, ParadexAccount::transfer),
                PayloadKind.one("transfers", transfer, ParadexAccount::transfer),
                PayloadKind.each("funding payments", PayloadKind.having("market", "payment"), (fields, sheet) -> {
                    new FactRow(sheet, fields, fields.text("market"))
                            .at(fields.whole("created_at"))
                            .must(MOVEMENT, "payment", "funding received", USDC)
                            .may(
                                    FactKind.FUNDING,
                                    "index",
                                    "funding index",
                                    "USD per " + ParadexFacts.base(fields.text("market")));
                    fields.unread(Kind.TEXT, "account", "fill_id", "id");
                }));
    }

    /** The account as a whole. The cushion is what it is worth beyond its maintenance margin, to the last digit. */
    private static void account(PayloadFields fields, FactSheet sheet) {
        Horizon.Sequence horizon = new Horizon.Sequence(fields.whole("seq_no"), fields.whole("updated_at"));
        sheet.at(horizon);
        Amount value = fields.figure("account_value");
        Amount maintenance = fields.figure("maintenance_margin_requirement");
        fields.blankOr("margin_cushion", fields::figure).ifPresent(cushion -> {
            Amount computed = value.minus(maintenance);
            if (!cushion.equals(computed)) {
                throw fields.refusal(
                        "margin_cushion", "must be account_value - maintenance_margin_requirement = " + computed);
            }
        });
        String coin = fields.text("settlement_asset");
        new FactRow(sheet, fields, "account")
                .said("account", "status")
                .must(ACCOUNT, "account_value", "account value", coin)
                .must(ACCOUNT, "maintenance_margin_requirement", "maintenance margin", coin)
                .may(ACCOUNT, "initial_margin_requirement", "initial margin", coin)
                .may(ACCOUNT, "total_collateral", "collateral", coin)
                .may(ACCOUNT, "free_collateral", "free collateral", coin)
                .may(ACCOUNT, "margin_cushion", "value beyond maintenance margin", coin);
    }

    private static void position(PayloadFields fields, FactSheet sheet) {
        String market = fields.text("market");
        String status = fields.text("status", Set.of("OPEN", "CLOSED"));
        Amount size = fields.figure("size");
        long time = fields.whole("last_updated_at");
        FactRow row = new FactRow(sheet, fields, market).at(time);
        if (status.equals("OPEN") && size.signum() != 0) {
            String side = fields.text("side", Set.of("LONG", "SHORT"));
            if (size.signum() != (side.equals("LONG") ? 1 : -1)) {
                throw fields.refusal("size", "must have the sign of its side " + side);
            }
            Fact fact = Fact.of(
                            FactKind.POSITION,
                            fields.pathOf("size"),
                            market,
                            "size",
                            Figure.of(size, ParadexFacts.base(market)))
                    .with("entry price", Figure.of(fields.figure("average_entry_price"), ParadexFacts.price(market)))
                    .with(
                            "unrealised gain",
                            fields.blankOr("unrealized_pnl", fields::figure).map(gain -> Figure.of(gain, USDC)))
                    .with("side", side);
            sheet.add(fact.at(time));
            row.may(ACCOUNT, "cost", "cost of the position", USDC)
                    .may(ACCOUNT, "unrealized_funding_pnl", "funding not yet settled", USDC)
                    .may(ACCOUNT, "liquidation_price", "liquidation price", ParadexFacts.price(market))
                    .ratio(ACCOUNT, "leverage", "leverage");
        }
        row.said("status", "seq_no")
                .may(ACCOUNT, "realized_pnl", "realised gain", USDC)
                .may(ACCOUNT, "realized_positional_pnl", "realised gain of the position", USDC)
                .may(MOVEMENT, "realized_positional_funding_pnl", "funding received by the position", USDC);
        fields.unread(Kind.TEXT, "id", "account", "last_fill_id", "side")
                .unread(Kind.FIGURE, "average_entry_price", "average_entry_price_usd", "average_exit_price")
                .unread(Kind.FIGURE, "cost", "cost_usd", "cached_funding_index", "created_at", "closed_at")
                .unread(Kind.FIGURE, "unrealized_pnl", "unrealized_funding_pnl", "liquidation_price", "leverage");
    }

    private static void balance(PayloadFields fields, FactSheet sheet) {
        String token = fields.text("token");
        Amount size = fields.figure("size");
        sheet.add(Fact.of(
                        size.signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL,
                        fields.pathOf("size"),
                        token,
                        "balance",
                        Figure.of(size.abs(), token))
                .at(fields.whole("last_updated_at")));
        fields.unread(Kind.FIGURE, "seq_no");
    }

    private static void order(PayloadFields fields, FactSheet sheet) {
        String market = fields.text("market");
        String base = ParadexFacts.base(market);
        Fact fact = Fact.of(ORDER, fields.pathOf("size"), market, "size", Figure.of(fields.figure("size"), base))
                .with("size left", Figure.of(fields.figure("remaining_size"), base))
                .with(
                        "price",
                        fields.blankOr("price", fields::figure)
                                .map(price -> Figure.of(price, ParadexFacts.price(market))))
                .with(
                        "average price",
                        fields.blankOr("avg_fill_price", fields::figure)
                                .map(price -> Figure.of(price, ParadexFacts.price(market))))
                .with(
                        "trigger price",
                        fields.blankOr("trigger_price", fields::figure)
                                .map(price -> Figure.of(price, ParadexFacts.price(market))))
                .with("side", fields.text("side", SIDES).equals("BUY") ? "buy" : "sell");
        for (String word : List.of("type", "status", "instruction", "cancel_reason", "id")) {
            if (fields.blankOr(word, fields::scalar).isPresent()) {
                fact = fact.with(word.replace('_', ' '), fields.scalar(word));
            }
        }
        sheet.add(fact.at(fields.whole("last_updated_at")));
        fields.unread(Kind.TEXT, "account", "client_id", "stp", "instruction", "cancel_reason", "request_info")
                .unread(Kind.FIGURE, "created_at", "timestamp", "seq_no", "received_at", "published_at")
                .unread(Kind.ARRAY, "flags");
    }

    /** A trade of the market, or of an account where it names an order. */
    private static void fill(PayloadFields fields, FactSheet sheet) {
        String market = fields.text("market");
        Amount size = fields.figure("size");
        if (size.signum() <= 0) {
            throw fields.refusal("size", "must be > 0: the sign is in side");
        }
        Fact fact = Fact.of(TRADE, fields.pathOf("size"), market, "size", Figure.of(size, ParadexFacts.base(market)))
                .with("price", Figure.of(fields.figure("price"), ParadexFacts.price(market)))
                .with(
                        "realised gain",
                        fields.blankOr("realized_pnl", fields::figure).map(gain -> Figure.of(gain, USDC)))
                .with(
                        "realised funding",
                        fields.blankOr("realized_funding", fields::figure).map(paid -> Figure.of(paid, USDC)));
        if (fields.blankOr("fee", fields::figure).isPresent()) {
            fact = fact.with(
                    "fee",
                    Figure.of(
                            fields.figure("fee"),
                            fields.blankOr("fee_currency", fields::text).orElse(USDC)));
        }
        fact = fact.with("side", fields.text("side", SIDES).equals("BUY") ? "buy" : "sell");
        for (String word : List.of("trade_type", "fill_type", "liquidity", "order_id", "id")) {
            if (fields.blankOr(word, fields::scalar).isPresent()) {
                fact = fact.with(word.replace('_', ' '), fields.scalar(word));
            }
        }
        sheet.add(fact.at(fields.whole("created_at")));
        fields.unread(Kind.TEXT, "account", "client_id", "fee_currency", "underlying_price", "flags")
                .unread(Kind.FIGURE, "remaining_size", "orderbook_seq_no")
                .unread(Kind.TEXT, "fill_type", "trade_type", "liquidity", "order_id");
    }

    private static void transfer(PayloadFields fields, FactSheet sheet) {
        String token = fields.text("token");
        new FactRow(sheet, fields, token)
                .at(fields.whole("last_updated_at"))
                .said("kind", "status", "bridge", "external_chain", "direction", "failure_reason", "txn_hash")
                .must(MOVEMENT, "amount", "amount", token)
                .ratio(MOVEMENT, "socialized_loss_factor", "share lost to socialised losses");
        fields.unread(Kind.TEXT, "id", "account", "external_txn_hash", "external_account", "counterparty")
                .unread(Kind.TEXT, "vault_address", "vault_unwind_completion_percent", "auto_withdrawal_fee")
                .unread(Kind.FIGURE, "created_at");
    }
}
