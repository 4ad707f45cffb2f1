package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.QuoteFilter.QuoteRule;
import io.bulwark.netting.surface.QuoteFilter.RejectedQuote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A surface fitted to a chain, with what it was fitted to and what was refused.
 *
 * @param surface free of static arbitrage by its parameters
 * @param points the quotes it was fitted to
 * @param rejected the quotes it was not, each with the rule
 * @param statistics of the surface against the points
 */
public record SurfaceFit(
        MixtureSurface surface, List<SurfacePoint> points, List<RejectedQuote> rejected, FitStatistics statistics) {
    /** An expiry with fewer points has no slice of its own: its smile is interpolated. */
    static final int POINTS_LEAST = 6;

    private static final int ROUNDS = 3;
    private static final double NORMAL_MEDIAN = 1.4826;
    private static final double DEVIATIONS = 5;

    /** Copies. */
    public SurfaceFit {
        points = List.copyOf(points);
        rejected = List.copyOf(rejected);
    }

    /** Fits a chain; empty where no expiry has six usable quotes. */
    public static Optional<SurfaceFit> of(List<ChainExpiry> chain, SurfaceLimits parameters) {
        QuoteFilter filter = QuoteFilter.of(chain, parameters);
        List<SurfacePoint> points = filter.points();
        List<SurfacePoint> outliers = new ArrayList<>();
        Optional<MixtureSurface> surface = through(points);
        for (int round = 0; round < ROUNDS && surface.isPresent(); round++) {
            List<SurfacePoint> far = outliers(surface.orElseThrow(), points, parameters.outlierLeast());
            if (far.isEmpty()) {
                break;
            }
            outliers.addAll(far);
            points = points.stream().filter(point -> !far.contains(point)).toList();
            surface = through(points);
        }
        List<SurfacePoint> used = points;
        return surface.map(fitted ->
                new SurfaceFit(fitted, used, rejected(chain, filter, outliers), FitStatistics.of(fitted, used)));
    }

    /** The surface nearest to points, without any of them being refused; empty where no expiry has six. */
    public static Optional<MixtureSurface> through(List<SurfacePoint> points) {
        return single(points).map(single -> new MixtureFit(dense(points), single).fit());
    }

    /** One extended SSVI surface through points: what the mixture improves on. */
    public static Optional<EssviSurface> single(List<SurfacePoint> points) {
        List<List<SurfacePoint>> expiries = dense(points);
        return expiries.isEmpty() ? Optional.empty() : Optional.of(new EssviFit(expiries).fit());
    }

    private static List<List<SurfacePoint>> dense(List<SurfacePoint> points) {
        return byExpiry(points).stream()
                .filter(expiry -> expiry.size() >= POINTS_LEAST)
                .toList();
    }

    /** The times at which arbitrage is looked for: the fitted expiries and half-way between them. */
    public double[] checkTimes() {
        List<SmileSlice> slices = surface.calm().slices();
        double[] times = new double[2 * slices.size() - 1];
        for (int i = 0; i < times.length; i++) {
            times[i] =
                    0.5 * (slices.get(i / 2).years() + slices.get((i + 1) / 2).years());
        }
        return times;
    }

    /** Points by expiry, in the order of time. */
    static List<List<SurfacePoint>> byExpiry(List<SurfacePoint> points) {
        java.util.SortedMap<Double, List<SurfacePoint>> expiries = new java.util.TreeMap<>();
        points.forEach(point -> expiries.computeIfAbsent(point.years(), years -> new ArrayList<>())
                .add(point));
        return List.copyOf(expiries.values());
    }

    /** Points further from the surface than five deviations of their expiry, their own spread and the least distance. */
    private static List<SurfacePoint> outliers(VolatilitySurface surface, List<SurfacePoint> points, double least) {
        List<SurfacePoint> far = new ArrayList<>();
        for (List<SurfacePoint> expiry : byExpiry(points)) {
            List<Double> sizes = new ArrayList<>(
                    expiry.stream().map(point -> error(surface, point)).toList());
            Collections.sort(sizes);
            double deviation = NORMAL_MEDIAN * sizes.get((sizes.size() - 1) / 2);
            for (SurfacePoint point : expiry) {
                if (error(surface, point) > Math.max(least, DEVIATIONS * deviation) + point.uncertainty()) {
                    far.add(point);
                }
            }
        }
        return far;
    }

    private static double error(VolatilitySurface surface, SurfacePoint point) {
        return Math.abs(surface.volatility(point.logStrike(), point.years()) - point.volatility());
    }

    private static List<RejectedQuote> rejected(
            List<ChainExpiry> chain, QuoteFilter filter, List<SurfacePoint> outliers) {
        List<RejectedQuote> all = new ArrayList<>(filter.rejected());
        for (SurfacePoint point : outliers) {
            chain.stream()
                    .filter(expiry -> expiry.years() == point.years())
                    .flatMap(expiry -> expiry.quotes().stream())
                    .filter(quote -> quote.right() == point.right() && quote.strike() == point.strike())
                    .forEach(quote -> all.add(new RejectedQuote(point.years(), quote, QuoteRule.OUTLIER)));
        }
        return all;
    }

    /**
     * One usable quote as volatility.
     *
     * @param right the side it is quoted on
     * @param strike K
     * @param years to expiry
     * @param logStrike k = ln(K/F)
     * @param volatility of the middle of bid and offer, or of the mark
     * @param bid volatility of the bid; of the mark less a tick where no bids are known
     * @param ask volatility of the offer; of the mark plus a tick where no offers are known
     */
    public record SurfacePoint(
            OptionRight right,
            double strike,
            double years,
            double logStrike,
            double volatility,
            double bid,
            double ask) {
        /** How well the volatility is known: half of what lies between bid and offer. */
        public double uncertainty() {
            return 0.5 * (ask - bid);
        }
    }
}
