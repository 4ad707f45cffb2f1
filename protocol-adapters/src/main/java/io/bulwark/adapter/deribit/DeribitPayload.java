package io.bulwark.adapter.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The venue's results, as it says them: JSON numbers, some in scientific notation; sizes of options in the coin and of inverse futures in USD, short negative; option marks
 * in the coin; volatilities in per cent.
 */
final class DeribitPayload {
    /** Names the adapter in refusals. */
    static final String VENUE = "deribit";

    /** Coins are shown with eight places; the identity adds four of them. */
    private static final Amount TOLERANCE = Amount.of("0.00000004");

    private static final Set<String> DIRECTIONS = Set.of("buy", "sell", "zero");

    private DeribitPayload() {}

    /**
     * What an HTTP answer wraps around a result.
     *
     * @param result the result's bytes
     * @param timeMillis when the venue sent it
     */
    record Envelope(byte[] result, long timeMillis) {
        private static final Set<String> KNOWN =
                Set.of("jsonrpc", "id", "result", "usIn", "usOut", "usDiff", "testnet");

        static Envelope of(String method, byte[] json) {
            Map<String, byte[]> members = JsonText.members(VENUE, method, json);
            PayloadFields fields = PayloadFields.of(VENUE, method, json);
            if (members.containsKey("error")) {
                throw fields.refusal("error", "must not be there in an answer with status 200");
            }
            for (String name : members.keySet()) {
                if (!KNOWN.contains(name)) {
                    throw fields.refusal(name, "is not a known field of this venue's envelope");
                }
            }
            byte[] result = members.get("result");
            if (result == null) {
                throw fields.refusal("result", "is missing (absent is not zero)");
            }
            return new Envelope(result, fields.integer("usOut") / 1000);
        }
    }

    /**
     * A position.
     *
     * @param instrument the venue's name
     * @param option whether it is an option; otherwise a future or perpetual
     * @param size signed
     * @param settlementPrice to which gains of a future are paid; of no use for options
     * @param markPrice the mark
     */
    record Position(
            String instrument, boolean option, Amount size, Optional<Amount> settlementPrice, Amount markPrice) {
        /** All positions of an answer. */
        static List<Position> of(byte[] json) {
            return PayloadFields.list(
                    VENUE, "get_positions", JsonText.tree(VENUE, "get_positions", json), Position::of);
        }

        /** A row of an answer; the caller closes it. */
        static Position of(PayloadFields fields) {
            fields.unread(
                            Kind.NUMBER,
                            "average_price",
                            "average_price_usd",
                            "delta",
                            "gamma",
                            "theta",
                            "vega",
                            "index_price")
                    .unread(
                            Kind.NUMBER,
                            "floating_profit_loss_usd",
                            "initial_margin",
                            "maintenance_margin",
                            "open_orders_margin")
                    .unread(
                            Kind.NUMBER,
                            "realized_profit_loss",
                            "realized_funding",
                            "total_profit_loss",
                            "size_currency")
                    .unread(Kind.NUMBER, "estimated_liquidation_price", "interest_value", "leverage");
            boolean option = fields.text("kind", Set.of("option", "future")).equals("option");
            Amount size = fields.number("size");
            String direction = fields.text("direction", DIRECTIONS);
            int sign = direction.equals("buy") ? 1 : direction.equals("sell") ? -1 : 0;
            if (size.signum() != sign) {
                throw fields.refusal("size", "must have the sign of its direction " + direction);
            }
            Position position = new Position(
                    fields.text("instrument_name"),
                    option,
                    size,
                    fields.absentOr("settlement_price", fields::number),
                    fields.number("mark_price"));
            Amount floating = fields.number("floating_profit_loss");
            if (!option && sign != 0) {
                position.requireFloating(fields, floating);
            }
            return position;
        }

        /** {@code floating = size · (1/settlement − 1/mark)}, without dividing: both sides times settlement · mark. */
        private void requireFloating(PayloadFields fields, Amount floating) {
            Amount settlement = settlementPrice.orElseThrow(
                    () -> fields.refusal("settlement_price", "is missing (absent is not zero)"));
            Amount prices = settlement.times(markPrice);
            Amount gain = size.times(markPrice.minus(settlement));
            Amount difference = floating.times(prices).minus(gain).abs();
            if (difference.compareTo(TOLERANCE.times(prices)) > 0) {
                throw fields.refusal("floating_profit_loss", "must be size * (1/settlement_price - 1/mark_price)");
            }
        }
    }

    /**
     * An account in one currency.
     *
     * @param currency the venue's name of it
     * @param balance coins after the last settlement
     * @param realised coins that this session's trades made or lost, not yet in the balance
     */
    record Summary(String currency, Amount balance, Amount realised) {
        /** All currencies of an answer. */
        static List<Summary> of(byte[] json) {
            return of(JsonText.tree(VENUE, "get_account_summaries", json));
        }

        /** All currencies of an answer. */
        static List<Summary> of(JsonNode answer) {
            PayloadFields fields = PayloadFields.of(VENUE, "get_account_summaries", answer);
            fields.unread(Kind.NUMBER, "id", "creation_timestamp", "referrer_id")
                    .unread(Kind.TEXT, "email", "system_name", "username", "type", "self_trading_reject_mode")
                    .unread(
                            Kind.FLAG,
                            "block_rfq_self_match_prevention",
                            "login_enabled",
                            "security_keys_enabled",
                            "mmp_enabled")
                    .unread(Kind.FLAG, "interuser_transfers_enabled", "self_trading_extended_to_subaccounts");
            List<Summary> summaries = fields.list("summaries", Summary::of);
            fields.end();
            return summaries;
        }

