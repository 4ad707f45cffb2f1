package io.bulwark.netting.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The one door through which a model's number becomes an integer of the house: half to even. */
final class Quantiser {
    private static final double LIMIT = 0x1p62;

    private Quantiser() {}

    /** The nearest integer; a number that is not finite or beyond ±2⁶² is an error. */
    static long units(double value) {
        if (!(Math.abs(value) < LIMIT)) {
            throw new ArithmeticException("model value must be finite and below 2^62; have " + value);
        }
        return (long) Math.rint(value);
    }

    /** The nearest integer of an exact value. */
    static long units(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
