package io.bulwark.adapter.deribit;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.MOVEMENT;
import static io.bulwark.adapter.fact.FactKind.ORDER;
import static io.bulwark.adapter.fact.FactKind.SENSITIVITY;
import static io.bulwark.adapter.fact.FactKind.TRADE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.deribit.DeribitPayload.Position;
import io.bulwark.adapter.deribit.DeribitPayload.Summary;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Set;

/** What an account's payloads say: positions, coins, orders, transfers. */
final class DeribitAccount {
    private static final Set<String> GAINS = Set.of(
            "equity",
            "options_value",
            "session_rpl",
            "session_upl",
            "futures_session_rpl",
            "futures_session_upl",
            "options_session_rpl",
            "options_session_upl",
            "futures_pl",
            "options_pl",
            "total_pl",
            "fee_balance",
            "locked_balance",
            "spot_reserve",
            "additional_reserve");

    private DeribitAccount() {}

    static List<PayloadKind> kinds() {
        return List.of(
                new PayloadKind(
                        "get_position",
                        PayloadKind.having("instrument_name", "size", "direction"),
                        (body, sheet) -> sheet.one("", body, fields -> position(fields, sheet))),
                new PayloadKind(
                        "get_positions",
                        PayloadKind.rows(PayloadKind.having("instrument_name", "size", "direction")),
                        (body, sheet) -> sheet.each("", body, fields -> position(fields, sheet))),
                new PayloadKind("get_account_summaries", PayloadKind.having("summaries"), DeribitAccount::summaries),
                new PayloadKind(
                        "get_account_summary, user.portfolio",
                        PayloadKind.having("currency", "equity", "balance"),
                        (body, sheet) -> sheet.one("", body, fields -> {
                            Summary.owner(fields);
                            summary(fields, sheet);
                        })),
                PayloadKind.one(
                        "simulate_portfolio",
                        PayloadKind.having("currency", "margin_balance", "initial_margin")
                                .and(PayloadKind.having("balance").negate()),
                        DeribitAccount::simulated),
                new PayloadKind(
                        "user.changes", PayloadKind.having("positions", "orders", "trades"), DeribitAccount::changes),
                new PayloadKind("buy, sell, edit", PayloadKind.having("order", "trades"), DeribitAccount::placed),
                new PayloadKind(
                        "get_order_state, cancel, user.orders",
                        PayloadKind.having("order_id", "order_state"),
                        (body, sheet) -> sheet.one("", body, fields -> order(fields, sheet))),
                new PayloadKind(
                        "get_open_orders",
                        PayloadKind.rows(PayloadKind.having("order_id", "order_state")),
                        (body, sheet) -> sheet.each("", body, fields -> order(fields, sheet))),
                new PayloadKind(
                        "get_deposits, get_withdrawals, get_transfers",
                        body -> PayloadKind.having("count", "data").test(body)
                                && PayloadKind.rows(PayloadKind.having("amount", "currency"))
                                        .test(body.get("data")),
                        DeribitAccount::movements),
                new PayloadKind("get_transaction_log", PayloadKind.having("logs"), DeribitAccount::log));
    }

