package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.pricing.RainbowOption.Choice;
import io.bulwark.netting.pricing.RainbowOption.Leg;
import org.junit.jupiter.api.Test;

class TwoAssetOptionTest {
    private static final Leg FIRST = new Leg(100, 0.06, 0.3);
    private static final Leg SECOND = new Leg(105, 0.01, 0.5);
    private static final double PARITY_TOLERANCE = 1e-12;

    @Test
    void shouldPriceTheBasketTable() {
        for (String line : SharedReference.read("vectors/two_asset_basket.csv")
                .lines()
                .skip(3)
                .toList()) {
            String[] row = line.split(",", -1);
            assertEquals(number(row[12]), price(row), number(row[13]), line);
        }
    }

    @Test
    void shouldShareTwoCallsBetweenTheSmallerAndTheLarger() {
        for (double rho : new double[] {-1, -0.7, 0, 0.4, 0.95, 1}) {
            for (double strike : new double[] {60, 100, 104, 150}) {
                double smaller =
                        rainbow(Choice.MINIMUM, OptionRight.CALL, strike, rho).price();
                double larger =
                        rainbow(Choice.MAXIMUM, OptionRight.CALL, strike, rho).price();
                assertEquals(
                        single(FIRST, strike) + single(SECOND, strike),
                        smaller + larger,
                        100 * PARITY_TOLERANCE,
                        () -> "correlation " + rho);
            }
        }
    }

    @Test
    void shouldBeOneAssetWhenBothAreTheSame() {
        RainbowOption twin = new RainbowOption(Choice.MINIMUM, OptionRight.PUT, 110, FIRST, FIRST, 0.05, 0.8, 1);
        double put = new BlackScholesMerton(OptionRight.PUT, 100, 110, 0.06, 0.05, 0.8, 0.3).price();
        assertEquals(put, twin.price(), 100 * PARITY_TOLERANCE);
    }

    @Test
    void shouldIgnoreAnAssetThatIsFarAway() {
        Leg far = new Leg(1e9, 0, 0.4);
        RainbowOption minimum = new RainbowOption(Choice.MINIMUM, OptionRight.CALL, 95, FIRST, far, 0.05, 0.8, 0.2);
        assertEquals(single(FIRST, 95), minimum.price(), 100 * PARITY_TOLERANCE);
    }

    @Test
    void shouldBeTheIntrinsicValueAtExpiry() {
        assertEquals(
                5, new RainbowOption(Choice.MAXIMUM, OptionRight.CALL, 100, FIRST, SECOND, 0.05, 0, 0.3).price(), 0);
        assertEquals(
                0, new RainbowOption(Choice.MINIMUM, OptionRight.CALL, 100, FIRST, SECOND, 0.05, 0, 0.3).price(), 0);
        assertEquals(
                10,
                new RainbowOption(Choice.MINIMUM, OptionRight.PUT, 110, FIRST, SECOND, 0.05, 0, 0.3).price(),
                1e-13);
    }

    @Test
    void shouldBeMargrabesExchangeWithoutAStrike() {
        double deviation = Margrabe.deviation(0.3, 0.5, 0.4, 0.8);
        double exchange = Margrabe.price(100, 105, StrictMath.log(100.0 / 105), deviation);
        assertEquals(exchange, spread(OptionRight.CALL, 0, 0.4, 0).price(), PARITY_TOLERANCE);
    }

    @Test
    void shouldKeepParityOfSpreads() {
        double call = spread(OptionRight.CALL, 3, 0.4, 0.1).price();
        double put = spread(OptionRight.PUT, 3, 0.4, 0.1).price();
        assertEquals(StrictMath.exp(-0.08) * (100 - 105 - 3), call - put, 100 * PARITY_TOLERANCE);
    }

    /** What Kirk's approximation costs: against the exact double integral (one condition, one closed form) by midpoints. */
    @Test
    void shouldStayWithinTwoThousandthsOfTheExactSpread() {
        for (double rho : new double[] {-0.5, 0.5}) {
            double root = Math.sqrt(1 - rho * rho);
            double sum = 0;
            for (int i = 0; i < 4_000; i++) {
                double z = -8 + (i + 0.5) * 0.004;
                double second = 105 * StrictMath.exp(0.5 * Math.sqrt(0.8) * z - 0.1);
                double first = 100 * StrictMath.exp(0.3 * Math.sqrt(0.8) * rho * z - 0.036 * rho * rho);
                double deviation = 0.3 * Math.sqrt(0.8) * root;
                double log = StrictMath.log(first / (second + 3));
                sum += 0.004
                        * NormalDistribution.density(z)
                        * Black76.price(OptionRight.CALL, first, second + 3, log, deviation);
            }
            double kirk = spread(OptionRight.CALL, 3, rho, 0).price();
            assertEquals(sum, kirk, 2e-3 * sum, "correlation " + rho);
        }
    }

    @Test
    void shouldRefuseWhatHasNoPrice() {
        assertThrows(IllegalArgumentException.class, () -> spread(OptionRight.CALL, -105, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> spread(OptionRight.CALL, 3, 1.5, 0));
        assertThrows(IllegalArgumentException.class, () -> new Leg(0, 0, 0.3));
    }

    private static double price(String[] row) {
        OptionRight right = row[1].equals("Call") ? OptionRight.CALL : OptionRight.PUT;
        if (row[0].equals("Spread")) {
            return new SpreadOption(
                            right,
                            number(row[2]),
                            number(row[3]),
                            number(row[4]),
                            number(row[9]),
                            number(row[10]),
                            number(row[7]),
                            number(row[8]),
                            number(row[11]))
                    .price();
        }
        return new RainbowOption(
                        row[0].equals("Min") ? Choice.MINIMUM : Choice.MAXIMUM,
                        right,
                        number(row[2]),
                        new Leg(number(row[3]), number(row[5]), number(row[9])),
                        new Leg(number(row[4]), number(row[6]), number(row[10])),
                        number(row[7]),
                        number(row[8]),
                        number(row[11]))
                .price();
    }

    private static RainbowOption rainbow(Choice choice, OptionRight right, double strike, double rho) {
        return new RainbowOption(choice, right, strike, FIRST, SECOND, 0.05, 0.8, rho);
    }

    private static SpreadOption spread(OptionRight right, double strike, double rho, double rate) {
        return new SpreadOption(right, strike, 100, 105, 0.3, 0.5, rate, 0.8, rho);
    }

    private static double single(Leg leg, double strike) {
        return new BlackScholesMerton(
                        OptionRight.CALL, leg.spot(), strike, leg.dividendYield(), 0.05, 0.8, leg.volatility())
                .price();
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
