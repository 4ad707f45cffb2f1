package io.bulwark.netting.revaluation;

import io.bulwark.netting.risktable.IntColumn;
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

    /**
     * Entries of a risk array: rounded values less the rounded mark.
     *
     * @param rounded whole numbers, at least {@code count}
     * @throws ArithmeticException if an entry does not fit 32 bits: the lot is too large
     */
    static IntColumn column(double[] rounded, int count, long mark) {
        int[] entries = new int[count];
        double base = mark;
        // Two loops without a branch, which the compiler turns into vector instructions; a misfit is looked for
        // afterwards.
        for (int row = 0; row < count; row++) {
            entries[row] = (int) (rounded[row] - base);
        }
        double misfit = 0;
        for (int row = 0; row < count; row++) {
            misfit = Math.max(misfit, Math.abs(rounded[row] - base - entries[row]));
        }
        if (misfit != 0) {
            throw new ArithmeticException("risk entry must fit 32 bits; one is off by " + misfit);
        }
        return IntColumn.of(entries);
    }

    /** The nearest integer of an exact value. */
    static long units(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
