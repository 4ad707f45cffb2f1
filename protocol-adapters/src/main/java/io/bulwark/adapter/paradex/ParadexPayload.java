package io.bulwark.adapter.paradex;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.exchange.KnownFields;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The venue's answers as it says them: decimals in quotes, sizes signed with the side beside. {@link ParadexFacts} knows every field; here stand those that an account
 * or a market is made of.
 */
final class ParadexPayload {
    private ParadexPayload() {}

    /** The rows of a list that has no further page, every field of which is known. */
    private static <T> List<T> rows(String method, String kind, byte[] answer, Function<PayloadFields, T> row) {
        PayloadFields fields =
                PayloadFields.of(ParadexFacts.VENUE, "", JsonText.tree(ParadexFacts.VENUE, method, answer));
        if (fields.has("error")) {
            throw fields.refusal("error", "must not be an error of the venue");
        }
        fields.unread(Kind.TEXT, "prev");
        fields.blankOr("next", fields::text).ifPresent(page -> {
            throw fields.refusal("next", "must be absent: a list with a further page is not whole");
        });
        KnownFields.require(new ParadexFacts(), kind, fields.node("results"));
        List<T> rows = fields.list("results", element -> {
            element.unreadRest();
            return row.apply(element);
        });
        fields.end();
        return rows;
    }

    private static PayloadFields one(String method, String kind, byte[] answer) {
        JsonNode body = JsonText.tree(ParadexFacts.VENUE, method, answer);
        KnownFields.require(new ParadexFacts(), kind, body);
        return PayloadFields.of(ParadexFacts.VENUE, "", body);
    }

    /** The venue's time. */
    static long time(byte[] answer) {
        return one(ParadexClient.TIME, "system/time", answer).whole("server_time");
    }

    /**
     * Checks the account as a whole, its identity among the fields of its room.
     *
     * @param address that it must be of
     * @param settlement the asset in which it must settle
     */
    static void requireAccount(byte[] answer, String address, String settlement) {
        PayloadFields fields = one(ParadexClient.ACCOUNT, "account", answer);
        fields.text("account", Set.of(address));
        fields.text("settlement_asset", Set.of(settlement));
        fields.whole("seq_no");
    }

    /**
     * An open position.
     *
     * @param market the venue's name
     * @param size signed, in the coin
     * @param entryPrice average
     * @param funding not yet settled, signed as it will be
     */
    record Position(String market, Amount size, Amount entryPrice, Amount funding) {
        private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

        /** The open positions; a closed one leaves a row behind. */
        static List<Position> of(byte[] answer) {
            return rows(ParadexClient.POSITIONS, "positions", answer, Position::of).stream()
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static Optional<Position> of(PayloadFields fields) {
            boolean open = fields.text("status", Set.of("OPEN", "CLOSED")).equals("OPEN");
            Amount size = fields.decimal("size");
            if (size.signum() == 0) {
                return Optional.empty();
            }
            if (!open) {
                throw fields.refusal("size", "must be 0 in a closed position");
            }
            String side = fields.text("side", Set.of("LONG", "SHORT"));
            if (size.signum() != (side.equals("LONG") ? 1 : -1)) {
                throw fields.refusal("size", "must have the sign of its side " + side);
            }
            Amount entry = fields.decimal("average_entry_price");
            if (entry.signum() <= 0) {
                throw fields.refusal("average_entry_price", "must be > 0");
            }
            requireCost(fields, size, entry);
            return Optional.of(
                    new Position(fields.text("market"), size, entry, fields.decimal("unrealized_funding_pnl")));
        }

        private static void requireCost(PayloadFields fields, Amount size, Amount entry) {
            BigDecimal cost = size.toDecimal().abs().multiply(entry.toDecimal());
            BigDecimal stated = fields.decimal("cost").toDecimal().abs();
            if (stated.subtract(cost).abs().compareTo(cost.multiply(TOLERANCE)) > 0) {
                throw fields.refusal("cost", "must be size * average_entry_price = " + cost.toPlainString());
            }
        }
    }

    /**
     * A balance.
     *
     * @param token the venue's name
     * @param size owed below zero
     */
    record Balance(String token, Amount size) {
        static List<Balance> of(byte[] answer) {
            return rows(
                    ParadexClient.BALANCES,
                    "balances",
                    answer,
                    fields -> new Balance(fields.text("token"), fields.decimal("size")));
        }
    }

    /**
     * A market's prices.
     *
     * @param market the venue's name
     * @param index of the coin, USD
     * @param mark USD
     * @param timeMillis the venue's time of them
     */
    record Price(String market, Amount index, Amount mark, long timeMillis) {
        static List<Price> of(byte[] answer) {
            return rows(
                    ParadexClient.SUMMARY,
                    "markets/summary",
                    answer,
                    fields -> new Price(
                            fields.text("symbol"),
                            fields.decimal("underlying_price"),
                            fields.decimal("mark_price"),
                            fields.whole("created_at")));
        }
    }
}
