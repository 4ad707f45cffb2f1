package io.bulwark.adapter.chainprice;

import io.bulwark.adapter.chainprice.ChainPriceVenue.Configuration.Average;
import io.bulwark.adapter.uniswap.PoolPrice;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The geometric mean of a pool's price over a window, and what it would cost to push it.
 *
 * <p>Source: Uniswap v3 whitepaper, sections 5.2 (the mean of log prices) and 6.2 (liquidity and amounts). Decimal arithmetic of forty digits, the same on every machine.
 */
final class PoolAverage {
    /** Seconds in which nobody can answer an attacker: one block. */
    private static final long BLOCK_SECONDS = 12;

    private static final int SHOWN_DIGITS = 18;
    private static final MathContext DIGITS = new MathContext(40, RoundingMode.HALF_EVEN);
    private static final BigDecimal PUSH = new BigDecimal("1.01");
    private static final BigInteger Q128 = BigInteger.TWO.pow(128);

    private final Average average;
    private final BigDecimal raw;
    private final BigDecimal liquidity;

    /**
     * An average.
     *
     * @param ticks seconds · log price, accumulated over the window
     * @param secondsPerLiquidity seconds · 2^128 / liquidity, accumulated over the window, &gt; 0
     */
    PoolAverage(Average average, long ticks, BigInteger secondsPerLiquidity) {
        this.average = average;
        this.raw = PoolPrice.at(PoolPrice.mean(ticks, average.windowSeconds())).round(DIGITS);
        this.liquidity = new BigDecimal(Q128.multiply(BigInteger.valueOf(average.windowSeconds())))
                .divide(new BigDecimal(secondsPerLiquidity), DIGITS);
    }

    /** USD for one of the subject, to eighteen digits. */
    Amount price() {
        BigDecimal secondForFirst = raw.scaleByPowerOfTen(average.firstDecimals() - average.secondDecimals());
        BigDecimal price = average.dollarFirst() ? BigDecimal.ONE.divide(secondForFirst, DIGITS) : secondForFirst;
        return Amount.of(price.round(new MathContext(SHOWN_DIGITS, RoundingMode.HALF_EVEN)));
    }

    /**
     * What whoever pushes the average by one per cent within one block loses to the pool, USD: for that block the price must stand at f = 1.01^(window / block) times what it
     * was, and pushing it there and being traded back costs L · √P · (√f + 1/√f − 2) of the dollar.
     */
    Amount cost() {
        BigDecimal root = PUSH.pow(Math.toIntExact(average.windowSeconds() / BLOCK_SECONDS), DIGITS)
                .sqrt(DIGITS);
        BigDecimal lost = root.add(BigDecimal.ONE.divide(root, DIGITS)).subtract(BigDecimal.TWO);
        BigDecimal rootPrice = raw.sqrt(DIGITS);
        BigDecimal dollars = average.dollarFirst()
                ? liquidity.divide(rootPrice, DIGITS).scaleByPowerOfTen(-average.firstDecimals())
                : liquidity.multiply(rootPrice, DIGITS).scaleByPowerOfTen(-average.secondDecimals());
        return Amount.of(dollars.multiply(lost, DIGITS).setScale(2, RoundingMode.DOWN));
    }
}
