package io.bulwark.adapter.derive;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.clearing.money.Amount;

/** The venue's answers, as it says them: decimals in quotes with up to 34 digits, some with an exponent; amounts signed. */
final class DerivePayload {
    /** Names the adapter in refusals. */
    static final String VENUE = "derive";

    private DerivePayload() {}

    /**
     * What an instrument's name says of units: {@code ETH-PERP}, {@code ETH-20260627-3500-C}, {@code ETH-USDC}.
     *
     * @param base the underlying, in which sizes are
     * @param quote what prices are in
     */
    record Units(String base, String quote) {
        static Units of(String name) {
            String[] parts = name.split("-", -1);
            boolean spot = parts.length == 2 && !parts[1].equals("PERP");
            return new Units(parts[0].isEmpty() ? "base" : parts[0], spot && !parts[1].isEmpty() ? parts[1] : "USD");
        }

        String price() {
            return quote + " per " + base;
        }
    }

    /**
     * A position.
     *
     * @param instrument the venue's name
     * @param amount signed, in the underlying
     * @param markPrice in the quote currency
     */
    record Position(String instrument, Amount amount, Amount markPrice) {
        /** The terms of a row; the caller reads the rest and closes it. */
        static Position of(PayloadFields fields) {
            requireFetched(fields);
            Position position =
                    new Position(fields.text("instrument_name"), fields.figure("amount"), fields.figure("mark_price"));
            Amount value = fields.figure("mark_value");
            if (value.signum() * position.amount().signum() < 0
                    && !fields.text("instrument_type").equals("perp")) {
                throw fields.refusal("mark_value", "must have the sign of amount");
            }
            return position;
        }
    }

    /**
     * An asset that secures, or is owed.
     *
     * @param asset the venue's name
     * @param amount owed below zero
     */
    record Collateral(String asset, Amount amount) {
        /** The terms of a row; the caller reads the rest and closes it. */
        static Collateral of(PayloadFields fields) {
            requireFetched(fields);
            Collateral collateral = new Collateral(fields.text("asset_name"), fields.figure("amount"));
            Amount value = collateral.amount().times(fields.figure("mark_price"));
            if (fields.figure("mark_value").minus(value).abs().compareTo(Amount.of("0.000001")) > 0) {
                throw fields.refusal("mark_value", "must be amount * mark_price = " + value);
            }
            return collateral;
        }
    }

    /** A placeholder that the venue sends where it could not read its own books is no data. */
    static void requireFetched(PayloadFields fields) {
        if (fields.absentOr("failed_to_fetch", fields::flag).orElse(false)) {
            throw fields.refusal("failed_to_fetch", "must not be true: the row is no data");
        }
    }
}
