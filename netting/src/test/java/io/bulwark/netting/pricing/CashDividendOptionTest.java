package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.Exercise;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.BinomialTree.CashDividend;
import java.util.List;
import org.junit.jupiter.api.Test;

class CashDividendOptionTest {
    private static final List<CashDividend> DIVIDENDS = List.of(new CashDividend(0.2, 2), new CashDividend(0.7, 2.5));

    /** What a tree of 512 steps leaves of an option on 100. */
    private static final double TREE_TOLERANCE = 5e-3;

    /** Slopes of a tree's price, relative to the scale of the Greek. */
    private static final double GREEK_TOLERANCE = 5e-3;

    @Test
    void shouldBeBlackAndScholesOnTheEscrowedPriceWhereEuropean() {
        double escrow = 2 * StrictMath.exp(-0.05 * 0.2) + 2.5 * StrictMath.exp(-0.05 * 0.7);
        for (OptionRight right : OptionRight.values()) {
            BlackScholesMerton onEscrowed = terms(right).withSpot(100 - escrow);
            CashDividendOption option = option(right, Exercise.EUROPEAN);
            assertEquals(onEscrowed.price(), option.price(), 0);
            assertEquals(onEscrowed.delta(), option.delta(), 3e-4);
            assertEquals(onEscrowed.gamma(), option.gamma(), 3e-5);
            assertEquals(onEscrowed.vega(), option.vega(), 1e-2);
        }
    }

    @Test
    void shouldKeepParityOfEuropeanOptions() {
        double call = option(OptionRight.CALL, Exercise.EUROPEAN).price();
        double put = option(OptionRight.PUT, Exercise.EUROPEAN).price();
        double paid = 2 * StrictMath.exp(-0.05 * 0.2) + 2.5 * StrictMath.exp(-0.05 * 0.7);
        assertEquals(100 - paid - 100 * StrictMath.exp(-0.05), call - put, 1e-12);
    }

    @Test
    void shouldBeTheAmericanOptionWithoutDividends() {
        CashDividendOption tree = new CashDividendOption(terms(OptionRight.PUT), Exercise.AMERICAN, List.of());
        AmericanOption exact = new AmericanOption(OptionRight.PUT, 100, 100, 0, 0.05, 1, 0.35);
        assertEquals(exact.price(), tree.price(), TREE_TOLERANCE);
        assertEquals(exact.delta(), tree.delta(), GREEK_TOLERANCE);
        assertEquals(exact.gamma(), tree.gamma(), 0.01 * exact.gamma());
        assertEquals(exact.vega(), tree.vega(), 100 * GREEK_TOLERANCE);
        assertEquals(exact.theta(), tree.theta(), 100 * GREEK_TOLERANCE);
        assertEquals(exact.rho(), tree.rho(), 100 * GREEK_TOLERANCE);
        assertEquals(exact.dividendRho(), tree.dividendRho(), 100 * GREEK_TOLERANCE);
        assertEquals(exact.vanna(), tree.vanna(), 10 * GREEK_TOLERANCE);
        assertEquals(exact.volga(), tree.volga(), 400 * GREEK_TOLERANCE);
        assertEquals(exact.charm(), tree.charm(), 10 * GREEK_TOLERANCE);
        assertEquals(exact.veta(), tree.veta(), 400 * GREEK_TOLERANCE);
        assertEquals(exact.vera(), tree.vera(), 400 * GREEK_TOLERANCE);
    }

    @Test
    void shouldExerciseACallBeforeALargeDividendOnly() {
        List<CashDividend> large = List.of(new CashDividend(0.9, 15));
        double european = new CashDividendOption(terms(OptionRight.CALL), Exercise.EUROPEAN, large).price();
        double american = new CashDividendOption(terms(OptionRight.CALL), Exercise.AMERICAN, large).price();
        assertTrue(american > european + 3, american + " and " + european);
        List<CashDividend> small = List.of(new CashDividend(0.4, 0.5));
        double never = new CashDividendOption(terms(OptionRight.CALL), Exercise.EUROPEAN, small).price();
        assertEquals(
                never,
                new CashDividendOption(terms(OptionRight.CALL), Exercise.AMERICAN, small).price(),
                TREE_TOLERANCE);
    }

    @Test
    void shouldLetTimePassForTheDividendsToo() {
        CashDividendOption now = option(OptionRight.CALL, Exercise.EUROPEAN);
        CashDividendOption later = now.moved(0, 0, -0.1, 0);
        assertEquals(0.1, later.dividends().getFirst().years(), 1e-15);
        assertEquals(1, now.moved(0, 0, -0.3, 0).dividends().size());
        double step = 1e-4;
        double waited = (now.moved(0, 0, -step, 0).price() - now.price()) / step;
        assertEquals(waited, now.theta(), 1e-2);
    }

    @Test
    void shouldRefuseDividendsThatEatThePrice() {
        List<CashDividend> whole = List.of(new CashDividend(0.5, 103));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CashDividendOption(terms(OptionRight.CALL), Exercise.EUROPEAN, whole));
    }

    private static CashDividendOption option(OptionRight right, Exercise exercise) {
        return new CashDividendOption(terms(right), exercise, DIVIDENDS);
    }

    private static BlackScholesMerton terms(OptionRight right) {
        return new BlackScholesMerton(right, 100, 100, 0, 0.05, 1, 0.35);
    }
}
