package io.bulwark.adapter.fact;

import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.util.Objects;

/**
 * An exact number with its unit and the scale that it is counted at: {@code value = units · 10^−scale}.
 *
 * @param value the value
 * @param unit what one is: {@code BTC}, {@code USD per BTC}, {@code 1} for a plain ratio
 * @param scale decimal places, at least those of the value
 */
public record Figure(Amount value, String unit, int scale) {
    /** A ratio, of nothing. */
    public static final String RATIO = "1";

    /** Checks that the scale holds the value. */
    public Figure {
        Objects.requireNonNull(value, "value");
        if (unit.isBlank()) {
            throw new IllegalArgumentException("unit must be named");
        }
        if (scale < value.scale() || scale > Amount.SCALE_MAX) {
            throw new IllegalArgumentException(
                    "scale must be " + value.scale() + " to " + Amount.SCALE_MAX + "; have " + scale);
        }
    }

    /** A decimal at as many places as it needs. */
    public static Figure of(Amount value, String unit) {
        return new Figure(value, unit, value.scale());
    }

    /** A whole number of 10^−scale, as chains count. */
    public static Figure counted(BigInteger units, int scale, String unit) {
        return new Figure(new Amount(units, scale), unit, scale);
    }

    /** A ratio. */
    public static Figure ratio(Amount value) {
        return of(value, RATIO);
    }

    /** A venue's per cent as a fraction. */
    public static Figure percent(Amount percent) {
        return ratio(percent.times(new Amount(BigInteger.ONE, 2)));
    }

    /** The integer: value · 10^scale. */
    public BigInteger units() {
        return value.unscaled().multiply(BigInteger.TEN.pow(scale - value.scale()));
    }

    /** The opposite. */
    public Figure negate() {
        return new Figure(value.negate(), unit, scale);
    }
}
