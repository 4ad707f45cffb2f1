package io.bulwark.adapter.uniswap;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.evm.EvmCall;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Prices by tick: raw units of a pool's second token for one raw unit of its first, 1.0001^tick. Decimal arithmetic of sixty digits, the same on every machine. */
public final class PoolPrice {
    /** Digits of every step. */
    public static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    private static final BigDecimal STEP = new BigDecimal("1.0001");
    private static final Function OBSERVE = Function.parse("observe(uint32[])", "(int56[],uint160[])");

    private PoolPrice() {}

    /** The price at a tick. */
    public static BigDecimal at(int tick) {
        return STEP.pow(tick, DIGITS);
    }

    /**
     * Asks a pool what it has accumulated, a window ago and now: seconds · tick, and seconds · 2^128 / liquidity.
     *
     * @param pool lower-case 0x address
     */
    public static EvmCall observations(String pool, long windowSeconds) {
        return EvmCall.ofValues(pool, OBSERVE, (Object) new long[] {windowSeconds, 0});
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
