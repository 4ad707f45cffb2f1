package io.bulwark.insurance.deleveraging;

import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/**
 * dYdX v4's bankruptcy price of a position that is closed in part or whole, as quote quantums:
 * {@code −ΔNNV − ⌊TNC·|ΔMMR|/TMMR⌋}. Rounding towards −∞ inside makes the counterparty, never the fund, pay for it.
 */
public final class DydxBankruptcy {
    private DydxBankruptcy() {}

    /**
     * A position at its oracle price.
     *
     * @param notional signed, quote quantums
     * @param maintenance requirement of the position, quote quantums, ≥ 0
     */
    public record Holding(BigFraction notional, BigFraction maintenance) {}

    /**
     * What the account receives (positive) or pays for closing a part.
     *
     * @param netCollateral TNC of the account, quote quantums
     * @param maintenance TMMR of the account, quote quantums, > 0
     * @param position that is closed
     * @param part share of it that is closed, in (0, 1]
     * @return whole quote quantums; a fraction of one, where prices leave one, is rounded up
     */
    public static BigInteger quoteQuantums(
            BigFraction netCollateral, BigFraction maintenance, Holding position, BigFraction part) {
        if (maintenance.signum() <= 0) {
            throw new IllegalArgumentException("maintenance of the account must be > 0; have " + maintenance);
        }
        if (part.signum() <= 0 || part.compareTo(BigFraction.ONE) > 0) {
            throw new IllegalArgumentException(
                    "deltaQuantums must close a part of the position; have the share " + part);
        }
        BigFraction received = position.notional().multiply(part);
        BigFraction kept =
                netCollateral.multiply(position.maintenance().multiply(part)).divide(maintenance);
        return floor(received.negate()).negate().subtract(floor(kept));
    }

    private static BigInteger floor(BigFraction value) {
        BigInteger[] parts = value.getNumerator().divideAndRemainder(value.getDenominator());
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
