package io.bulwark.netting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.NormalDistribution;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Skew in the traders' numbers, and the 30-day index. */
class SkewAndIndexTest {
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

    /** Read from quotes alone, between strikes as close as venues list them. */
    @Test
    void shouldReadTheSkewFromQuotesAsTheSurfaceHasIt() {
        double years = 28 / 365.0;
        SkewMeasures surface = SkewMeasures.of(SKEWED, years);
        SkewMeasures quoted = SkewMeasures.quoted(List.of(chain(28, 2.5))).orElseThrow();
        assertEquals(years, quoted.years());
        assertEquals(surface.riskReversal(), quoted.riskReversal(), 2e-3);
        assertEquals(surface.money(), quoted.money(), 2e-3);
        assertEquals(surface.butterfly(), quoted.butterfly(), 2e-3);
    }

    @Test
    void shouldTakeTheMedianOfTheExpiriesAndOfTwoTheSteeper() {
        List<ChainExpiry> three = List.of(chain(60, 2.5), chain(28, 2.5), chain(8, 2.5));
        List<Double> skews = three.stream()
                .map(expiry ->
                        SkewMeasures.quoted(List.of(expiry)).orElseThrow().riskReversal())
                .sorted()
                .toList();
        assertEquals(skews.get(1), SkewMeasures.quoted(three).orElseThrow().riskReversal());
        double steeper = Math.max(skew(three.getFirst()), skew(three.getLast()));
        List<ChainExpiry> others = List.of(chain(8, 2.5), chain(60, 2.5), chain(6, 2.5), chain(130, 2.5));
        assertEquals(steeper, SkewMeasures.quoted(others).orElseThrow().riskReversal(), "two are too near or too far");
    }

    private static double skew(ChainExpiry expiry) {
        return SkewMeasures.quoted(List.of(expiry)).orElseThrow().riskReversal();
    }

    @Test
    void shouldNotGuessAWingThatNobodyQuotes() {
        ChainExpiry whole = chain(28, 2.5);
        List<OptionQuote> above =
                whole.quotes().stream().filter(quote -> quote.strike() >= 97).toList();
        assertTrue(SkewMeasures.quoted(List.of(new ChainExpiry(whole.years(), 100, above)))
                .isEmpty());
        assertTrue(SkewMeasures.quoted(List.of(chain(5, 2.5), chain(130, 2.5))).isEmpty());
    }

    private static ChainExpiry chain(int days, double step) {
        double years = days / 365.0;
        List<OptionQuote> quotes = new ArrayList<>();
        for (double strike = 50; strike <= 200; strike += step) {
            double k = Math.log(strike / 100);
            for (OptionRight right : OptionRight.values()) {
                // Who is in the money says nothing: his volatility is another.
                double volatility = right == MixtureSurface.outOfTheMoney(k) ? SKEWED.volatility(k, years) : 2;
                quotes.add(new OptionQuote(
                        right,
                        strike,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.of(volatility)));
            }
        }
        return new ChainExpiry(years, 100, quotes);
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
