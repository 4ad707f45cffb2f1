package io.bulwark.adapter.uniswap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.Heavy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

@Heavy
class LiquidityChordTest {
    private static final MathContext MORE = new MathContext(120);
    private static final BigDecimal STEP = new BigDecimal("1.0001");
    private static final int TICK_MAX = 887_272;

    /** Against the contract's own split into coins, computed with twice the digits: below at both ends and anywhere between, by next to nothing at the ends. */
    @Test
    void shouldNeverOverstateAPositionWithinItsRange() {
        Random random = new Random(31_007);
        for (int draw = 0; draw < 2_000; draw++) {
            BigInteger liquidity = new BigInteger(1 + random.nextInt(127), random);
            int mean = random.nextInt(-400_000, 400_000);
            int lower = mean + random.nextInt(-6_000, 6_000);
            int upper = lower + 1 + random.nextInt(9_000);
            if (random.nextInt(20) == 0) {
                lower = -TICK_MAX;
                upper = TICK_MAX;
            }
            BigDecimal least = price(mean).multiply(BigDecimal.valueOf(random.nextInt(5, 99), 2), PoolPrice.DIGITS);
            BigDecimal most = price(mean).multiply(BigDecimal.valueOf(random.nextInt(101, 500), 2), PoolPrice.DIGITS);
            LiquidityChord chord = LiquidityChord.of(liquidity, lower, upper, least, most);
            assertTrue(chord.first().signum() >= 0 && chord.second().signum() >= 0, chord.toString());
            for (int part = 0; part <= 8; part++) {
                BigDecimal at = least.add(
                        most.subtract(least).multiply(BigDecimal.valueOf(part)).divide(BigDecimal.valueOf(8), MORE));
                BigDecimal worth = worth(liquidity, lower, upper, at);
                BigDecimal credited = new BigDecimal(chord.first()).multiply(at).add(new BigDecimal(chord.second()));
                assertTrue(credited.compareTo(worth) <= 0, () -> draw(chord, at, credited, worth));
                if (part % 8 == 0) {
                    // Cutting x and y to units and V by one loses so much at most; a line through 0 loses its unit at p
                    // as often again as q is above p.
                    BigDecimal lost = most.add(most.divide(least, MORE))
                            .multiply(BigDecimal.TWO)
                            .add(BigDecimal.valueOf(4));
                    assertTrue(worth.subtract(credited).compareTo(lost) <= 0, () -> draw(chord, at, credited, worth));
                }
            }
        }
    }

    @Test
    void shouldBeTheFirstCoinBelowItsPricesAndTheSecondAbove() {
        BigInteger liquidity = BigInteger.TEN.pow(24);
        LiquidityChord below = LiquidityChord.of(liquidity, 5_000, 6_000, price(0), price(4_000));
        assertTrue(below.second().compareTo(BigInteger.TWO) <= 0, below.toString());
        assertTrue(below.first().bitLength() > 60, below.toString());
        LiquidityChord above = LiquidityChord.of(liquidity, 5_000, 6_000, price(7_000), price(9_000));
        assertEquals(BigInteger.ZERO, above.first());
        assertTrue(above.second().bitLength() > 60, above.toString());
        assertEquals(
                new LiquidityChord(BigInteger.ZERO, BigInteger.ZERO),
                LiquidityChord.of(BigInteger.ZERO, 5_000, 6_000, price(0), price(9_000)));
    }

    @Test
    void shouldRefuseARangeThatDoesNotRise() {
        assertThrows(
                IllegalArgumentException.class,
                () -> LiquidityChord.of(BigInteger.ONE, 0, 10, BigDecimal.ONE, BigDecimal.ONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> LiquidityChord.of(BigInteger.ONE, 0, 10, BigDecimal.ZERO, BigDecimal.ONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> LiquidityChord.of(BigInteger.ONE, 10, 10, BigDecimal.ONE, BigDecimal.TEN));
    }

    private static BigDecimal price(int tick) {
        return STEP.pow(tick, MORE);
    }

    /** Both coins that a withdrawal at a price gives, the first one's valued at it. */
    private static BigDecimal worth(BigInteger liquidity, int lower, int upper, BigDecimal price) {
        BigDecimal root = price.sqrt(MORE);
        BigDecimal a = price(lower).sqrt(MORE);
        BigDecimal b = price(upper).sqrt(MORE);
        BigDecimal all = new BigDecimal(liquidity);
        if (root.compareTo(a) <= 0) {
            return all.multiply(b.subtract(a)).divide(a.multiply(b), MORE).multiply(price, MORE);
        }
        if (root.compareTo(b) >= 0) {
            return all.multiply(b.subtract(a), MORE);
        }
        BigDecimal first = all.multiply(b.subtract(root)).divide(root.multiply(b), MORE);
        return first.multiply(price).add(all.multiply(root.subtract(a)), MORE);
    }

    private static String draw(LiquidityChord chord, BigDecimal at, BigDecimal credited, BigDecimal worth) {
        return chord + " at " + at + " is " + credited + " of " + worth;
    }
}
