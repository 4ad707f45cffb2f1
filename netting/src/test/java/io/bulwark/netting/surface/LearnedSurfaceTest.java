package io.bulwark.netting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be learned beyond a fitted surface, and what may not. */
class LearnedSurfaceTest {
    private static final SurfaceLimits FOUNDING = SurfaceLimits.of(ParameterSet.founding());
    private static final EssviSurface CALM = new EssviSurface(List.of(
            new SmileSlice(10 / 365.0, 0.0121, -0.2, 0.08),
            new SmileSlice(30 / 365.0, 0.0371, -0.15, 0.16),
            new SmileSlice(90 / 365.0, 0.111, -0.1, 0.3),
            new SmileSlice(180 / 365.0, 0.225, 0, 0.45)));
    private static final MixtureSurface BASE = new MixtureSurface(0, CALM, CALM);

    /** A gentle hump of one point over the money that the base does not know. */
    private static final VolatilitySurface HUMPED = moved(0.01, 1.5);

    @Test
    void shouldLearnAHumpAndPredictQuotesItHasNotSeen() {
        List<SurfacePoint> all = points(HUMPED);
        List<SurfacePoint> seen = new ArrayList<>();
        List<SurfacePoint> held = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            (i % 4 == 1 ? held : seen).add(all.get(i));
        }
        LearnedFit learned = LearnedFit.of(fit(seen), 7, FOUNDING);
        assertEquals(SurfaceCard.Verdict.USED, learned.verdict());
        double without = FitStatistics.of(BASE, held).rootMeanSquare();
        double with = FitStatistics.of(learned.surface(), held).rootMeanSquare();
        assertTrue(with < 0.4 * without, with + " against " + without);
        assertEquals(
                List.of(),
                StaticArbitrage.everywhere(learned.surface(), fit(seen).checkTimes()));
    }

    @Test
    void shouldBeTheFittedSurfaceFarFromEveryQuote() {
        LearnedFit learned = LearnedFit.of(fit(points(HUMPED)), 7, FOUNDING);
        assertNotEquals(BASE.volatility(0, 0.1), learned.surface().volatility(0, 0.1), 1e-4);
        double deviation = Math.sqrt(BASE.totalVariance(0, 0.1));
        assertEquals(BASE.volatility(25 * deviation, 0.1), learned.surface().volatility(25 * deviation, 0.1), 1e-9);
        assertEquals(BASE.volatility(0, 1e-4), learned.surface().volatility(0, 1e-4), 2e-3);
    }

    @Test
    void shouldMoveNoVolatilityByMoreThanTheBound() {
        SurfaceLimits tight = new SurfaceLimits(1e-4, 0.15, 0.03, 0.05, 0.002);
        VolatilitySurface learned = LearnedFit.of(fit(points(HUMPED)), 7, tight).surface();
        double largest = 0;
        for (SurfacePoint point : points(BASE)) {
            largest = Math.max(
                    largest, Math.abs(learned.volatility(point.logStrike(), point.years()) - point.volatility()));
        }
        assertEquals(0.002, largest, 1e-12);
    }

    @Test
    void shouldRefuseToLearnFromNothing() {
        assertEquals(
                SurfaceCard.Verdict.NO_GAIN,
                LearnedFit.of(fit(points(BASE)), 7, FOUNDING).verdict());
        LearnedFit few = LearnedFit.of(fit(points(HUMPED).subList(0, 49)), 7, FOUNDING);
        assertEquals(SurfaceCard.Verdict.TOO_FEW_QUOTES, few.verdict());
        assertEquals(BASE, few.surface());
    }

    @Test
    void shouldFallBackWhereWhatItLearnedCouldBeTraded() {
        LearnedFit torn = LearnedFit.of(fit(points(moved(3, 0.6))), 7, new SurfaceLimits(1e-4, 0.15, 0.03, 0.5, 9));
        assertEquals(SurfaceCard.Verdict.ARBITRAGE, torn.verdict());
        assertEquals(BASE, torn.surface());
        assertEquals(0, torn.card().orElseThrow().scale());
    }

    @Test
    void shouldGiveTheSameCardForTheSameQuotesAndAnotherForOthers() {
        SurfaceCard card =
                LearnedFit.of(fit(points(HUMPED)), 7, FOUNDING).card().orElseThrow();
        assertEquals(
                card, LearnedFit.of(fit(points(HUMPED)), 7, FOUNDING).card().orElseThrow());
        SurfaceCard other = LearnedFit.of(fit(points(moved(0.011, 1.5))), 7, FOUNDING)
                .card()
                .orElseThrow();
        assertNotEquals(card.coefficients(), other.coefficients());
        assertEquals(card.canonical().sha256(), card.canonical().sha256());
        assertTrue(card.errorLeftOut() < card.errorWithout());
    }

    private static VolatilitySurface moved(double height, double width) {
        return (k, years) -> {
            double z = k / Math.sqrt(BASE.totalVariance(0, years)) / width;
            double volatility = BASE.volatility(k, years) + height * Math.exp(-z * z);
            return volatility * volatility * years;
        };
    }

    private static SurfaceFit fit(List<SurfacePoint> points) {
        return new SurfaceFit(BASE, points, List.of(), FitStatistics.of(BASE, points));
    }

    private static List<SurfacePoint> points(VolatilitySurface surface) {
        List<SurfacePoint> points = new ArrayList<>();
        for (SmileSlice slice : CALM.slices()) {
            for (int i = -10; i <= 10; i++) {
                double k = 0.25 * i * Math.sqrt(slice.theta());
                double volatility = surface.volatility(k, slice.years());
                points.add(new SurfacePoint(
                        MixtureSurface.outOfTheMoney(k),
                        100 * Math.exp(k),
                        slice.years(),
                        k,
                        volatility,
                        volatility - 0.002,
                        volatility + 0.002));
            }
        }
        return points;
    }
}
