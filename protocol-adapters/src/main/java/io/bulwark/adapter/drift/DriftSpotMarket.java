package io.bulwark.adapter.drift;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * What the bytes of a {@code SpotMarket} account say of its interest.
 *
 * @param index the market's
 * @param decimals places of the token
 * @param depositInterest by which scaled deposits are multiplied, 10⁻¹⁰
 * @param borrowInterest by which scaled borrows are multiplied, 10⁻¹⁰
 */
record DriftSpotMarket(int index, int decimals, BigInteger depositInterest, BigInteger borrowInterest) {
    /** The account's length. */
    static final int LENGTH = 776;

    private static final long DISCRIMINATOR = 0x64b1086ba8414127L;
    private static final int DEPOSIT_INTEREST_AT = 464;
    private static final int BORROW_INTEREST_AT = 480;
    private static final int DECIMALS_AT = 680;
    private static final int INDEX_AT = 684;

    /** Places of a scaled balance and of cumulative interest together. */
    private static final int SCALE = 19;

    static DriftSpotMarket of(DriftNode.Account account) {
        ByteBuffer bytes = account.bytes(LENGTH, DISCRIMINATOR, "a SpotMarket account");
        DriftSpotMarket market = new DriftSpotMarket(
                Short.toUnsignedInt(bytes.getShort(INDEX_AT)),
                bytes.getInt(DECIMALS_AT),
                DriftPerpMarket.wide(bytes, DEPOSIT_INTEREST_AT),
                DriftPerpMarket.wide(bytes, BORROW_INTEREST_AT));
        boolean sound = market.decimals() >= 0
                && market.decimals() <= SCALE
                && market.depositInterest().signum() > 0
                && market.borrowInterest().signum() > 0;
        if (!sound) {
            throw new PayloadRefused(
                    DriftFacts.VENUE,
                    account.path(),
                    market.toString(),
                    "must have decimals of 0 to 19 and interest > 0");
        }
        return market;
    }

    /** The balance in the token: what is held rounded down to its unit, what is owed up, as the venue does; owed below zero. */
    Amount balance(DriftUser.Spot spot) {
        BigInteger product = spot.scaled().multiply(spot.borrow() ? borrowInterest : depositInterest);
        BigInteger[] units = product.divideAndRemainder(BigInteger.TEN.pow(SCALE - decimals));
        BigInteger rounded = spot.borrow() && units[1].signum() > 0 ? units[0].add(BigInteger.ONE) : units[0];
        Amount amount = new Amount(rounded, decimals);
        return spot.borrow() ? amount.negate() : amount;
    }
}
