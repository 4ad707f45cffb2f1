package io.bulwark.research.volatility;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.revaluation.SurfaceStress;
import io.bulwark.netting.surface.CrossValidation;
import io.bulwark.netting.surface.EssviSurface;
import io.bulwark.netting.surface.FitStatistics;
import io.bulwark.netting.surface.LearnedFit;
import io.bulwark.netting.surface.QuoteFilter.QuoteRule;
import io.bulwark.netting.surface.SkewMeasures;
import io.bulwark.netting.surface.SmileSlice;
import io.bulwark.netting.surface.StaticArbitrage;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation;
import io.bulwark.netting.surface.StaticArbitrage.ListedExpiry;
import io.bulwark.netting.surface.SurfaceCard;
import io.bulwark.netting.surface.SurfaceFit;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import io.bulwark.netting.surface.SurfaceLimits;
import io.bulwark.netting.surface.VarianceSwapIndex;
import io.bulwark.netting.surface.VolatilitySurface;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything there is to say about the surface of one chain. Volatilities are fractions a year; times in days.
 *
 * @param time when the chain was read, UTC
 * @param timeImplied whether the chain's own marks had to say so
 * @param quotes how many options it lists
 * @param refused how many of them by rule
 * @param share weight of the turbulent surface
 * @param slack room in the sufficient conditions of no arbitrage; ≥ 0 is free of it
 * @param fit of the fitted surface at the usable quotes
 * @param single of one extended SSVI surface at the same
 * @param expiries one by one
 * @param index 30-day variance-swap volatility from quotes, absent where too few
 * @param indexOfSurface the same from the surface
 * @param violations found in the fitted surface on the fine grid
 * @param learned the learned surface's card, if enough was there to learn
 * @param verdict whether it is used
 * @param heldOut prices of held-out quotes by every surface, where asked for
 * @param stresses what each row of the joint grid does
 */
record SurfaceReport(
        String time,
        boolean timeImplied,
        int quotes,
        Map<QuoteRule, Integer> refused,
        double share,
        double slack,
        FitStatistics fit,
        FitStatistics single,
        List<Expiry> expiries,
        Optional<Double> index,
        double indexOfSurface,
        int violations,
        Optional<SurfaceCard> learned,
        SurfaceCard.Verdict verdict,
        Optional<CrossValidation> heldOut,
        List<Stress> stresses) {

    public SurfaceReport {
        refused = new TreeMap<>(refused);
        expiries = List.copyOf(expiries);
        stresses = List.copyOf(stresses);
    }

    /** One expiry: its skew, its two slices, its errors and its points. */
    public record Expiry(
            double days,
            double forward,
            SkewMeasures skew,
            SmileSlice calm,
            SmileSlice turbulent,
            FitStatistics fit,
            List<SurfacePoint> points) {
        public Expiry {
            points = List.copyOf(points);
        }
    }

    /**
     * One shock of the surface.
     *
     * @param shock in words
     * @param violations how many of each kind among the listed strikes and expiries
     * @param worst the dearest of each kind
     * @param repair how far the repaired surface stands from it, where there is a violation
     */
    public record Stress(
            String shock,
            Map<ArbitrageViolation.Kind, Integer> violations,
            List<ArbitrageViolation> worst,
            Optional<FitStatistics> repair) {
        public Stress {
            violations = new TreeMap<>(violations);
            worst = List.copyOf(worst);
        }
    }

    /** A report and the surfaces behind it. */
    public record Result(SurfaceReport report, SurfaceFit fit, VolatilitySurface learned, EssviSurface single) {}

    /**
     * Computes the report.
     *
     * @param chain what to look at
     * @param rangePpm X, the price range of the stresses
     * @param thorough whether to refit on held-out quotes: seconds more
     */
    public static Optional<Result> of(OptionChainFile chain, int rangePpm, boolean thorough) {
        SurfaceLimits parameters = SurfaceLimits.of(ParameterSet.founding());
        return SurfaceFit.of(chain.expiries(), parameters).map(fit -> {
            EssviSurface single = SurfaceFit.single(fit.points()).orElseThrow();
            LearnedFit learned = LearnedFit.of(fit, chain.timeMillis(), parameters);
            List<SurfaceStress> stresses =
                    SurfaceStress.joint(fit.surface(), ListedExpiry.of(chain.expiries()), rangePpm);
            Map<QuoteRule, Integer> refused = new TreeMap<>();
            fit.rejected().forEach(quote -> refused.merge(quote.rule(), 1, Integer::sum));
            SurfaceReport report = new SurfaceReport(
                    Instant.ofEpochMilli(chain.timeMillis()).toString(),
                    chain.timeImplied(),
                    chain.expiries().stream().mapToInt(e -> e.quotes().size()).sum(),
                    refused,
                    fit.surface().share(),
                    fit.surface().slack(),
                    fit.statistics(),
                    FitStatistics.of(single, fit.points()),
                    expiries(chain, fit),
                    VarianceSwapIndex.of(fit.points()).stream().boxed().findFirst(),
                    VarianceSwapIndex.of(fit.surface(), VarianceSwapIndex.HORIZON),
                    StaticArbitrage.everywhere(fit.surface(), fit.checkTimes()).size(),
                    learned.card(),
                    learned.verdict(),
                    thorough ? CrossValidation.of(fit, chain.timeMillis(), parameters) : Optional.empty(),
                    stresses.stream().map(SurfaceReport::stress).toList());
            return new Result(report, fit, learned.surface(), single);
        });
    }

    private static List<Expiry> expiries(OptionChainFile chain, SurfaceFit fit) {
        List<Expiry> expiries = new ArrayList<>();
        for (int i = 0; i < fit.surface().calm().slices().size(); i++) {
            SmileSlice calm = fit.surface().calm().slices().get(i);
            List<SurfacePoint> own = fit.points().stream()
                    .filter(point -> point.years() == calm.years())
                    .toList();
            double forward = chain.expiries().stream()
                    .filter(expiry -> expiry.years() == calm.years())
                    .findFirst()
                    .orElseThrow()
                    .forward();
            expiries.add(new Expiry(
                    calm.years() * 365,
                    forward,
                    SkewMeasures.of(fit.surface(), calm.years()),
                    calm,
                    fit.surface().turbulent().slices().get(i),
                    FitStatistics.of(fit.surface(), own),
                    own));
        }
        return expiries;
    }

    private static Stress stress(SurfaceStress stress) {
        Map<ArbitrageViolation.Kind, Integer> counts = new TreeMap<>();
        Map<ArbitrageViolation.Kind, ArbitrageViolation> worst = new TreeMap<>();
        Comparator<ArbitrageViolation> bySize = Comparator.comparingDouble(ArbitrageViolation::size);
        for (ArbitrageViolation violation : stress.violations()) {
            counts.merge(violation.kind(), 1, Integer::sum);
            worst.merge(violation.kind(), violation, (a, b) -> bySize.compare(a, b) >= 0 ? a : b);
        }
        return new Stress(
                stress.shock(),
                counts,
                List.copyOf(worst.values()),
                counts.isEmpty()
                        ? Optional.empty()
                        : Optional.of(stress.repaired().distance(stress.surface(), stress.expiries())));
    }
}
