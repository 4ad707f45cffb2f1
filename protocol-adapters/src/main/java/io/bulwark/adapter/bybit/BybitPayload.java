package io.bulwark.adapter.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.exchange.GainIdentity;
import io.bulwark.adapter.exchange.KnownFields;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The venue's answers as it says them: decimals in quotes, sizes without sign beside their side. {@link BybitFacts} knows every field; here stand those that an account or
 * a market is made of.
 */
final class BybitPayload {
    private static final Set<Long> ONE_WALLET = Set.of(5L, 6L);

    private BybitPayload() {}

    /**
     * What an answer wraps around its result.
     *
     * @param result what was asked for
     * @param timeMillis when the venue answered
     */
    record Envelope(JsonNode result, long timeMillis) {
        static Envelope of(String method, byte[] answer) {
            PayloadFields fields =
                    PayloadFields.of(BybitFacts.VENUE, "", JsonText.tree(BybitFacts.VENUE, method, answer));
            if (fields.integer("retCode") != 0) {
                throw fields.refusal("retCode", "must be 0, else the answer is an error of the venue");
            }
            fields.unread(Kind.TEXT, "retMsg");
            fields.absentOr("retExtInfo", fields::fields).ifPresent(PayloadFields::end);
            Envelope envelope = new Envelope(fields.node("result"), fields.integer("time"));
            fields.end();
            return envelope;
        }
    }

    /**
     * A page of a list.
     *
     * @param rows its rows
     * @param cursor of the page behind it; empty if it is the last
     * @param timeMillis when the venue answered
     */
    record Page<T>(List<T> rows, Optional<String> cursor, long timeMillis) {
        /** A page, every field of which is known. */
        static <T> Page<T> of(String method, String kind, byte[] answer, Function<PayloadFields, T> row) {
            Envelope envelope = Envelope.of(method, answer);
            PayloadFields result = PayloadFields.of(BybitFacts.VENUE, "result", envelope.result());
            result.unread(Kind.TEXT, "category");
            KnownFields.require(new BybitFacts(), kind, result.node("list"));
            List<T> rows = result.list("list", fields -> {
                fields.unreadRest();
                return row.apply(fields);
            });
            Optional<String> cursor = result.blankOr("nextPageCursor", result::text);
            result.end();
            return new Page<>(rows, cursor, envelope.timeMillis());
        }
    }

    /** Checks that derivatives and spot share one wallet: an older account holds its inverse contracts in another, which is not read. */
    static void requireOneWallet(byte[] answer) {
        JsonNode info = Envelope.of(BybitClient.INFO, answer).result();
        KnownFields.require(new BybitFacts(), "account/info", info);
        PayloadFields fields = PayloadFields.of(BybitFacts.VENUE, "result", info);
        if (!ONE_WALLET.contains(fields.integer("unifiedMarginStatus"))) {
            throw fields.refusal(
                    "unifiedMarginStatus", "must be 5 or 6: another account keeps a second wallet, which is not read");
        }
    }

    /** The signed size of a position, short below zero: in the coin, in US dollars for inverse contracts. */
    static Amount size(PayloadFields fields, Function<String, Amount> reading) {
        Amount size = reading.apply("size");
        if (size.signum() < 0) {
            throw fields.refusal("size", "must be >= 0");
        }
        return switch (fields.blankOr("side", fields::text).orElse("None")) {
            case "Buy" -> size;
            case "Sell" -> size.negate();
            case "None" -> {
                if (size.signum() != 0) {
                    throw fields.refusal("side", "must be Buy or Sell in an open position");
                }
                yield size;
            }
            default -> throw fields.refusal("side", "must be one of [, Buy, None, Sell]");
        };
    }

    /**
     * A position.
     *
     * @param symbol the venue's name of the contract
     * @param place tells two sides of one contract apart
     * @param size signed; 0 in a row that the venue keeps for a contract without a position
     * @param settledPrice up to which gains are paid: the last settlement's of contracts that are settled in sessions, else the average entry's
     */
    record Position(String symbol, long place, Amount size, Amount settledPrice) {
        /** A row, its gain checked. */
        static Position of(PayloadFields fields, boolean inverse) {
            Amount size = BybitPayload.size(fields, fields::decimal);
            long place = fields.integer("positionIdx");
            if (size.signum() == 0) {
                return new Position(fields.text("symbol"), place, size, Amount.ZERO);
            }
            Amount settled = fields.blankOr("sessionAvgPrice", fields::decimal)
                    .filter(price -> price.signum() != 0)
                    .orElseGet(() -> fields.decimal("avgPrice"));
            GainIdentity.require(
                    fields,
                    "unrealisedPnl",
                    fields.decimal("unrealisedPnl"),
                    size,
                    inverse,
                    settled,
                    fields.decimal("markPrice"));
            return new Position(fields.text("symbol"), place, size, settled);
        }
    }

    /**
     * A coin of an account.
     *
     * @param coin the venue's name of it
     * @param wallet what is there, before what spot trading borrowed is taken off; below zero where derivatives borrowed
     * @param borrowed by spot trading, with interest accrued
     */
    record Coin(String coin, Amount wallet, Amount borrowed) {
        /** The coins of an account; totals of the account may be empty, as in isolated margin mode. */
        static List<Coin> of(byte[] answer) {
            List<List<Coin>> accounts = Page.of(BybitClient.WALLET, "wallet-balance", answer, row -> {
                        row.text("accountType", Set.of("UNIFIED"));
                        return row.list("coin", coin -> {
                            coin.unreadRest();
                            return coin(coin);
                        });
                    })
                    .rows();
            if (accounts.size() != 1) {
                throw new PayloadRefused(
                        BybitFacts.VENUE,
                        "result.list",
                        accounts.size() + " accounts",
                        "must be one (an empty answer is unknown, not zero)");
            }
            return accounts.getFirst();
        }

        private static Coin coin(PayloadFields fields) {
            Amount spot = positive(fields, "spotBorrow");
            if (positive(fields, "borrowAmount").compareTo(spot) < 0) {
                throw fields.refusal("borrowAmount", "must be >= spotBorrow " + spot);
            }
            return new Coin(
                    fields.text("coin"),
                    fields.decimal("walletBalance"),
                    spot.plus(positive(fields, "accruedInterest")));
        }

        private static Amount positive(PayloadFields fields, String field) {
            Amount value = fields.decimal(field);
            if (value.signum() < 0) {
                throw fields.refusal(field, "must be >= 0");
            }
            return value;
        }
    }

    /**
     * A contract's prices.
     *
     * @param symbol the venue's name
     * @param fields the row, for prices that only some contracts have
     */
    record Ticker(String symbol, PayloadFields fields) {
        static Page<Ticker> of(byte[] answer) {
            return Page.of(BybitClient.TICKERS, "tickers", answer, row -> new Ticker(row.text("symbol"), row));
        }
    }

    /** The venue's time of an answer that names nothing else. */
    static long time(byte[] answer) {
        Envelope envelope = Envelope.of(BybitClient.TIME, answer);
        KnownFields.require(new BybitFacts(), "time", envelope.result());
        return envelope.timeMillis();
    }
}
