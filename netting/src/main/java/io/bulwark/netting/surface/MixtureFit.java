package io.bulwark.netting.surface;

import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.Arrays;
import java.util.List;

/**
 * Fits two mixed extended SSVI surfaces, starting from the one that fits best alone: for three shares every expiry after the one
 * before it; then, from the best of them, all together with the share free.
 *
 * <p>A residual is the error of the logarithm of the price, times price over vega: the volatility's error to first order without
 * an inversion; over its uncertainty, at least half a point.
 */
final class MixtureFit {
    private static final int AN_EXPIRY = 2 * EssviCoordinates.AN_EXPIRY;
    private static final double[] SHARES = {0.03, 0.1, 0.25};
    private static final double SHARE_LEAST = 0.005;
    private static final double SHARE_MOST = 0.5;
    private static final double PRICE_LEAST = 1e-300;

    private final List<Target[]> expiries;
    private final double[] years;
    private final EssviSurface single;

    /** A point as the residual needs it. */
    private record Target(double logStrike, double logPrice, double scale) {
        static Target of(SurfacePoint point) {
            double price = ImpliedVolatility.price(
                    MixtureSurface.outOfTheMoney(point.logStrike()),
                    point.logStrike(),
                    point.volatility() * Math.sqrt(point.years()));
            double vega = ImpliedVolatility.vega(point.logStrike(), point.volatility(), point.years());
            return new Target(
                    point.logStrike(),
                    StrictMath.log(price),
                    price / vega / Math.max(point.uncertainty(), EssviFit.KNOWN));
        }

        double residual(double share, SmileSlice calm, SmileSlice turbulent) {
            double price = MixtureSurface.price(
                    share,
                    logStrike,
                    Math.sqrt(calm.totalVariance(logStrike)),
                    Math.sqrt(turbulent.totalVariance(logStrike)));
            return Residuals.bent((StrictMath.log(Math.max(price, PRICE_LEAST)) - logPrice) * scale);
        }
    }

    /** Points of each expiry, by time, and the best single surface through them. */
    MixtureFit(List<List<SurfacePoint>> expiries, EssviSurface single) {
        this.expiries = expiries.stream()
                .map(points -> points.stream().map(Target::of).toArray(Target[]::new))
                .toList();
        this.single = single;
        this.years = single.slices().stream().mapToDouble(SmileSlice::years).toArray();
    }

    MixtureSurface fit() {
        Residuals together = this::residuals;
        double[] start = {};
        for (double share : SHARES) {
            double[] found = oneByOne(share);
            start = start.length == 0 || together.cost(found) < together.cost(start) ? found : start;
        }
        double[] best = together.optimum(start);
        return new MixtureSurface(
                share(best[best.length - 1]),
                new EssviSurface(slices(best, years, 0)),
                new EssviSurface(slices(best, years, 1)));
    }

    private double[] oneByOne(double share) {
        double[] coordinates = {};
        for (int expiry = 0; expiry < years.length; expiry++) {
            coordinates = EssviFit.joined(coordinates, alone(expiry, coordinates, share));
        }
        double logit = StrictMath.log((share - SHARE_LEAST) / (SHARE_MOST - share));
        return EssviFit.joined(coordinates, new double[] {logit});
    }

    private double[] alone(int expiry, double[] before, double share) {
        double[] until = Arrays.copyOf(years, expiry + 1);
        Residuals own = slice -> {
            double[] all = EssviFit.joined(before, slice);
            return residuals(
                    expiries.get(expiry),
                    share,
                    slices(all, until, 0).getLast(),
                    slices(all, until, 1).getLast());
        };
        SmileSlice s = single.slices().get(expiry);
        double[] past = Arrays.copyOf(years, expiry);
        double[] calm = EssviCoordinates.of(
                slices(before, past, 0), new SmileSlice(s.years(), 0.9 * s.theta(), s.rho(), 0.6 * s.psi()));
        double[] turbulent = EssviCoordinates.of(
                slices(before, past, 1), new SmileSlice(s.years(), 2.5 * s.theta(), s.rho(), s.psi()));
        return own.optimum(EssviFit.joined(calm, turbulent));
    }

    private double[] residuals(double[] coordinates) {
        double share = share(coordinates[coordinates.length - 1]);
        List<SmileSlice> calm = slices(coordinates, years, 0);
        List<SmileSlice> turbulent = slices(coordinates, years, 1);
        double[] all = {};
        for (int expiry = 0; expiry < years.length; expiry++) {
            all = EssviFit.joined(all, residuals(expiries.get(expiry), share, calm.get(expiry), turbulent.get(expiry)));
        }
        return all;
    }

    private static double[] residuals(Target[] targets, double share, SmileSlice calm, SmileSlice turbulent) {
        double[] residuals = new double[targets.length];
        for (int i = 0; i < targets.length; i++) {
            residuals[i] = targets[i].residual(share, calm, turbulent);
        }
        return residuals;
    }

    private static double share(double logit) {
        return SHARE_LEAST + (SHARE_MOST - SHARE_LEAST) / (1 + StrictMath.exp(-logit));
    }

    /** The slices of one of the two surfaces; the coordinates of an expiry stand together. */
    private static List<SmileSlice> slices(double[] coordinates, double[] years, int surface) {
        double[] own = new double[EssviCoordinates.AN_EXPIRY * years.length];
        for (int expiry = 0; expiry < years.length; expiry++) {
            System.arraycopy(
                    coordinates,
                    AN_EXPIRY * expiry + EssviCoordinates.AN_EXPIRY * surface,
                    own,
                    EssviCoordinates.AN_EXPIRY * expiry,
                    EssviCoordinates.AN_EXPIRY);
        }
        return EssviCoordinates.slices(years, own);
    }
}
