package io.bulwark.netting.surface;

import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.Arrays;
import java.util.List;

/**
 * Fits an extended SSVI surface to points in volatility over {@link EssviCoordinates}: first every expiry alone after the one
 * before it, then all together.
 *
 * <p>A residual is the volatility's error over its uncertainty, at least half a point.
 */
final class EssviFit {
    /** No volatility is taken to be known better than this. */
    static final double KNOWN = 0.005;

    private static final double[] TILTS = {-0.4, 0, 0.4};

    private final List<List<SurfacePoint>> expiries;
    private final double[] years;

    /** Points of each expiry, by time; each expiry has at least one. */
    EssviFit(List<List<SurfacePoint>> expiries) {
        this.expiries = expiries;
        this.years = expiries.stream()
                .mapToDouble(expiry -> expiry.getFirst().years())
                .toArray();
    }

    EssviSurface fit() {
        double[] coordinates = {};
        for (int expiry = 0; expiry < years.length; expiry++) {
            coordinates = joined(coordinates, alone(expiry, coordinates));
        }
        Residuals together = this::residuals;
        return new EssviSurface(EssviCoordinates.slices(years, together.optimum(coordinates)));
    }

    /** The best coordinates of one expiry after those before it. */
    private double[] alone(int expiry, double[] before) {
        double[] until = Arrays.copyOf(years, expiry + 1);
        List<SurfacePoint> points = expiries.get(expiry);
        Residuals own = slice ->
                residuals(EssviCoordinates.slices(until, joined(before, slice)).getLast(), points);
        List<SmileSlice> fitted = EssviCoordinates.slices(Arrays.copyOf(years, expiry), before);
        double theta = moneyVariance(points);
        double[] best = {};
        for (double tilt : TILTS) {
            double[] found =
                    own.optimum(EssviCoordinates.of(fitted, new SmileSlice(years[expiry], theta, tilt, theta)));
            best = best.length == 0 || own.cost(found) < own.cost(best) ? found : best;
        }
        return best;
    }

    private static double moneyVariance(List<SurfacePoint> points) {
        SurfacePoint money = points.getFirst();
        for (SurfacePoint point : points) {
            money = Math.abs(point.logStrike()) < Math.abs(money.logStrike()) ? point : money;
        }
        return money.volatility() * money.volatility() * money.years();
    }

    private double[] residuals(double[] coordinates) {
        List<SmileSlice> slices = EssviCoordinates.slices(years, coordinates);
        double[] all = {};
        for (int expiry = 0; expiry < years.length; expiry++) {
            all = joined(all, residuals(slices.get(expiry), expiries.get(expiry)));
        }
        return all;
    }

    private static double[] residuals(SmileSlice slice, List<SurfacePoint> points) {
        return points.stream()
                .mapToDouble(point -> Residuals.bent(
                        (Math.sqrt(slice.totalVariance(point.logStrike()) / slice.years()) - point.volatility())
                                / Math.max(point.uncertainty(), KNOWN)))
                .toArray();
    }

    /** Two arrays, one after the other. */
    static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
