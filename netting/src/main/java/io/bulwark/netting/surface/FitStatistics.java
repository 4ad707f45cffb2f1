package io.bulwark.netting.surface;

import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.List;

/**
 * How near a surface comes to points, in volatility (0.01 is one point).
 *
 * @param count points
 * @param rootMeanSquare √ of the mean squared error
 * @param meanAbsolute mean size of an error
 * @param largest largest size of an error
 * @param inside share of the points whose volatility on the surface lies between bid and offer
 */
public record FitStatistics(int count, double rootMeanSquare, double meanAbsolute, double largest, double inside) {
    /** Of a surface against points; all zero without points. */
    public static FitStatistics of(VolatilitySurface surface, List<SurfacePoint> points) {
        double squares = 0;
        double sizes = 0;
        double largest = 0;
        int inside = 0;
        for (SurfacePoint point : points) {
            double volatility = surface.volatility(point.logStrike(), point.years());
            double error = Math.abs(volatility - point.volatility());
            squares += error * error;
            sizes += error;
            largest = Math.max(largest, error);
            inside += volatility >= point.bid() && volatility <= point.ask() ? 1 : 0;
        }
        int divisor = Math.max(1, points.size());
        return new FitStatistics(
                points.size(), Math.sqrt(squares / divisor), sizes / divisor, largest, (double) inside / divisor);
    }

    /** Of both sets of points together. */
    FitStatistics and(FitStatistics other) {
        int all = count + other.count;
        double divisor = Math.max(1, all);
        double squares =
                count * rootMeanSquare * rootMeanSquare + other.count * other.rootMeanSquare * other.rootMeanSquare;
        return new FitStatistics(
                all,
                Math.sqrt(squares / divisor),
                (count * meanAbsolute + other.count * other.meanAbsolute) / divisor,
                Math.max(largest, other.largest),
                (count * inside + other.count * other.inside) / divisor);
    }
}
