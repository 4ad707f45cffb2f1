package io.bulwark.clearing.document;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Decimals as text, one text per number: {@code -?(0|[1-9]\d*)(\.\d*[1-9])?}, never "-0", no exponent, no trailing zero. */
final class CanonicalDecimal {
    /** Longest text accepted: more digits than any venue writes, few enough to read safely. */
    public static final int LENGTH_MAX = 1_000;

    private static final Pattern FORM = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d*[1-9])?");

    private CanonicalDecimal() {}

    /**
     * The one text of a number: 1.50 and 1.5 both give "1.5".
     *
     * @throws CanonicalException if the text would be longer than {@link #LENGTH_MAX}
     */
    public static String format(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        // The plain text of 1e1000000000 would not fit into memory: the length is judged before it is written.
        if (value.signum() != 0 && Math.abs((long) stripped.scale()) + stripped.precision() > LENGTH_MAX) {
            throw new CanonicalException("decimal", value.toString(), "must have at most " + LENGTH_MAX + " digits");
        }
        return value.signum() == 0 ? "0" : stripped.toPlainString();
    }

    /**
     * Reads a decimal.
     *
     * @throws CanonicalException if the text is not the one text of a number
     */
    public static BigDecimal parse(String text) {
        if (text.length() > LENGTH_MAX + 2 || !FORM.matcher(text).matches() || text.equals("-0")) {
            throw new CanonicalException(
                    "decimal",
                    "\"" + shorten(text) + "\"",
                    "must be written as -?(0|[1-9]\\d*)(\\.\\d*[1-9])?, never \"-0\"");
        }
        return new BigDecimal(text);
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
