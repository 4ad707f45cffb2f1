package io.bulwark.adapter.uniswap;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Prices by tick: raw units of a pool's second token for one raw unit of its first, 1.0001^tick. Decimal arithmetic of sixty digits, the same on every machine. */
public final class PoolPrice {
    /** Digits of every step. */
    public static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    private static final BigDecimal STEP = new BigDecimal("1.0001");

    private PoolPrice() {}

    /** The price at a tick. */
    public static BigDecimal at(int tick) {
        return STEP.pow(tick, DIGITS);
    }

    /**
     * The mean tick of a window, toward −∞ as the protocol's own library rounds it.
     *
     * @param cumulated seconds · tick, accumulated over the window
     */
    public static int mean(long cumulated, long windowSeconds) {
        return Math.toIntExact(Math.floorDiv(cumulated, windowSeconds));
    }
}
