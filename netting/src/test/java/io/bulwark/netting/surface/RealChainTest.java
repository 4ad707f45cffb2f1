package io.bulwark.netting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.surface.QuoteFilter.QuoteRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The surface of two recorded chains. */
class RealChainTest {
    private static final SurfaceLimits FOUNDING = SurfaceLimits.of(ParameterSet.founding());

    @Test
    void shouldFitBidsAndOffersOfADayInsideTheirSpread() {
        SurfaceFit fit = SurfaceFit.of(RealChains.eth(), FOUNDING).orElseThrow();
        print("ETH 2024-01-08", fit);
        assertTrue(fit.statistics().count() >= 300);
        assertTrue(fit.statistics().rootMeanSquare() < 0.0125);
        assertTrue(fit.statistics().inside() > 0.9);
        assertFree(fit);
        FitStatistics single = FitStatistics.of(SurfaceFit.single(fit.points()).orElseThrow(), fit.points());
        assertTrue(single.rootMeanSquare() > 2 * fit.statistics().rootMeanSquare());
    }

    @Test
    void shouldFitMarksOfADayAndRefuseTheVenuesStandingOnes() {
        SurfaceFit fit = SurfaceFit.of(RealChains.btc(), FOUNDING).orElseThrow();
        print("BTC 2024-05-24", fit);
        assertTrue(fit.statistics().count() >= 270);
        assertTrue(fit.statistics().rootMeanSquare() < 0.015);
        assertFree(fit);
        // Five calls of 28 June stand at 66.6 %, fourteen points above the strike before them.
        assertTrue(fit.rejected().stream()
                .anyMatch(r -> r.rule() == QuoteRule.OUTLIER && r.quote().strike() == 85_000));
    }

    /** Quotes alone say what the fitted surface says, although the venue's marks of one wing stood 14 points off. */
    @Test
    void shouldReadTheSkewOfARealChainFromItsQuotes() {
        SkewMeasures quoted = SkewMeasures.quoted(RealChains.btc()).orElseThrow();
        SurfaceFit fit = SurfaceFit.of(RealChains.btc(), FOUNDING).orElseThrow();
        SkewMeasures fitted = SkewMeasures.of(fit.surface(), quoted.years());
        System.out.println(String.format(
                Locale.ROOT,
                "BTC 2024-05-24: risk reversal %.2f points from quotes, %.2f from the surface, at %.1f days",
                100 * quoted.riskReversal(),
                100 * fitted.riskReversal(),
                365 * quoted.years()));
        assertEquals(fitted.riskReversal(), quoted.riskReversal(), 0.01);
        assertEquals(fitted.money(), quoted.money(), 0.01);
        assertTrue(SkewMeasures.quoted(RealChains.eth()).isEmpty(), "a chain without volatilities says none");
    }

    @Test
    void shouldFindTheForwardsOfTheVenueByParity() {
        for (ChainExpiry expiry : RealChains.eth()) {
            double parity = ChainExpiry.parityForward(expiry.quotes()).orElseThrow();
            assertEquals(expiry.forward(), parity, 1e-4 * expiry.forward());
        }
    }

    private static void assertFree(SurfaceFit fit) {
        assertTrue(fit.surface().slack() >= 0);
        double[] years = fit.surface().calm().slices().stream()
                .mapToDouble(SmileSlice::years)
                .toArray();
        assertEquals(List.of(), StaticArbitrage.everywhere(fit.surface(), years));
    }

    private static void print(String name, SurfaceFit fit) {
        Map<QuoteRule, Integer> counts = new TreeMap<>();
        fit.rejected().forEach(r -> counts.merge(r.rule(), 1, Integer::sum));
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d quotes, error %.2f points, %.0f %% inside; refused %s",
                name,
                fit.statistics().count(),
                100 * fit.statistics().rootMeanSquare(),
                100 * fit.statistics().inside(),
                counts));
    }
}
