package io.bulwark.netting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.NormalDistribution;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Skew in the traders' numbers, its charge, and the 30-day index. */
class SkewAndIndexTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final VolatilitySurface FLAT = (k, years) -> 0.36 * years;
    private static final EssviSurface SKEWED = new EssviSurface(
            List.of(new SmileSlice(14 / 365.0, 0.0161, -0.4, 0.11), new SmileSlice(60 / 365.0, 0.0701, -0.35, 0.25)));

    @Test
    void shouldHaveNoSkewWhereVolatilityIsFlat() {
        SkewMeasures flat = SkewMeasures.of(FLAT, 0.1);
        assertEquals(0.6, flat.money(), 1e-12);
        assertEquals(0, flat.riskReversal(), 1e-12);
        assertEquals(0, flat.butterfly(), 1e-12);
    }

    @Test
    void shouldReadTheWingsAtTheStrikesWhoseDeltaIsAQuarter() {
        double years = 60 / 365.0;
        double call = SkewMeasures.logStrike(SKEWED, years, 0.25);
        double put = SkewMeasures.logStrike(SKEWED, years, 0.75);
        assertEquals(0.25, delta(call, years), 1e-9);
        assertEquals(0.75, delta(put, years), 1e-9);
        SkewMeasures skew = SkewMeasures.of(SKEWED, years);
        double low = SKEWED.volatility(put, years);
        double high = SKEWED.volatility(call, years);
        assertEquals(low - high, skew.riskReversal(), 1e-12);
        assertTrue(skew.riskReversal() > 0.02, "falls are dearer where rho is below 0");
        assertEquals((low + high) / 2 - SKEWED.volatility(0, years), skew.butterfly(), 1e-12);
    }

    /** SURF-004: a year of risk reversals of 2 points with a deviation of 1, today 4. */
    @Test
    void shouldChargeMoreOfASkewThatIsSteeperThanItsYear() {
        double[] year = new double[365];
        for (int day = 0; day < 365; day++) {
            year[day] = day % 2 == 0 ? 0.01 : 0.03;
        }
        assertEquals(-1, SkewCharge.score(year), 0.01);
        assertEquals(250_000, SkewCharge.psi(0, FOUNDING));
        assertEquals(500_000, SkewCharge.psi(1, FOUNDING));
        assertEquals(500_000, SkewCharge.psi(7, FOUNDING));
        assertEquals(0, SkewCharge.psi(-1, FOUNDING));
        assertEquals(0, SkewCharge.psi(-3, FOUNDING));
        assertEquals(250_001, SkewCharge.psi(1e-6, FOUNDING));
        year[364] = 0.04;
        assertEquals(2, SkewCharge.score(year), 0.05);
        double[] longer = new double[400];
        Arrays.fill(longer, 0, 35, 99);
        System.arraycopy(year, 0, longer, 35, 365);
        assertEquals(SkewCharge.score(year), SkewCharge.score(longer));
        assertEquals(0, SkewCharge.score(new double[] {0.01, 0.9}));
        assertEquals(0, SkewCharge.score(new double[300]));
    }

    @Test
    void shouldFindAFlatVolatilityAsTheIndex() {
        assertEquals(0.6, VarianceSwapIndex.of(FLAT, 0.1), 1e-7);
        assertEquals(0.6, VarianceSwapIndex.of(points(FLAT, 20, 50)).orElseThrow(), 2e-3);
    }

    /** E[σ²]T = ∫ φ(z) w(k(z)) dz with z = d₂ (J. Gatheral, The Volatility Surface 2006, chapter 11): another road to the same number. */
    @Test
    void shouldAgreeWithTheIntegralOverNormalDeviates() {
        double years = VarianceSwapIndex.HORIZON;
        double sum = 0;
        double previous = Double.NaN;
        double before = 0;
        for (double k = -3; k <= 3; k += 1e-4) {
            double w = SKEWED.totalVariance(k, years);
            double z = -k / Math.sqrt(w) - Math.sqrt(w) / 2;
            double value = NormalDistribution.density(z) * w;
            if (!Double.isNaN(previous)) {
                sum += 0.5 * (value + before) * (previous - z);
            }
            previous = z;
            before = value;
        }
        assertEquals(Math.sqrt(sum / years), VarianceSwapIndex.of(SKEWED, years), 2e-5);
    }

    @Test
    void shouldTakeTheTwoExpiriesAroundThirtyDaysAndNoneNearerThanSeven() {
        VolatilitySurface falling = (k, years) -> (0.36 + 0.1 * 0.2) * years;
        VolatilitySurface rising = (k, years) -> years < 0.07 ? 0.25 * years : 0.64 * years;
        double index = VarianceSwapIndex.of(points(rising, 3, 20, 40, 90)).orElseThrow();
        double expected = Math.sqrt((0.25 * 20 + 0.5 * (0.64 * 40 - 0.25 * 20)) / 30);
        assertEquals(expected, index, 3e-3);
        assertEquals(OptionalDouble.empty(), VarianceSwapIndex.of(points(falling, 2, 6)));
    }

    @Test
    void shouldFindWhenAChainWasRead() {
        long expiry = 1_716_624_000_000L;
        long read = expiry - 9 * 86_400_000L;
        double years = 9 / 365.0;
        List<OptionQuote> quotes = new ArrayList<>();
        for (double strike = 80; strike <= 125; strike += 5) {
            double k = Math.log(strike / 100);
            double volatility = FLAT.volatility(k, years);
            OptionRight right = MixtureSurface.outOfTheMoney(k);
            double mark = ImpliedVolatility.price(right, k, volatility * Math.sqrt(years));
            quotes.add(new OptionQuote(
                    right,
                    strike,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.of(mark),
                    OptionalDouble.of(strike == 105 ? 1 : strike == 95 ? 0.4 : volatility)));
        }
        long found = ObservationTime.of(List.of(new ObservationTime.Expiry(expiry, 100, quotes)))
                .orElseThrow();
        assertTrue(Math.abs(read - found) < 1000);
    }

    private static double delta(double k, double years) {
        double deviation = Math.sqrt(SKEWED.totalVariance(k, years));
        return NormalDistribution.cumulative(-k / deviation + deviation / 2);
    }

    private static List<SurfacePoint> points(VolatilitySurface surface, int... days) {
        List<SurfacePoint> points = new ArrayList<>();
        for (int day : days) {
            double years = day / 365.0;
            for (int i = -60; i <= 60; i++) {
                double k = 0.1 * i * Math.sqrt(surface.totalVariance(0, years));
                double volatility = surface.volatility(k, years);
                points.add(new SurfacePoint(
                        MixtureSurface.outOfTheMoney(k),
                        100 * Math.exp(k),
                        years,
                        k,
                        volatility,
                        volatility,
                        volatility));
            }
        }
        return points;
    }
}
