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

    /** Half of the last place, and what the mark's own last place adds. */
    private static final Amount COIN_TOLERANCE = Amount.of("0.000000001");

    /** The average's last place, twice. */
    private static final Amount AVERAGE_TOLERANCE = Amount.of("0.02");

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
     * @param units what its numbers are in
     * @param size signed
     * @param settlementPrice to which gains of a future are paid; of no use for options
     * @param markPrice the mark
     */
    record Position(
            String instrument,
            boolean option,
            DeribitUnits units,
            Amount size,
            Optional<Amount> settlementPrice,
            Amount markPrice) {
        /** All positions of an answer. */
        static List<Position> of(byte[] json) {
            return PayloadFields.list(VENUE, "get_positions", JsonText.tree(VENUE, "get_positions", json), fields -> {
                Position position = of(fields);
                fields.unread(Kind.FIGURE, "average_price_usd", "gamma", "theta", "vega", "index_price", "delta")
                        .unread(Kind.FIGURE, "initial_margin", "maintenance_margin", "open_orders_margin")
                        .unread(Kind.FIGURE, "realized_profit_loss", "realized_funding", "floating_profit_loss_usd")
                        .unread(Kind.FIGURE, "estimated_liquidation_price", "interest_value", "leverage")
                        .unread(Kind.FIGURE, "estimated_liq_price");
                return position;
            });
        }

        /** The terms of a row of an answer, its identities checked; the caller reads the rest and closes it. */
        static Position of(PayloadFields fields) {
            boolean option = fields.text("kind", Set.of("option", "future")).equals("option");
            Amount size = fields.figure("size");
            String direction = fields.text("direction", DIRECTIONS);
            int sign = direction.equals("buy") ? 1 : direction.equals("sell") ? -1 : 0;
            if (size.signum() != sign) {
                throw fields.refusal("size", "must have the sign of its direction " + direction);
            }
            Position position = new Position(
                    fields.text("instrument_name"),
                    option,
                    DeribitUnits.of(fields, "instrument_name"),
                    size,
                    fields.absentOr("settlement_price", fields::figure),
                    fields.figure("mark_price"));
            Amount floating = fields.figure("floating_profit_loss");
            Optional<Amount> average = fields.absentOr("average_price", fields::figure);
            Optional<Amount> coins = fields.absentOr("size_currency", fields::figure);
            Optional<Amount> total = fields.absentOr("total_profit_loss", fields::figure);
            if (position.units().inverse() && sign != 0) {
                position.requireFloating(fields, floating);
                coins.ifPresent(amount -> position.requireCoins(fields, amount));
                if (average.isPresent() && total.isPresent()) {
                    position.requireTotal(fields, average.get(), total.get());
                }
            }
            return position;
        }

        /** {@code floating = size · (1/settlement − 1/mark)}, without dividing: both sides times settlement · mark. */
        private void requireFloating(PayloadFields fields, Amount floating) {
            Amount settlement = settlementPrice.orElseThrow(
                    () -> fields.refusal("settlement_price", "is missing (absent is not zero)"));
            Amount prices = settlement.times(markPrice);
            Amount gain = size.times(markPrice.minus(settlement));
            if (isOff(floating.times(prices), gain, TOLERANCE.times(prices))) {
                throw fields.refusal("floating_profit_loss", "must be size * (1/settlement_price - 1/mark_price)");
            }
        }

        /** {@code size_currency = size / mark}, shown with nine places. */
        private void requireCoins(PayloadFields fields, Amount coins) {
            if (isOff(coins.times(markPrice), size, COIN_TOLERANCE.times(markPrice))) {
                throw fields.refusal("size_currency", "must be size / mark_price");
            }
        }

        /** {@code total = size · (1/average − 1/mark)}; the average is shown with two places, which moves the gain of a large position. */
        private void requireTotal(PayloadFields fields, Amount average, Amount total) {
            Amount prices = average.times(markPrice);
            Amount gain = size.times(markPrice.minus(average));
            Amount shown = size.abs().times(AVERAGE_TOLERANCE);
            if (isOff(total.times(prices), gain, TOLERANCE.times(prices).plus(shown))) {
                throw fields.refusal("total_profit_loss", "must be size * (1/average_price - 1/mark_price)");
            }
        }

        private static boolean isOff(Amount stated, Amount computed, Amount tolerance) {
            return stated.minus(computed).abs().compareTo(tolerance) > 0;
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
            PayloadFields fields = PayloadFields.of(VENUE, "get_account_summaries", json);
            owner(fields);
            List<Summary> summaries = fields.list("summaries", row -> {
                Summary summary = of(row);
                unused(row);
                return summary;
            });
            fields.end();
            return summaries;
        }

        /** Whose account it is, of no use here. */
        static void owner(PayloadFields fields) {
            fields.unread(Kind.FIGURE, "id", "creation_timestamp", "referrer_id")
                    .unread(Kind.TEXT, "email", "system_name", "username", "type", "self_trading_reject_mode")
                    .unread(Kind.FLAG, "block_rfq_self_match_prevention", "login_enabled", "security_keys_enabled")
                    .unread(Kind.FLAG, "mmp_enabled", "interuser_transfers_enabled")
                    .unread(Kind.FLAG, "self_trading_extended_to_subaccounts", "disable_kyc_verification")
                    .unread(Kind.TEXT, "receive_notifications", "deposit_address", "security_keys_assignments");
        }

        /** One currency, its identity checked; the caller reads the rest and closes it. */
        static Summary of(PayloadFields fields) {
            Summary summary =
                    new Summary(fields.text("currency"), fields.figure("balance"), fields.figure("session_rpl"));
            Amount equity = fields.figure("equity");
            Amount options = fields.figure("options_value");
            Amount parts = summary.coins().plus(futures(fields, options)).plus(options);
            if (equity.minus(parts).abs().compareTo(TOLERANCE) > 0) {
                throw fields.refusal(
                        "equity", "must be balance + session_rpl + futures_session_upl + options_value = " + parts);
            }
            return summary;
        }

        /** What futures gained in this session: said by itself, or, where there are no options, what all gained. */
        private static Amount futures(PayloadFields fields, Amount options) {
            return fields.absentOr("futures_session_upl", fields::figure).orElseGet(() -> {
                if (options.signum() != 0) {
                    throw fields.refusal("futures_session_upl", "is missing (absent is not zero)");
                }
                return fields.figure("session_upl");
            });
        }

        private static void unused(PayloadFields fields) {
            fields.unread(
                            Kind.FIGURE,
                            "available_funds",
                            "available_withdrawal_funds",
                            "margin_balance",
                            "spot_reserve")
                    .unread(Kind.FIGURE, "additional_reserve", "initial_margin", "maintenance_margin", "total_pl")
                    .unread(Kind.FIGURE, "projected_initial_margin", "projected_maintenance_margin", "delta_total")
                    .unread(Kind.FIGURE, "projected_delta_total", "options_delta", "options_gamma", "options_theta")
                    .unread(Kind.FIGURE, "options_vega", "futures_pl", "futures_session_rpl", "options_pl")
                    .unread(Kind.FIGURE, "options_session_rpl", "options_session_upl", "session_upl", "fee_balance")
                    .unread(Kind.FIGURE, "locked_balance", "estimated_liquidation_ratio", "total_equity_usd")
                    .unread(Kind.FIGURE, "total_initial_margin_usd", "total_maintenance_margin_usd")
                    .unread(Kind.FIGURE, "total_margin_balance_usd", "total_delta_total_usd")
                    .unread(Kind.OBJECT, "delta_total_map", "options_gamma_map", "options_vega_map")
                    .unread(Kind.OBJECT, "options_theta_map", "estimated_liquidation_ratio_map");
            settings(fields);
        }

        /** How the account is set up: of no use in the house's words. */
        static void settings(PayloadFields fields) {
            fields.unread(Kind.OBJECT, "limits", "change_margin_model_api_limit")
                    .unread(Kind.FLAG, "portfolio_margining_enabled", "cross_collateral_enabled")
                    .unread(Kind.FLAG, "has_non_block_chain_equity")
                    .unread(Kind.TEXT, "margin_model", "deposit_address")
                    .unread(Kind.ARRAY, "fees");
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