    private static void position(PayloadFields fields, FactSheet sheet) {
        Position position = Position.of(fields);
        fields.unread(Kind.FIGURE, "average_price_usd", "floating_profit_loss_usd", "interest_value");
        if (position.size().signum() == 0) {
            fields.unreadRest();
            return;
        }
        DeribitUnits units = position.units();
        String gains = units.settlement();
        Fact fact = Fact.of(
                        FactKind.POSITION,
                        fields.pathOf("size"),
                        position.instrument(),
                        "size",
                        Figure.of(position.size(), units.size()))
                .with("mark price", Figure.of(position.markPrice(), units.price()))
                .with("settlement price", position.settlementPrice().map(price -> Figure.of(price, units.price())));
        fact = beside(fact, fields, "average_price", "entry price", units.price());
        fact = beside(fact, fields, "size_currency", "size in the coin", units.base());
        fact = beside(fact, fields, "total_profit_loss", "gain since entry", gains);
        fact = beside(fact, fields, "floating_profit_loss", "gain since settlement", gains);
        sheet.add(fact.with("direction", fields.text("direction")).with("kind", fields.text("kind")));
        new FactRow(sheet, fields, position.instrument())
                .may(FactKind.PRICE, "index_price", "index price", units.index())
                .may(SENSITIVITY, "delta", "delta", units.base())
                .may(SENSITIVITY, "gamma", "gamma", units.base() + " per USD")
                .may(SENSITIVITY, "vega", "vega", "USD per percentage point")
                .may(SENSITIVITY, "theta", "theta", "USD per day")
                .may(ACCOUNT, "initial_margin", "initial margin of the position", gains)
                .may(ACCOUNT, "maintenance_margin", "maintenance margin of the position", gains)
                .may(ACCOUNT, "open_orders_margin", "margin of open orders", gains)
                .may(ACCOUNT, "realized_profit_loss", "gain realised in the session", gains)
                .may(ACCOUNT, "realized_funding", "funding realised in the session", gains)
                .may(ACCOUNT, "estimated_liquidation_price", "liquidation price", units.price())
                .may(ACCOUNT, "estimated_liq_price", "liquidation price", units.price())
                .ratio(ACCOUNT, "leverage", "leverage");
    }

    private static Fact beside(Fact fact, PayloadFields fields, String field, String measure, String unit) {
        return fact.with(measure, fields.absentOr(field, fields::figure).map(value -> Figure.of(value, unit)));
    }

