package io.bulwark.netting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import io.bulwark.netting.surface.QuoteFilter.QuoteRule;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Surfaces found again from quotes that they made. */
class SurfaceFitTest {
    private static final SurfaceLimits FOUNDING = SurfaceLimits.of(ParameterSet.founding());

    private static final EssviSurface TRUTH = new EssviSurface(List.of(
            new SmileSlice(3 / 365.0, 0.0042, -0.25, 0.05),
            new SmileSlice(14 / 365.0, 0.0161, -0.18, 0.11),
            new SmileSlice(45 / 365.0, 0.0501, -0.05, 0.21),
            new SmileSlice(200 / 365.0, 0.231, 0.05, 0.42)));

    @Test
    void shouldFindTheParametersOfOneSurfaceAgain() {
        EssviSurface found = SurfaceFit.single(points(TRUTH)).orElseThrow();
        for (int i = 0; i < found.slices().size(); i++) {
            SmileSlice truth = TRUTH.slices().get(i);
            SmileSlice slice = found.slices().get(i);
            assertEquals(truth.theta(), slice.theta(), 1e-4 * truth.theta());
            assertEquals(truth.rho(), slice.rho(), 1e-3);
            assertEquals(truth.psi(), slice.psi(), 2e-3 * truth.psi());
        }
    }

    @Test
    void shouldFindAMixtureAgainBetterThanOneSurfaceCan() {
        EssviSurface turbulent = new EssviSurface(List.of(
                new SmileSlice(3 / 365.0, 0.012, -0.1, 0.14),
                new SmileSlice(14 / 365.0, 0.04, -0.1, 0.25),
                new SmileSlice(45 / 365.0, 0.11, -0.1, 0.4),
                new SmileSlice(200 / 365.0, 0.5, -0.1, 0.8)));
        MixtureSurface truth = new MixtureSurface(0.15, TRUTH, turbulent);
        List<SurfacePoint> points = points(truth);
        FitStatistics mixed = FitStatistics.of(SurfaceFit.through(points).orElseThrow(), points);
        FitStatistics single = FitStatistics.of(SurfaceFit.single(points).orElseThrow(), points);
        assertTrue(mixed.rootMeanSquare() < 0.002, mixed.toString());
        assertTrue(mixed.rootMeanSquare() < 0.25 * single.rootMeanSquare(), single.toString());
    }

    @Test
    void shouldStayFreeOfArbitrageWhateverItIsShown() {
        VolatilitySurface absurd = (k, years) -> years * (0.5 + 3 * Math.abs(k)) * (years > 0.1 ? 0.2 : 1);
        MixtureSurface fitted = SurfaceFit.through(points(absurd)).orElseThrow();
        assertTrue(fitted.slack() >= 0, "slack " + fitted.slack());
        double[] years = TRUTH.slices().stream().mapToDouble(SmileSlice::years).toArray();
        assertEquals(List.of(), StaticArbitrage.everywhere(fitted, years));
    }

    @Test
    void shouldRefuseEveryBadQuoteByItsRule() {
        List<OptionQuote> quotes = new ArrayList<>();
        double years = 30 / 365.0;
        for (double strike = 70; strike <= 140; strike += 5) {
            quotes.add(quoted(strike, years, 0.6, 0.0002));
        }
        quotes.add(quote(OptionRight.CALL, 90, 0.12, 0.13));
        quotes.add(quote(OptionRight.CALL, 101, 0.06, 0.05));
        quotes.add(new OptionQuote(OptionRight.PUT, 96, none(), OptionalDouble.of(0.05), none(), none()));
        quotes.add(new OptionQuote(OptionRight.PUT, 97, none(), none(), none(), none()));
        quotes.add(quote(OptionRight.CALL, 104, 0.02, 0.09));
        quotes.add(quote(OptionRight.PUT, 99, -0.01, 0.002));
        quotes.add(quote(OptionRight.CALL, 250, 0.00001, 0.00002));
        quotes.add(quoted(111, years, 0.85, 0.0002));
        List<ChainExpiry> chain = List.of(
                new ChainExpiry(years, 100, quotes),
                new ChainExpiry(0.0003, 100, List.of(quoted(100, years, 0.6, 0.001))));
        SurfaceFit fit = SurfaceFit.of(chain, FOUNDING).orElseThrow();
        assertEquals(15, fit.points().size());
        assertEquals(
                List.of(
                        "IN_THE_MONEY 90.0",
                        "CROSSED 101.0",
                        "ONE_SIDED 96.0",
                        "UNQUOTED 97.0",
                        "TOO_WIDE 104.0",
                        "BELOW_INTRINSIC 99.0",
                        "INSENSITIVE 250.0",
                        "OUTLIER 111.0",
                        "TOO_NEAR 100.0"),
                rules(fit, quotes, chain));
    }

