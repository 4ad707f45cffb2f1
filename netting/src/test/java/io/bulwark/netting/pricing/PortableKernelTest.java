package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortableKernelTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static final long SEED = 52_017;
    private static final BigDecimal SQRT_TWO_PI =
            new BigDecimal("6.283185307179586476925286766559005768394338798750211641949889").sqrt(DIGITS);

    @Test
    void shouldGiveTheExponentialWithinItsStatedError() {
        Random random = seeded();
        for (int i = 0; i < 2_000; i++) {
            double x = -700 + 1400 * random.nextDouble();
            BigDecimal exact = exp(new BigDecimal(x));
            BigDecimal error =
                    new BigDecimal(Exponential.exp(x)).subtract(exact).divide(exact, DIGITS);
            assertTrue(Math.abs(error.doubleValue()) < 2.3e-16, () -> x + ": " + error);
        }
    }

    @Test
    void shouldAgreeWithTheLibraryExponentialAtTheEdges() {
        assertEquals(1, Exponential.exp(0));
        assertEquals(Math.E, Exponential.exp(1));
        assertEquals(Double.POSITIVE_INFINITY, Exponential.exp(709.8));
        assertEquals(StrictMath.exp(709.78), Exponential.exp(709.78), 1e-15 * Double.MAX_VALUE);
        assertEquals(0, Exponential.exp(-745.2));
        assertEquals(Double.MIN_VALUE, Exponential.exp(-745.1));
        assertEquals(StrictMath.exp(-720), Exponential.exp(-720), 1e-320);
        assertEquals(0, Exponential.exp(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(Exponential.exp(Double.NaN)));
    }

    @Test
    void shouldGiveTheNormalDistributionWithinItsStatedError() {
        Random random = seeded();
        double worst = 0;
        for (int i = 0; i < 600; i++) {
            double x = -9 + 18 * random.nextDouble();
            double error = new BigDecimal(NormalDistribution.cumulative(x))
                    .subtract(cumulative(x))
                    .abs()
                    .doubleValue();
            worst = Math.max(worst, error);
        }
        System.out.println("normal distribution: largest absolute error " + worst);
        assertTrue(worst < 2e-16);
    }

    @Test
    void shouldBeSymmetricMonotoneAndContinuousWhereItsTwoFormulasMeet() {
        assertEquals(0.5, NormalDistribution.cumulative(0), 1e-16);
        double before = 0;
        for (double x = -40; x <= 40; x += 1.0 / 64) {
            double now = NormalDistribution.cumulative(x);
            assertTrue(now >= before, "falls at " + x);
            assertEquals(1, now + NormalDistribution.cumulative(-x), 2e-16);
            before = now;
        }
        assertEquals(0, NormalDistribution.cumulative(Double.NEGATIVE_INFINITY));
        assertEquals(1, NormalDistribution.cumulative(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(NormalDistribution.cumulative(Double.NaN)));
    }

    /** The bits of 4,000 prices folded into one number: any processor, compiler or refactoring must give this one. */
    @Test
    void shouldGiveTheSameBitsOnEveryProcessor() {
        Random random = new Random(1);
        long folded = 0;
        for (int i = 0; i < 4_000; i++) {
            double strike = 20 + 200 * random.nextDouble();
            double deviation = 0.01 + random.nextDouble();
            double price = Black76.price(
                    random.nextBoolean() ? OptionRight.CALL : OptionRight.PUT,
                    100,
                    strike,
                    StrictMath.log(100 / strike),
                    deviation);
            folded = 31 * folded + Double.doubleToRawLongBits(price);
        }
        assertEquals(-7660717335049951966L, folded);
    }

    @Test
    void shouldPriceTheExchangeOfTwoAssetsBothWaysRound() {
        double deviation = Margrabe.deviation(0.6, 0.75, 0.8, 0.25);
        double receive = Margrabe.price(1.1, 0.9, StrictMath.log(1.1 / 0.9), deviation);
        double give = Margrabe.price(0.9, 1.1, StrictMath.log(0.9 / 1.1), deviation);
        assertEquals(1.1 - 0.9, receive - give, 1e-15);
        assertEquals(Math.sqrt((0.36 + 0.5625 - 0.72) * 0.25), deviation, 1e-15);
        assertEquals(0, Margrabe.deviation(0.5, 0.5, 1, 1));
    }

    private static Random seeded() {
        System.out.println("seed " + SEED);
        return new Random(SEED);
    }

    /** The plain twin: a power series in sixty digits. */
    private static BigDecimal cumulative(double x) {
        BigDecimal value = new BigDecimal(x);
        BigDecimal square = value.multiply(value, DIGITS);
        BigDecimal term = value;
        BigDecimal sum = value;
        for (int n = 1; n < 400; n++) {
            term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(2L * n + 1), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        BigDecimal density = exp(square.divide(BigDecimal.valueOf(-2), DIGITS)).divide(SQRT_TWO_PI, DIGITS);
        return new BigDecimal("0.5").add(density.multiply(sum, DIGITS), DIGITS);
    }

    /** e^x as (e^(x/1024))^1024 by series. */
    private static BigDecimal exp(BigDecimal x) {
        BigDecimal small = x.divide(BigDecimal.valueOf(1024), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 60; n++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum.pow(1024, DIGITS);
    }
}
