package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlackScholesMertonTest {
    private static final long SEED = 7_301;

    /** Relative to the scale of the Greek: a central difference with step 1e-5 of doubles gives about 1e-7. */
    private static final double DIFFERENCE_TOLERANCE = 2e-6;

    @Test
    void shouldSatisfyPutCallParity() {
        options().forEach(call -> {
            BlackScholesMerton put = with(call, OptionRight.PUT);
            double forwardValue = call.spot() * StrictMath.exp(-call.dividendYield() * call.years())
                    - call.strike() * StrictMath.exp(-call.rate() * call.years());
            assertEquals(forwardValue, call.price() - put.price(), 1e-12 * call.spot(), call::toString);
            assertEquals(StrictMath.exp(-call.dividendYield() * call.years()), call.delta() - put.delta(), 1e-13);
            assertEquals(call.gamma(), put.gamma(), 0, call::toString);
            assertEquals(call.vega(), put.vega(), 0, call::toString);
        });
    }

    @Test
    void shouldAgreeWithFiniteDifferencesInTheFirstOrder() {
        both().forEach(o -> {
            differs(
                    o,
                    "delta",
                    o.delta(),
                    1,
                    slope(s -> at(o, s, o.volatility()).price(), o.spot()));
            differs(o, "vega", o.vega(), o.spot(), slope(v -> at(o, o.spot(), v).price(), o.volatility()));
            differs(o, "theta", o.theta(), o.spot(), -slope(t -> after(o, t).price(), o.years()));
            differs(
                    o,
                    "rho",
                    o.rho(),
                    o.spot(),
                    slope(r -> rates(o, o.dividendYield(), r).price(), o.rate()));
            differs(
                    o,
                    "yield",
                    o.dividendRho(),
                    o.spot(),
                    slope(q -> rates(o, q, o.rate()).price(), o.dividendYield()));
            differs(o, "dual", o.dualDelta(), 1, slope(k -> struck(o, k).price(), o.strike()));
            assertEquals(-o.dividendRho(), o.carryRho(), 0);
        });
    }

    @Test
    void shouldAgreeWithFiniteDifferencesInTheSecondOrder() {
        both().forEach(o -> {
            differs(
                    o,
                    "gamma",
                    o.gamma(),
                    1 / o.spot(),
                    slope(s -> at(o, s, o.volatility()).delta(), o.spot()));
            differs(o, "vanna", o.vanna(), 1, slope(v -> at(o, o.spot(), v).delta(), o.volatility()));
            differs(
                    o,
                    "volga",
                    o.volga(),
                    o.spot(),
                    slope(v -> at(o, o.spot(), v).vega(), o.volatility()));
            differs(o, "charm", o.charm(), 1, -slope(t -> after(o, t).delta(), o.years()));
            differs(o, "veta", o.veta(), o.spot(), -slope(t -> after(o, t).vega(), o.years()));
            differs(o, "vera", o.vera(), o.spot(), slope(v -> at(o, o.spot(), v).rho(), o.volatility()));
            differs(
                    o,
                    "dualGamma",
                    o.dualGamma(),
                    1 / o.strike(),
                    slope(k -> struck(o, k).dualDelta(), o.strike()));
        });
    }

    @Test
    void shouldSolveTheDifferentialEquationOfBlackAndScholes() {
        both().forEach(o -> {
            double left = o.theta()
                    + 0.5 * o.volatility() * o.volatility() * o.spot() * o.spot() * o.gamma()
                    + (o.rate() - o.dividendYield()) * o.spot() * o.delta();
            assertEquals(o.rate() * o.price(), left, 1e-11 * o.spot(), o::toString);
        });
    }

    @Test
    void shouldEqualBlack76WhenTheYieldIsTheRate() {
        both().forEach(o -> {
            BlackScholesMerton futures = rates(o, o.rate(), o.rate());
            double discount = StrictMath.exp(-o.rate() * o.years());
            double black = Black76.price(
                    o.right(),
                    o.spot(),
                    o.strike(),
                    StrictMath.log(o.spot() / o.strike()),
                    o.volatility() * Math.sqrt(o.years()));
            assertEquals(discount * black, futures.price(), 1e-12 * o.spot(), o::toString);
        });
    }

    @Test
    void shouldReachTheIntrinsicValueWhenNoDeviationIsLeft() {
        assertEquals(20, option(OptionRight.CALL, 120, 0, 0.3).price());
        assertEquals(0, option(OptionRight.CALL, 80, 0, 0.3).price());
        assertEquals(20, option(OptionRight.PUT, 80, 0, 0.3).price());
        assertEquals(0, option(OptionRight.CALL, 100, 0, 0.3).price());
        assertEquals(1, option(OptionRight.CALL, 120, 0, 0.3).delta());
        assertEquals(0, option(OptionRight.CALL, 80, 0, 0.3).gamma());
        assertEquals(0, option(OptionRight.CALL, 80, 1, 0).vanna());
        assertEquals(0, option(OptionRight.PUT, 120, 1e-300, 1e-3).vega());
        assertEquals(0, option(OptionRight.PUT, 120, 0, 0.3).charm(), Double.MIN_VALUE);
        assertEquals(0, option(OptionRight.PUT, 120, 0, 0.3).veta(), Double.MIN_VALUE);
    }

    @Test
    void shouldStayInsideItsBoundsForExtremeInputs() {
        for (double vol : new double[] {1e-12, 0.01, 1, 50, 1e6}) {
            for (double spot : new double[] {1e-9, 1, 100, 1e12}) {
                double call = option(OptionRight.CALL, spot, 2, vol).price();
                assertTrue(call >= 0 && call <= spot, () -> spot + " " + vol + " " + call);
                double put = option(OptionRight.PUT, spot, 2, vol).price();
                assertTrue(put >= 0 && put <= 100, () -> spot + " " + vol + " " + put);
            }
        }
    }

    @Test
    void shouldRefuseAGreekExactlyAtTheKink() {
        BlackScholesMerton kink = option(OptionRight.CALL, 100, 0, 0.3);
        ArithmeticException refusal = assertThrows(ArithmeticException.class, kink::gamma);
        assertEquals("gamma has no value at the money when no deviation is left", refusal.getMessage());
        assertThrows(ArithmeticException.class, kink::delta);
        assertThrows(ArithmeticException.class, option(OptionRight.CALL, 80, 0, 0.3)::elasticity);
    }

    @Test
    void shouldNameTheFieldThatIsOutOfRange() {
        assertRefused("spot must be > 0; have 0.0", 0, 1, 0.2);
        assertRefused("years must be >= 0; have -1.0", 100, -1, 0.2);
        assertRefused("volatility must be a finite number; have NaN", 100, 1, Double.NaN);
    }

    private static void assertRefused(String message, double spot, double years, double volatility) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> option(OptionRight.CALL, spot, years, volatility));
        assertEquals(message, refusal.getMessage());
    }

    private static void differs(BlackScholesMerton o, String name, double greek, double scale, double difference) {
        assertEquals(difference, greek, DIFFERENCE_TOLERANCE * Math.max(scale, Math.abs(greek)), () -> name + " " + o);
    }

    private static double slope(DoubleUnaryOperator f, double at) {
        double step = 1e-5 * Math.max(1e-2, Math.abs(at));
        return (f.applyAsDouble(at + step) - f.applyAsDouble(at - step)) / (2 * step);
    }

    private static Stream<BlackScholesMerton> both() {
        return options().flatMap(o -> Stream.of(o, with(o, OptionRight.PUT)));
    }

    private static Stream<BlackScholesMerton> options() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        ToDoubleFunction<double[]> between = ends -> ends[0] + (ends[1] - ends[0]) * random.nextDouble();
        return Stream.generate(() -> new BlackScholesMerton(
                        OptionRight.CALL,
                        between.applyAsDouble(new double[] {50, 200}),
                        between.applyAsDouble(new double[] {50, 200}),
                        between.applyAsDouble(new double[] {-0.05, 0.1}),
                        between.applyAsDouble(new double[] {-0.05, 0.15}),
                        between.applyAsDouble(new double[] {0.1, 3}),
                        between.applyAsDouble(new double[] {0.1, 1.5})))
                .limit(300);
    }

    private static BlackScholesMerton option(OptionRight right, double spot, double years, double volatility) {
        return new BlackScholesMerton(right, spot, 100, 0, 0, years, volatility);
    }

    private static BlackScholesMerton with(BlackScholesMerton o, OptionRight right) {
        return new BlackScholesMerton(
                right, o.spot(), o.strike(), o.dividendYield(), o.rate(), o.years(), o.volatility());
    }

    private static BlackScholesMerton at(BlackScholesMerton o, double spot, double volatility) {
        return new BlackScholesMerton(o.right(), spot, o.strike(), o.dividendYield(), o.rate(), o.years(), volatility);
    }

    private static BlackScholesMerton after(BlackScholesMerton o, double years) {
        return new BlackScholesMerton(
                o.right(), o.spot(), o.strike(), o.dividendYield(), o.rate(), years, o.volatility());
    }

    private static BlackScholesMerton rates(BlackScholesMerton o, double dividendYield, double rate) {
        return new BlackScholesMerton(o.right(), o.spot(), o.strike(), dividendYield, rate, o.years(), o.volatility());
    }

    private static BlackScholesMerton struck(BlackScholesMerton o, double strike) {
        return new BlackScholesMerton(
                o.right(), o.spot(), strike, o.dividendYield(), o.rate(), o.years(), o.volatility());
    }
}
