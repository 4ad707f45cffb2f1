package io.bulwark.adapter.derive;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.exchange.GainIdentity;
import io.bulwark.adapter.exchange.KnownFields;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a subaccount holds, in the one answer that gives assets and positions together.
 *
 * @param number the subaccount's
 * @param assets that secure, or are owed
 * @param positions none of size zero
 */
record DeriveSubaccount(long number, List<Asset> assets, List<Position> positions) {
    private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

    /** Of the second schema's answer or the third's, every field of which is known. */
    static DeriveSubaccount of(byte[] result) {
        JsonNode tree = JsonText.tree(DerivePayload.VENUE, DeriveClient.SUBACCOUNT, result);
        KnownFields.require(new DeriveFacts(), "get_subaccount, margin_watch", tree);
        PayloadFields fields = PayloadFields.of(DerivePayload.VENUE, "", tree);
        DeriveSubaccount subaccount = new DeriveSubaccount(
                fields.integer("subaccount_id"),
                fields.list("collaterals", row -> {
                    row.unreadRest();
                    return Asset.of(row);
                }),
                fields
                        .list("positions", row -> {
                            row.unreadRest();
                            return Position.of(row);
                        })
                        .stream()
                        .flatMap(Optional::stream)
                        .toList());
        requireValue(fields);
        return subaccount;
    }

    private static void requireValue(PayloadFields fields) {
        Amount parts = fields.decimal("collaterals_value").plus(fields.decimal("positions_value"));
        if (isOff(fields.decimal("subaccount_value"), parts, BigDecimal.ONE)) {
            throw fields.refusal("subaccount_value", "must be collaterals_value + positions_value = " + parts);
        }
    }

    /** Whether two figures differ by more than a millionth of a size. */
    private static boolean isOff(Amount stated, Amount computed, BigDecimal size) {
        return stated.minus(computed).abs().toDecimal().compareTo(TOLERANCE.multiply(size)) > 0;
    }

    /**
     * An asset of the subaccount.
     *
     * @param name the venue's
     * @param amount owed below zero
     * @param interest not yet settled, in the settlement asset, signed as it will be
     */
    record Asset(String name, Amount amount, Amount interest) {
        private static Asset of(PayloadFields fields) {
            return new Asset(fields.text("asset_name"), fields.decimal("amount"), fields.decimal("pending_interest"));
        }
    }

    /**
     * An open position.
     *
     * @param instrument the venue's name
     * @param option whether it is one, and not a perpetual
     * @param amount signed, in the coin
     * @param averagePrice of entry, before fees where the venue says it so, for fees are paid out of the assets
     * @param unsettled funding that is pending less what was paid of the gain already, in the settlement asset
     */
    record Position(String instrument, boolean option, Amount amount, Amount averagePrice, Amount unsettled) {
        private static Optional<Position> of(PayloadFields fields) {
            Amount amount = fields.decimal("amount");
            if (amount.signum() == 0) {
                return Optional.empty();
            }
            boolean option =
                    fields.text("instrument_type", Set.of("option", "perp")).equals("option");
            String instrument = fields.text("instrument_name");
            if (option) {
                requireWorth(fields, amount);
                return Optional.of(new Position(instrument, true, amount, Amount.ZERO, Amount.ZERO));
            }
            boolean told = fields.has("average_price_excl_fees") || fields.has("unrealized_pnl_excl_fees");
            String before = told ? "_excl_fees" : "";
            Amount average = fields.decimal("average_price" + before);
            GainIdentity.require(
                    fields,
                    "unrealized_pnl" + before,
                    fields.decimal("unrealized_pnl" + before),
                    amount,
                    false,
                    average,
                    fields.decimal("mark_price"));
            return Optional.of(new Position(
                    instrument,
                    false,
                    amount,
                    average,
                    fields.decimal("pending_funding").minus(fields.decimal("net_settlements"))));
        }

        private static void requireWorth(PayloadFields fields, Amount amount) {
            BigDecimal worth =
                    amount.toDecimal().multiply(fields.decimal("mark_price").toDecimal());
            BigDecimal stated = fields.decimal("mark_value").toDecimal();
            if (stated.subtract(worth)
                            .abs()
                            .compareTo(TOLERANCE.multiply(worth.abs().max(BigDecimal.ONE)))
                    > 0) {
                throw fields.refusal("mark_value", "must be amount * mark_price = " + worth.toPlainString());
            }
        }
    }

    /**
     * A price of an instrument, in the short form.
     *
     * @param instrument the venue's name
     * @param index of the coin, USD
     * @param mark USD
     * @param volatility of an option, a fraction
     * @param timeMillis the venue's time of it
     */
    record Quote(String instrument, Amount index, Amount mark, Optional<Amount> volatility, long timeMillis) {
        /** Every instrument of an answer, by name. */
        static List<Quote> of(byte[] result) {
            JsonNode tree = JsonText.tree(DerivePayload.VENUE, DeriveClient.TICKERS, result);
            KnownFields.require(new DeriveFacts(), "get_tickers", tree);
            PayloadFields fields = PayloadFields.of(DerivePayload.VENUE, "", tree);
            PayloadFields tickers = fields.fields("tickers");
            fields.end();
            return tickers.names().stream()
                    .map(name -> quote(name, tickers.fields(name)))
                    .toList();
        }

        private static Quote quote(String name, PayloadFields fields) {
            return new Quote(
                    name,
                    fields.decimal("I"),
                    fields.decimal("M"),
                    fields.absentOr("option_pricing", fields::fields).map(pricing -> pricing.decimal("i")),
                    fields.integer("t"));
        }
    }

    /** The venue's time. */
    static long time(byte[] result) {
        JsonNode time = JsonText.tree(DerivePayload.VENUE, DeriveClient.TIME, result);
        if (!time.isIntegralNumber() || !time.canConvertToLong()) {
            throw new PayloadRefused(
                    DerivePayload.VENUE, DeriveClient.TIME, time.toString(), "must be a whole number of milliseconds");
        }
        return time.longValue();
    }

    /** The result of an answer, without the number of the question that some answers repeat. */
    static byte[] result(String method, byte[] answer) {
        PayloadFields envelope =
                PayloadFields.of(DerivePayload.VENUE, method, JsonText.tree(DerivePayload.VENUE, method, answer));
        if (envelope.has("error")) {
            throw envelope.fields("error").refusal("message", "must not be an error of the venue");
        }
        envelope.node("result");
        envelope.unread(Kind.TEXT, "jsonrpc").scalarOrAbsent("id");
        envelope.end();
        return Optional.ofNullable(
                        JsonText.members(DerivePayload.VENUE, method, answer).get("result"))
                .orElseThrow(() -> envelope.refusal("result", "is missing (absent is not zero)"));
    }
}
