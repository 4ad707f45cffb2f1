package io.bulwark.clearing.money;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The money unit of every computed figure: u = 10⁻⁴ USD, counted in 64-bit integers. */
public final class Usd {
    /** Decimal places of one unit u. */
    public static final int SCALE = 4;

    /** Units u in one USD. */
    public static final long UNITS = 10_000;

    private Usd() {}

    /** Units u as exact decimal USD text with four places: 123456 is {@code "12.3456"}. */
    public static String text(long units) {
        return BigDecimal.valueOf(units, SCALE).toPlainString();
    }

    /** The whole units u in an amount of USD, toward −∞ (a credit is rounded down, a debt further down). */
    public static long floor(Amount usd) {
        return Rounding.exactLong(usd.floorUnits(new Amount(BigInteger.ONE, SCALE)));
    }
}
