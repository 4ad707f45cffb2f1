package io.bulwark.adapter.drift;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the bytes of a {@code PerpMarket} account say of its price and funding.
 *
 * @param index the market's
 * @param name such as {@code SOL-PERP}
 * @param quoteMarket index of the spot market in which it settles
 * @param oraclePrice that the venue saw last, USD
 * @param oracleMillis when it saw it
 * @param longFunding cumulative funding of longs, 10⁻⁹ of the quote a unit of the base
 * @param shortFunding the same of shorts
 */
record DriftPerpMarket(
        int index,
        String name,
        int quoteMarket,
        Amount oraclePrice,
        long oracleMillis,
        BigInteger longFunding,
        BigInteger shortFunding) {
    /** The account's length. */
    static final int LENGTH = 1216;

    private static final long DISCRIMINATOR = 0x0adf0c2c6bf537f7L;
    private static final int ORACLE_PRICE_AT = 72;
    private static final int ORACLE_TIME_AT = 112;
    private static final int LONG_FUNDING_AT = 608;
    private static final int SHORT_FUNDING_AT = 624;
    private static final int NAME_AT = 1000;
    private static final int NAME_LENGTH = 32;
    private static final int INDEX_AT = 1160;
    private static final int QUOTE_AT = 1166;

    /** Places of funding rates. */
    private static final int FUNDING = 9;

    static DriftPerpMarket of(DriftNode.Account account) {
        ByteBuffer bytes = account.bytes(LENGTH, DISCRIMINATOR, "a PerpMarket account");
        byte[] name = new byte[NAME_LENGTH];
        bytes.get(NAME_AT, name);
        long seconds = bytes.getLong(ORACLE_TIME_AT);
        long price = bytes.getLong(ORACLE_PRICE_AT);
        if (price <= 0 || seconds <= 0 || seconds > Integer.MAX_VALUE * 1_000L) {
            throw new PayloadRefused(
                    DriftFacts.VENUE,
                    account.path(),
                    price + " at " + seconds,
                    "must hold an oracle price > 0 and its time in seconds since 1970");
        }
        return new DriftPerpMarket(
                Short.toUnsignedInt(bytes.getShort(INDEX_AT)),
                new String(name, StandardCharsets.ISO_8859_1).strip(),
                Short.toUnsignedInt(bytes.getShort(QUOTE_AT)),
                new Amount(BigInteger.valueOf(price), DriftUser.PRICE),
                seconds * 1_000,
                wide(bytes, LONG_FUNDING_AT),
                wide(bytes, SHORT_FUNDING_AT));
    }

    /** Funding since a position paid it last, in the quote: longs pay what their rate has grown by, shorts get what theirs has. */
    Amount unsettledFunding(DriftUser.Perpetual held) {
        BigInteger rate = held.base() > 0 ? longFunding : shortFunding;
        BigInteger grown = rate.subtract(BigInteger.valueOf(held.funding()));
        return new Amount(grown.negate().multiply(BigInteger.valueOf(held.base())), FUNDING + DriftUser.BASE);
    }

    /** A signed number of 16 bytes, the lowest first. */
    static BigInteger wide(ByteBuffer bytes, int at) {
        return BigInteger.valueOf(bytes.getLong(at + 8))
                .shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(bytes.getLong(at))));
    }
}