        private static Summary of(PayloadFields fields) {
            fields.unread(
                            Kind.NUMBER,
                            "available_funds",
                            "available_withdrawal_funds",
                            "margin_balance",
                            "spot_reserve",
                            "additional_reserve")
                    .unread(
                            Kind.NUMBER,
                            "initial_margin",
                            "maintenance_margin",
                            "projected_initial_margin",
                            "projected_maintenance_margin")
                    .unread(
                            Kind.NUMBER,
                            "delta_total",
                            "projected_delta_total",
                            "options_delta",
                            "options_gamma",
                            "options_theta",
                            "options_vega")
                    .unread(
                            Kind.NUMBER,
                            "futures_pl",
                            "futures_session_rpl",
                            "options_pl",
                            "options_session_rpl",
                            "options_session_upl",
                            "session_upl")
                    .unread(Kind.NUMBER, "total_pl", "fee_balance", "locked_balance", "estimated_liquidation_ratio")
                    .unread(Kind.NUMBER, "total_initial_margin_usd", "total_maintenance_margin_usd", "total_equity_usd")
                    .unread(Kind.NUMBER, "total_margin_balance_usd", "total_delta_total_usd")
                    .unread(
                            Kind.OBJECT,
                            "delta_total_map",
                            "options_gamma_map",
                            "options_vega_map",
                            "options_theta_map")
                    .unread(Kind.OBJECT, "estimated_liquidation_ratio_map", "limits", "change_margin_model_api_limit")
                    .unread(
                            Kind.FLAG,
                            "portfolio_margining_enabled",
                            "cross_collateral_enabled",
                            "has_non_block_chain_equity")
                    .unread(Kind.TEXT, "margin_model", "deposit_address")
                    .unread(Kind.ARRAY, "fees");
            Summary summary =
                    new Summary(fields.text("currency"), fields.number("balance"), fields.number("session_rpl"));
            Amount equity = fields.number("equity");
            Amount parts =
                    summary.coins().plus(fields.number("futures_session_upl")).plus(fields.number("options_value"));
            if (equity.minus(parts).abs().compareTo(TOLERANCE) > 0) {
                throw fields.refusal(
                        "equity", "must be balance + session_rpl + futures_session_upl + options_value = " + parts);
            }
            return summary;
        }

        /** The coins that stand behind the positions. */
        Amount coins() {
            return balance.plus(realised);
        }
    }

    /**
     * The summary of one option's book.
     *
     * @param instrument the venue's name
     * @param markPrice the mark, in the coin
     * @param markIv implied volatility in per cent
     * @param timeMillis when the venue wrote it
     */
    record Book(String instrument, Amount markPrice, Amount markIv, long timeMillis) {
        /** All books of an answer. */
        static List<Book> of(byte[] json) {
            String path = "get_book_summary_by_currency";
            return PayloadFields.list(VENUE, path, JsonText.tree(VENUE, path, json), Book::of);
        }

        private static Book of(PayloadFields fields) {
            fields.unread(
                            Kind.NUMBER,
                            "volume",
                            "volume_usd",
                            "volume_notional",
                            "underlying_price",
                            "price_change",
                            "open_interest")
                    .unread(
                            Kind.NUMBER,
                            "mid_price",
                            "low",
                            "high",
                            "last",
                            "interest_rate",
                            "estimated_delivery_price",
                            "bid_price",
                            "ask_price")
                    .unread(Kind.NUMBER, "current_funding", "funding_8h")
                    .unread(Kind.TEXT, "underlying_index", "quote_currency", "base_currency");
            return new Book(
                    fields.text("instrument_name"),
                    fields.number("mark_price"),
                    fields.number("mark_iv"),
                    fields.integer("creation_timestamp"));
        }
    }

    /** The index price of an answer, USD. */
    static Amount index(byte[] json) {
        PayloadFields fields = PayloadFields.of(VENUE, "get_index_price", json);
        Amount index = fields.unread(Kind.NUMBER, "estimated_delivery_price").number("index_price");
        fields.end();
        if (index.signum() <= 0) {
            throw fields.refusal("index_price", "must be > 0");
        }
        return index;
    }

    /** The venue's time of an answer, epoch milliseconds. */
    static long time(byte[] json) {
        JsonNode time = JsonText.tree(VENUE, "get_time", json);
        if (!time.isIntegralNumber() || !time.canConvertToLong()) {
            throw new PayloadRefused(VENUE, "get_time", time.toString(), "must be a whole number of milliseconds");
        }
        return time.longValue();
    }

    /**
     * A token.
     *
     * @param accessToken to be sent with private questions
     * @param seconds how long it is good
     */
    record Token(String accessToken, long seconds) {
        static Token of(byte[] json) {
            PayloadFields fields = PayloadFields.of(VENUE, "auth", json);
            fields.unread(Kind.TEXT, "refresh_token", "scope", "token_type", "sid")
                    .unread(Kind.ARRAY, "enabled_features");
            Token token = new Token(fields.text("access_token"), fields.integer("expires_in"));
            fields.end();
            return token;
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Token[seconds=" + seconds + "]";
        }
    }
}
