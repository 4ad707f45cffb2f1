package io.bulwark.netting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation.Kind;
import io.bulwark.netting.surface.StaticArbitrage.ListedExpiry;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What the checks find, in surfaces whose arbitrage is known. */
class StaticArbitrageTest {
    /** Axel Vogt's smile, in A. Gatheral and A. Jacquier (2014), section 3.1: variance is positive, the density is not. */
    private static final VolatilitySurface VOGT = (k, years) -> {
        double shifted = k - 0.3586;
        return years * (-0.0410 + 0.1331 * (0.3060 * shifted + Math.sqrt(shifted * shifted + 0.4153 * 0.4153)));
    };

    private static final SmileSlice WEEK = new SmileSlice(7 / 365.0, 0.006, -0.2, 0.05);
    private static final SmileSlice MONTH = new SmileSlice(30 / 365.0, 0.03, -0.1, 0.12);
    private static final EssviSurface FREE = new EssviSurface(List.of(WEEK, MONTH));

    @Test
    void shouldFindTheNegativeDensityOfAPublishedSmile() {
        List<ArbitrageViolation> found = StaticArbitrage.everywhere(VOGT, 1);
        assertFalse(found.isEmpty());
        assertTrue(found.stream().allMatch(v -> v.kind() == Kind.DENSITY && v.logStrike() > 0.5));
        ListedExpiry listed = new ListedExpiry(
                1, DoubleStream.iterate(-1, k -> k + 0.05).limit(51).toArray());
        List<ArbitrageViolation> traded = StaticArbitrage.listed(VOGT, List.of(listed));
        assertTrue(traded.stream().anyMatch(v -> v.kind() == Kind.BUTTERFLY && v.logStrike() > 0.5 && v.size() > 0));
        assertTrue(traded.stream().noneMatch(v -> v.logStrike() < 0.5));
    }

    @Test
    void shouldFindNothingWhereTheParametersRuleItOut() {
        assertTrue(FREE.slack() > 0);
        double[] times = DoubleStream.iterate(1 / 365.0, t -> t * 1.3).limit(25).toArray();
        assertEquals(List.of(), StaticArbitrage.everywhere(FREE, times));
        MixtureSurface mixed = new MixtureSurface(0.3, FREE, wider());
        assertTrue(mixed.slack() > 0);
        assertEquals(List.of(), StaticArbitrage.everywhere(mixed, times));
    }

    @Test
    void shouldNameThePlaceAndSizeOfAFallOfTotalVariance() {
        VolatilitySurface falling = (k, years) -> years < 0.05 ? 0.36 * 0.04 : 0.2 * 0.06;
        List<ArbitrageViolation> found = StaticArbitrage.listed(
                falling, List.of(new ListedExpiry(0.04, new double[] {0}), new ListedExpiry(0.06, new double[] {0})));
        assertEquals(1, found.size());
        ArbitrageViolation fall = found.getFirst();
        assertEquals(Kind.CALENDAR, fall.kind());
        assertEquals(0.06, fall.years());
        double before = ImpliedVolatility.price(OptionRight.CALL, 0, Math.sqrt(0.36 * 0.04));
        double after = ImpliedVolatility.price(OptionRight.CALL, 0, Math.sqrt(0.2 * 0.06));
        assertEquals(before - after, fall.size(), 1e-15);
        assertEquals(Math.sqrt(0.24) - Math.sqrt(0.2), fall.volatility(), 1e-12);
    }

    @Test
    void shouldFindAnOptionThatCostsMoreThanItsNeighbours() {
        VolatilitySurface bump = (k, years) -> Math.pow(Math.abs(k) < 1e-9 ? 0.66 : 0.6, 2) * years;
        double[] strikes = {-0.1, -0.05, 0, 0.05, 0.1};
        ArbitrageViolation worst = StaticArbitrage.listed(bump, List.of(new ListedExpiry(0.1, strikes))).stream()
                .max(Comparator.comparingDouble(ArbitrageViolation::size))
                .orElseThrow();
        assertEquals(Kind.BUTTERFLY, worst.kind());
        assertEquals(0, worst.logStrike());
        assertTrue(worst.volatility() > 0 && worst.volatility() < 0.06);
    }

    @Test
    void shouldRefuseBothSufficientConditionsByTheirSlack() {
        assertTrue(new SmileSlice(0.1, 0.04, 0.5, 0.4).butterflySlack() < 0);
        assertTrue(new SmileSlice(0.1, 4, 0.5, 2.7).butterflySlack() < 0);
        assertTrue(new SmileSlice(0.1, 0.04, 0.5, 0.3).butterflySlack() > 0);
        assertTrue(WEEK.calendarSlack(MONTH) > 0);
        assertTrue(WEEK.calendarSlack(new SmileSlice(0.1, 0.005, -0.2, 0.05)) < 0);
        assertTrue(WEEK.calendarSlack(new SmileSlice(0.1, 0.03, 0.9, 0.06)) < 0);
        assertTrue(WEEK.calendarSlack(new SmileSlice(0.1, 0.03, -0.2, 0.26)) < 0);
    }

    @Test
    void shouldAgreeWithItsOwnSlopesAndBends() {
        double h = 1e-4;
        for (double k = -0.5; k <= 0.5; k += 0.1) {
            double low = MONTH.totalVariance(k - h);
            double middle = MONTH.totalVariance(k);
            double high = MONTH.totalVariance(k + h);
            double differenced =
                    SmileSlice.durrleman(k, middle, (high - low) / (2 * h), (high - 2 * middle + low) / (h * h));
            assertEquals(differenced, MONTH.durrleman(k), 1e-6);
        }
    }

    private static EssviSurface wider() {
        return new EssviSurface(
                List.of(new SmileSlice(7 / 365.0, 0.015, 0.1, 0.1), new SmileSlice(30 / 365.0, 0.08, -0.1, 0.25)));
    }
}
