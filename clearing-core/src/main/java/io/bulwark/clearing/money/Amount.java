package io.bulwark.clearing.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * An exact quantity of something at a named decimal scale: {@code unscaled · 10^−scale}. Two amounts are equal when their
 * values are, whatever scale they came in: trailing zeros are dropped on creation.
 *
 * @param unscaled the integer, any sign
 * @param scale decimal places, 0 to {@value #SCALE_MAX}
 */
public record Amount(BigInteger unscaled, int scale) implements Comparable<Amount> {
    /** No venue counts finer than ray, 27 places; products of two such stay exact. */
    public static final int SCALE_MAX = 64;

    /** Nothing. */
    public static final Amount ZERO = new Amount(BigInteger.ZERO, 0);

    /** Drops trailing zeros, so that a value has one form. */
    public Amount {
        Objects.requireNonNull(unscaled, "unscaled");
        if (scale < 0 || scale > SCALE_MAX) {
            throw new IllegalArgumentException("scale must be 0 to " + SCALE_MAX + "; have " + scale);
        }
        BigDecimal plain = new BigDecimal(unscaled, scale).stripTrailingZeros();
        if (plain.scale() < 0) {
            plain = plain.setScale(0);
        }
        unscaled = plain.unscaledValue();
        scale = plain.scale();
    }

    /** Of decimal text, plain or scientific: {@code "12.50"}, {@code "2.288e-5"}. */
    public static Amount of(String decimal) {
        return of(new BigDecimal(decimal));
    }

    /** Of an exact decimal. */
    public static Amount of(BigDecimal decimal) {
        return decimal.scale() < 0
                ? new Amount(decimal.setScale(0).unscaledValue(), 0)
                : new Amount(decimal.unscaledValue(), decimal.scale());
    }

    /** Of a whole number. */
    public static Amount of(long whole) {
        return new Amount(BigInteger.valueOf(whole), 0);
    }

    /** The same value as a decimal. */
    public BigDecimal toDecimal() {
        return new BigDecimal(unscaled, scale);
    }

    /** −1, 0 or 1. */
    public int signum() {
        return unscaled.signum();
    }

    /** The opposite amount. */
    public Amount negate() {
        return new Amount(unscaled.negate(), scale);
    }

    /** The amount without its sign. */
    public Amount abs() {
        return signum() < 0 ? negate() : this;
    }

    /** The exact sum. */
    public Amount plus(Amount other) {
        return of(toDecimal().add(other.toDecimal()));
    }

    /** The exact difference. */
    public Amount minus(Amount other) {
        return plus(other.negate());
    }

    /** The exact product. */
    public Amount times(Amount other) {
        return of(toDecimal().multiply(other.toDecimal()));
    }

    /** ⌊this / unit⌋ for unit &gt; 0: how many whole units are in it, toward −∞. */
    public BigInteger floorUnits(Amount unit) {
        return Rounding.fdiv(alignedTo(unit), unit.alignedTo(this));
    }

    /** ⌈this / unit⌉ for unit &gt; 0: toward +∞. */
    public BigInteger ceilingUnits(Amount unit) {
        return Rounding.cdiv(alignedTo(unit), unit.alignedTo(this));
    }

    private BigInteger alignedTo(Amount other) {
        int common = Math.max(scale, other.scale);
        return unscaled.multiply(BigInteger.TEN.pow(common - scale));
    }

    @Override
    public int compareTo(Amount other) {
        return toDecimal().compareTo(other.toDecimal());
    }

    /** Canonical decimal text: no exponent, no trailing zeros, never "-0". */
    @Override
    public String toString() {
        return toDecimal().toPlainString();
    }
}
