package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.revaluation.SurfaceStress;
import io.bulwark.netting.surface.EssviSurface;
import io.bulwark.netting.surface.ImpliedVolatility;
import io.bulwark.netting.surface.MixtureSurface;
import io.bulwark.netting.surface.SmileSlice;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation;
import io.bulwark.netting.surface.StaticArbitrage.ListedExpiry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The worked numbers of the page on the surface; computed there by hand and by another program. */
class WorkedSurfaceTest {
    private static final double MONTH = 30 / 365.0;
    private static final SmileSlice CALM = new SmileSlice(MONTH, 0.03, -0.1, 0.12);
    private static final SmileSlice TURBULENT = new SmileSlice(MONTH, 0.08, -0.1, 0.25);

    /** SURF-001. */
    @Test
    void shouldReadOneSlice() {
        EssviSurface surface = new EssviSurface(List.of(CALM));
        assertEquals(0.036325, CALM.totalVariance(-0.2), 5e-7);
        assertEquals(0.66479, surface.volatility(-0.2, MONTH), 5e-6);
        assertEquals(0.60415, surface.volatility(0, MONTH), 5e-6);
        assertEquals(0.62444, surface.volatility(0.2, MONTH), 5e-6);
        assertEquals(0.7959, CALM.durrleman(-0.2), 5e-5);
        assertEquals(1.1176, CALM.durrleman(0), 5e-5);
        assertEquals(0.8895, CALM.durrleman(0.2), 5e-5);
        assertEquals(0.868, CALM.butterflySlack(), 1e-12);
    }

    /** SURF-002. */
    @Test
    void shouldMixInPrice() {
        MixtureSurface mixture =
                new MixtureSurface(0.3, new EssviSurface(List.of(CALM)), new EssviSurface(List.of(TURBULENT)));
        assertEquals(0.80250, mixture.volatility(0.3, MONTH), 5e-6);
        double price = ImpliedVolatility.price(OptionRight.CALL, 0.3, Math.sqrt(mixture.totalVariance(0.3, MONTH)));
        assertEquals(0.0120126, price, 5e-8);
    }

    /** SURF-003. */
    @Test
    void shouldMeasureATwistAcrossThirtyDays() {
        List<ListedExpiry> listed =
                List.of(new ListedExpiry(28 / 365.0, new double[] {0}), new ListedExpiry(45 / 365.0, new double[] {0}));
        List<ArbitrageViolation> found = SurfaceStress.joint((k, years) -> 0.36 * years, listed, 160_000).stream()
                .filter(stress -> stress.shock().equals("price +0.0 %, volatility flat, front up and back down"))
                .findFirst()
                .orElseThrow()
                .violations();
        assertEquals(1, found.size());
        assertEquals(96.8e-4, found.getFirst().size(), 5e-6);
    }
}