    @Test
    void shouldRefuseAVolatilityThatIsNotTheMarks() {
        double price = ImpliedVolatility.price(OptionRight.CALL, Math.log(1.1), 0.6 * Math.sqrt(0.1));
        OptionQuote honest = marked(110, price, 0.6);
        OptionQuote placeholder = marked(110, price, 1);
        assertEquals(1, filtered(honest).points().size());
        assertEquals(
                QuoteRule.INCONSISTENT,
                filtered(placeholder).rejected().getFirst().rule());
    }

    @Test
    void shouldInterpolateMonotonicallyAndExtrapolateAtTheLastForwardVariance() {
        SmileSlice last = TRUTH.slices().getLast();
        SmileSlice before = TRUTH.slices().get(2);
        double forward = (last.theta() - before.theta()) / (last.years() - before.years());
        assertEquals(last.theta() + 0.5 * forward, TRUTH.totalVariance(0, last.years() + 0.5), 1e-15);
        assertEquals(TRUTH.volatility(0.07, TRUTH.slices().getFirst().years()), TRUTH.volatility(0.07, 0.001), 1e-14);
        double earlier = 0;
        for (double years = 0.001; years < 1.2; years += 0.001) {
            double variance = TRUTH.totalVariance(-0.1, years);
            assertTrue(variance > earlier);
            earlier = variance;
        }
    }

    private static List<String> rules(SurfaceFit fit, List<OptionQuote> order, List<ChainExpiry> chain) {
        List<String> rules = new ArrayList<>();
        for (OptionQuote quote : order) {
            fit.rejected().stream()
                    .filter(r -> r.quote().equals(quote))
                    .forEach(r -> rules.add(r.rule() + " " + quote.strike()));
        }
        fit.rejected().stream()
                .filter(r -> r.years() == chain.getLast().years())
                .forEach(r -> rules.add(r.rule() + " " + r.quote().strike()));
        return rules;
    }

    private static QuoteFilter filtered(OptionQuote quote) {
        return QuoteFilter.of(List.of(new ChainExpiry(0.1, 100, List.of(quote))), FOUNDING);
    }

    private static OptionQuote marked(double strike, double mark, double volatility) {
        return new OptionQuote(
                OptionRight.CALL, strike, none(), none(), OptionalDouble.of(mark), OptionalDouble.of(volatility));
    }

    /** A quote around the price of a volatility, out of the money on a forward of 100. */
    private static OptionQuote quoted(double strike, double years, double volatility, double half) {
        double k = Math.log(strike / 100);
        OptionRight right = k < 0 ? OptionRight.PUT : OptionRight.CALL;
        double price = ImpliedVolatility.price(right, k, volatility * Math.sqrt(years));
        return quote(right, strike, price - half, price + half);
    }

    private static OptionQuote quote(OptionRight right, double strike, double bid, double ask) {
        return new OptionQuote(right, strike, OptionalDouble.of(bid), OptionalDouble.of(ask), none(), none());
    }

    private static OptionalDouble none() {
        return OptionalDouble.empty();
    }

    /** Fifteen quotes of each of the truth's expiries, three deviations either side of the money. */
    private static List<SurfacePoint> points(VolatilitySurface surface) {
        List<SurfacePoint> points = new ArrayList<>();
        for (SmileSlice slice : TRUTH.slices()) {
            for (int i = -7; i <= 7; i++) {
                double k = 3 * Math.sqrt(slice.theta()) * i / 7;
                double volatility = surface.volatility(k, slice.years());
                points.add(new SurfacePoint(
                        k < 0 ? OptionRight.PUT : OptionRight.CALL,
                        100 * Math.exp(k),
                        slice.years(),
                        k,
                        volatility,
                        volatility - 0.004,
                        volatility + 0.004));
            }
        }
        return points;
    }
}