    private static void summaries(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            Summary.owner(fields);
            sheet.each("summaries", fields.node("summaries"), row -> summary(row, sheet));
        });
    }

    private static void summary(PayloadFields fields, FactSheet sheet) {
        Summary summary = Summary.of(fields);
        String coin = summary.currency();
        Amount coins = summary.coins();
        Fact holding = Fact.of(
                coins.signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL,
                fields.pathOf("balance"),
                coin,
                "balance and realised",
                Figure.of(coins.abs(), coin));
        sheet.add(holding);
        boolean cross =
                fields.absentOr("cross_collateral_enabled", fields::flag).orElse(false);
        FactRow row = new FactRow(sheet, fields, coin).said("margin_model", "portfolio_margining_enabled");
        row.must(ACCOUNT, "equity", "equity", coin)
                .may(ACCOUNT, "balance", "balance", coin)
                .may(ACCOUNT, "options_value", "value of options", coin)
                .may(ACCOUNT, "session_rpl", "gain realised in the session", coin)
                .may(ACCOUNT, "session_upl", "gain not realised in the session", coin)
                .may(ACCOUNT, "futures_session_rpl", "gain of futures realised in the session", coin)
                .may(ACCOUNT, "futures_session_upl", "gain of futures not realised in the session", coin)
                .may(ACCOUNT, "options_session_rpl", "gain of options realised in the session", coin)
                .may(ACCOUNT, "options_session_upl", "gain of options not realised in the session", coin)
                .may(ACCOUNT, "futures_pl", "gain of futures", coin)
                .may(ACCOUNT, "options_pl", "gain of options", coin)
                .may(ACCOUNT, "total_pl", "gain", coin)
                .may(ACCOUNT, "fee_balance", "fee balance", coin)
                .may(ACCOUNT, "locked_balance", "locked balance", coin)
                .may(ACCOUNT, "spot_reserve", "held for spot orders", coin)
                .may(ACCOUNT, "additional_reserve", "additional reserve", coin);
        if (cross) {
            row.word("says", "the whole portfolio, restated in " + coin);
        }
        margins(row, coin);
        sensitivities(new FactRow(sheet, fields, coin), coin);
        Summary.settings(fields);
    }

    /** What a portfolio would need: nothing in it is held. */
    private static void simulated(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("currency");
        FactRow row = new FactRow(sheet, fields, coin)
                .word("simulated", "true")
                .said("margin_model", "portfolio_margining_enabled", "cross_collateral_enabled");
        for (String name : fields.names()) {
            if (GAINS.contains(name)) {
                row.may(ACCOUNT, name, name.replace('_', ' '), coin);
            }
        }
        margins(row, coin);
        sensitivities(new FactRow(sheet, fields, coin).word("simulated", "true"), coin);
        fields.unread(Kind.FIGURE, "available_subaccount_transfer_funds", "estimated_liquidation_ratio");
    }

    private static void margins(FactRow row, String coin) {
        row.may(ACCOUNT, "margin_balance", "margin balance", coin)
                .may(ACCOUNT, "available_funds", "available funds", coin)
                .may(ACCOUNT, "available_withdrawal_funds", "may be withdrawn", coin)
                .may(ACCOUNT, "initial_margin", "initial margin", coin)
                .may(ACCOUNT, "maintenance_margin", "maintenance margin", coin)
                .may(ACCOUNT, "projected_initial_margin", "initial margin without what expires soon", coin)
                .may(ACCOUNT, "projected_maintenance_margin", "maintenance margin without what expires soon", coin)
                .ratio(ACCOUNT, "estimated_liquidation_ratio", "liquidation ratio")
                .byName(ACCOUNT, "estimated_liquidation_ratio_map", "liquidation ratio", Figure.RATIO)
                .word("says", "the whole portfolio")
                .may(ACCOUNT, "total_equity_usd", "equity of the portfolio", "USD")
                .may(ACCOUNT, "total_margin_balance_usd", "margin balance of the portfolio", "USD")
                .may(ACCOUNT, "total_initial_margin_usd", "initial margin of the portfolio", "USD")
                .may(ACCOUNT, "total_maintenance_margin_usd", "maintenance margin of the portfolio", "USD")
                .may(ACCOUNT, "total_delta_total_usd", "delta of the portfolio", "USD");
    }

    private static void sensitivities(FactRow row, String coin) {
        row.may(SENSITIVITY, "delta_total", "delta", coin)
                .may(SENSITIVITY, "projected_delta_total", "delta without what expires soon", coin)
                .may(SENSITIVITY, "options_delta", "delta of options", coin)
                .may(SENSITIVITY, "options_gamma", "gamma of options", coin + " per USD")
                .may(SENSITIVITY, "options_vega", "vega of options", "USD per percentage point")
                .may(SENSITIVITY, "options_theta", "theta of options", "USD per day")
                .byName(SENSITIVITY, "delta_total_map", "delta", coin)
                .byName(SENSITIVITY, "options_gamma_map", "gamma of options", coin + " per USD")
                .byName(SENSITIVITY, "options_vega_map", "vega of options", "USD per percentage point")
                .byName(SENSITIVITY, "options_theta_map", "theta of options", "USD per day");
    }

    private static void changes(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            fields.unread(Kind.TEXT, "instrument_name");
            sheet.each("positions", fields.node("positions"), row -> position(row, sheet));
            sheet.each("orders", fields.node("orders"), row -> order(row, sheet));
            sheet.each("trades", fields.node("trades"), row -> DeribitMarket.trade(row, sheet));
        });
    }

    private static void placed(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            sheet.one("order", fields.node("order"), row -> order(row, sheet));
            sheet.each("trades", fields.node("trades"), row -> DeribitMarket.trade(row, sheet));
        });
    }

    /** An order: its price, or that it goes at the market's. */
    static void order(PayloadFields fields, FactSheet sheet) {
        DeribitUnits units = DeribitUnits.of(fields, "instrument_name");
        String path = fields.pathOf("amount");
        Fact fact = Fact.of(
                ORDER,
                path,
                fields.text("instrument_name"),
                "amount",
                Figure.of(fields.figure("amount"), units.size()));
        if (fields.node("price").isTextual() && fields.text("price").equals("market_price")) {
            fact = fact.with("price", "market");
        } else {
            fact = fact.with("price", Figure.of(fields.figure("price"), units.price()));
        }
        fact = beside(fact, fields, "filled_amount", "filled", units.size());
        fact = beside(fact, fields, "average_price", "average price", units.price());
        fact = beside(fact, fields, "trigger_price", "trigger price", units.price());
        fact = beside(fact, fields, "max_show", "shown", units.size());
        for (String word : List.of("direction", "order_state", "order_type", "time_in_force", "order_id", "trigger")) {
            if (fields.has(word)) {
                fact = fact.with(word.replace('_', ' '), fields.scalar(word));
            }
        }
        sheet.add(fact.at(fields.whole("last_update_timestamp")));
        fields.unread(Kind.FIGURE, "user_id", "creation_timestamp", "contracts", "max_show", "display_amount")
                .unread(Kind.FIGURE, "refresh_amount", "implv", "usd", "commission", "profit_loss", "quote_id")
                .unread(Kind.FIGURE, "trigger_offset", "trigger_reference_price", "stop_price", "advanced_price")
                .unread(Kind.TEXT, "label", "cancel_reason", "advanced", "app_name", "mmp_group", "oto_order_ids")
                .unread(Kind.TEXT, "original_order_type", "primary_order_id", "oco_ref", "trigger_order_id")
                .unread(Kind.FLAG, "web", "api", "replaced", "post_only", "reduce_only", "mmp", "reject_post_only")
                .unread(Kind.FLAG, "is_liquidation", "risk_reducing", "is_rebalance", "triggered", "auto_replaced")
                .unread(Kind.FLAG, "block_trade", "mmp_cancelled", "is_secondary_oto", "is_primary_otoco", "mobile")
                .unread(Kind.FLAG, "quote");
    }

    private static void movements(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            fields.unread(Kind.FIGURE, "count");
            sheet.each("data", fields.node("data"), row -> {
                String coin = row.text("currency");
                FactRow facts = new FactRow(sheet, row, coin)
                        .said("state", "address", "direction", "other_side", "type", "transaction_id", "id");
                row.absentOr("updated_timestamp", row::whole)
                        .or(() -> row.absentOr("received_timestamp", row::whole))
                        .ifPresent(facts::at);
                facts.must(MOVEMENT, "amount", "amount", coin).may(MOVEMENT, "fee", "fee", coin);
                row.unread(Kind.FIGURE, "created_timestamp", "confirmed_timestamp", "received_timestamp", "priority")
                        .unread(Kind.FIGURE, "updated_timestamp")
                        .unread(Kind.TEXT, "source_address", "note", "clearance_state", "refund_transaction_id");
            });
        });
    }

    private static void log(JsonNode body, FactSheet sheet) {
        sheet.one("", body, fields -> {
            fields.unread(Kind.FIGURE, "continuation");
            sheet.each("logs", fields.node("logs"), row -> entry(row, sheet));
        });
    }

    private static void entry(PayloadFields row, FactSheet sheet) {
        String coin = row.text("currency");
        FactRow facts = new FactRow(sheet, row, coin)
                .at(row.whole("timestamp"))
                .said("type", "instrument_name", "side", "order_id", "trade_id", "user_role", "price_currency");
        facts.may(MOVEMENT, "change", "change of the balance", coin)
                .may(MOVEMENT, "cashflow", "cash flow", coin)
                .may(MOVEMENT, "commission", "commission", coin)
                .may(MOVEMENT, "fee_balance", "fee balance", coin)
                .may(MOVEMENT, "total_interest_pl", "funding", coin)
                .may(MOVEMENT, "interest_pl", "funding of the session", coin)
                .may(MOVEMENT, "session_rpl", "gain realised in the session", coin)
                .may(MOVEMENT, "session_upl", "gain not realised in the session", coin)
                .may(ACCOUNT, "balance", "balance", coin)
                .may(ACCOUNT, "equity", "equity", coin);
        if (row.has("instrument_name")) {
            DeribitUnits units = DeribitUnits.of(row, "instrument_name");
            facts.may(TRADE, "amount", "amount", units.size())
                    .may(TRADE, "price", "price", units.price())
                    .may(FactKind.PRICE, "mark_price", "mark price", units.price())
                    .may(FactKind.PRICE, "index_price", "index price", units.index())
                    .may(FactKind.PRICE, "settlement_price", "settlement price", units.price());
        }
        row.unread(Kind.FIGURE, "id", "user_id", "user_seq", "contracts", "position", "underlying_index")
                .unread(Kind.FIGURE, "amount", "price", "mark_price", "index_price", "settlement_price")
                .unread(Kind.FIGURE, "commission_balance", "reward_rate")
                .unread(Kind.TEXT, "username", "ip", "profit_as_cashflow", "state", "ordered_by")
                .unread(Kind.FLAG, "profit_as_cashflow", "block_trade")
                .unread(Kind.OBJECT, "info");
    }
}
