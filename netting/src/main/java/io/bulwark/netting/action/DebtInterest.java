package io.bulwark.netting.action;

import java.math.BigInteger;

/**
 * Interest on a debt, in money and never in lots: a debt keeps its lots and the cumulative index of its last booking.
 * Source: margin method, action table, row "interest".
 */
final class DebtInterest {
    private DebtInterest() {}

    /**
     * What has accrued: ⌈m·P·(I − I₀)/I₀⌉.
     *
     * @param lots m owed, at least 0
     * @param price P of one lot, u
     * @param index I, the cumulative index now; any scale
     * @param booked I₀, the index of the last booking in the same scale, above 0 and at most I
     * @return u, at least 0
     * @throws ArithmeticException if it leaves 64 bits
     */
    public static long accrued(long lots, long price, BigInteger index, BigInteger booked) {
        if (lots < 0 || price < 0 || booked.signum() <= 0 || index.compareTo(booked) < 0) {
            throw new IllegalArgumentException("lots and price must be >= 0 and the index must not fall; have " + lots
                    + ", " + price + ", " + index + " after " + booked);
        }
        BigInteger product =
                BigInteger.valueOf(lots).multiply(BigInteger.valueOf(price)).multiply(index.subtract(booked));
        BigInteger[] quotient = product.divideAndRemainder(booked);
        return quotient[0].add(BigInteger.valueOf(quotient[1].signum())).longValueExact();
    }
}
