package io.bulwark.adapter.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.exchange.GainIdentity;
import io.bulwark.adapter.exchange.KnownFields;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The venue's answers as it says them: decimals in quotes, sizes signed, of coin-margined contracts in contracts. {@link BinanceFacts} knows every field; here stand those
 * that an account or a market is made of.
 */
final class BinancePayload {
    private static final Set<String> SIDES = Set.of("BOTH", "LONG", "SHORT");
    private static final Set<String> STATES = Set.of(
            "NORMAL",
            "MARGIN_CALL",
            "SUPPLY_MARGIN",
            "REDUCE_ONLY",
            "ACTIVE_LIQUIDATION",
            "FORCE_LIQUIDATION",
            "BANKRUPTED");

    private BinancePayload() {}

    /** The rows of an answer, every field of which is known. */
    static <T> List<T> rows(String method, String kind, byte[] answer, Function<PayloadFields, T> row) {
        JsonNode body = known(method, kind, answer);
        return PayloadFields.list(BinanceFacts.VENUE, method, body, fields -> {
            fields.unreadRest();
            return row.apply(fields);
        });
    }

    private static JsonNode known(String method, String kind, byte[] answer) {
        JsonNode body = JsonText.tree(BinanceFacts.VENUE, method, answer);
        KnownFields.require(new BinanceFacts(), kind, body);
        return body;
    }

    /** The one object of an answer. */
    private static PayloadFields one(String method, String kind, byte[] answer) {
        return PayloadFields.of(BinanceFacts.VENUE, method, known(method, kind, answer));
    }

    /** The venue's time. */
    static long time(byte[] answer) {
        return one(BinanceClient.TIME, "time", answer).integer("serverTime");
    }

    /**
     * Checks the account's own summary. Its equity after collateral rates is no more than that before; neither is held, for the house has haircuts of its own and
     * applies them once.
     */
    static void requireSummary(byte[] answer) {
        PayloadFields fields = one(BinanceClient.ACCOUNT, "portfolio/account", answer);
        fields.text("accountStatus", STATES);
        Amount before = fields.decimal("actualEquity");
        if (fields.decimal("accountEquity").compareTo(before) > 0) {
            throw fields.refusal("accountEquity", "must be <= actualEquity " + before);
        }
    }

    /** The signed size of a position, which the venue signs itself: in two-way mode the sign must be its side's. */
    static Amount size(PayloadFields fields, String amount, String sideField, Function<String, Amount> reading) {
        Amount size = reading.apply(amount);
        String side =
                fields.absentOr(sideField, name -> fields.text(name, SIDES)).orElse("BOTH");
        boolean wrong = (side.equals("LONG") && size.signum() < 0) || (side.equals("SHORT") && size.signum() > 0);
        if (wrong) {
            throw fields.refusal(amount, "must have the sign of its side " + side);
        }
        return size;
    }

    /**
     * A position.
     *
     * @param symbol the venue's name of the contract
     * @param side tells two sides of one contract apart
     * @param size signed, in the coin, or in USD of a coin-margined contract; 0 in a row without a position
     * @param entryPrice average
     */
    record Position(String symbol, String side, Amount size, Amount entryPrice) {
        static List<Position> linear(byte[] answer) {
            return rows(BinanceClient.LINEAR, "positionRisk", answer, fields -> of(fields, Optional.empty()));
        }

        /**
         * Coin-margined positions.
         *
         * @param sizes the USD of one contract, by symbol
         */
        static List<Position> inverse(byte[] answer, Map<String, Amount> sizes) {
            return rows(BinanceClient.INVERSE, "positionRisk", answer, fields -> {
                Amount contract = sizes.get(fields.text("symbol"));
                if (contract == null && fields.decimal("positionAmt").signum() != 0) {
                    throw fields.refusal(
                            "symbol", "must have a contract size in the founding file; sizes are of " + sizes.keySet());
                }
                return of(fields, Optional.of(Optional.ofNullable(contract).orElse(Amount.ZERO)));
            });
        }

        private static Position of(PayloadFields fields, Optional<Amount> contract) {
            Amount told = BinancePayload.size(fields, "positionAmt", "positionSide", fields::decimal);
            Position position = new Position(
                    fields.text("symbol"),
                    fields.text("positionSide"),
                    contract.map(told::times).orElse(told),
                    fields.decimal("entryPrice"));
            if (told.signum() != 0) {
                GainIdentity.require(
                        fields,
                        "unRealizedProfit",
                        fields.decimal("unRealizedProfit"),
                        position.size(),
                        contract.isPresent(),
                        position.entryPrice(),
                        fields.decimal("markPrice"));
            }
            return position;
        }
    }

    /**
     * An asset of the account, over its cross margin and both futures wallets.
     *
     * @param asset the venue's name
     * @param wallet of all of them, signed
     * @param owed borrowed, with interest
     */
    record Balance(String asset, Amount wallet, Amount owed) {
        static List<Balance> of(byte[] answer) {
            return rows(BinanceClient.BALANCE, "papi balance", answer, Balance::of);
        }

        /** The venue documents what the sums are of. */
        private static Balance of(PayloadFields fields) {
            Amount cross = fields.decimal("crossMarginFree").plus(fields.decimal("crossMarginLocked"));
            requireSum(fields, "crossMarginAsset", cross, "crossMarginFree + crossMarginLocked");
            Amount wallets = cross.plus(fields.decimal("umWalletBalance")).plus(fields.decimal("cmWalletBalance"));
            requireSum(fields, "totalWalletBalance", wallets, "crossMarginAsset + umWalletBalance + cmWalletBalance");
            Amount borrowed = fields.decimal("crossMarginBorrowed");
            Amount interest = fields.decimal("crossMarginInterest");
            if (borrowed.signum() < 0 || interest.signum() < 0) {
                throw fields.refusal("crossMarginBorrowed", "and crossMarginInterest must be >= 0");
            }
            return new Balance(fields.text("asset"), wallets, borrowed.plus(interest));
        }

        private static void requireSum(PayloadFields fields, String field, Amount sum, String parts) {
            if (!fields.decimal(field).equals(sum)) {
                throw fields.refusal(field, "must be " + parts + " = " + sum);
            }
        }
    }

    /**
     * A contract's prices.
     *
     * @param symbol the venue's name
     * @param index in the quote
     * @param mark in the quote
     * @param timeMillis the venue's time of them
     */
    record Price(String symbol, Amount index, Amount mark, long timeMillis) {
        /** Of an answer that has one row, in an array or not. */
        static Price of(String method, byte[] answer) {
            JsonNode body = known(method, "premiumIndex", answer);
            JsonNode row = body.isArray() && body.size() == 1 ? body.get(0) : body;
            PayloadFields fields = PayloadFields.of(BinanceFacts.VENUE, method, row);
            return new Price(
                    fields.text("symbol"),
                    fields.decimal("indexPrice"),
                    fields.decimal("markPrice"),
                    fields.integer("time"));
        }
    }
}
