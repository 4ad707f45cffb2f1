package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.StaticArbitrage.ListedExpiry;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A surface free of static arbitrage near one that is not, changed only where something could be traded.
 *
 * <p>Calls are priced as shares of the forward on every listed moneyness x = K/F. First each expiry becomes its largest convex
 * minorant: the greatest prices below its own that no butterfly beats. Then each expiry becomes the larger of itself and the one
 * before it, at every x: the least prices above that no calendar beats. A maximum of convex functions is convex, so the second step
 * undoes nothing of the first (P. Carr and D. Madan 2005, on what suffices). Between strikes and between expiries prices are linear.
 */
public final class RepairedSurface implements VolatilitySurface {
    private static final double FAR = 100;
    private static final double DEVIATIONS = 4;

    private final double[] moneyness;
    private final double[] years;
    private final double[][] calls;

    private RepairedSurface(double[] moneyness, double[] years, double[][] calls) {
        this.moneyness = moneyness;
        this.years = years;
        this.calls = calls;
    }

    /** Repairs a surface at the listed expiries, which are in the order of time. */
    public static RepairedSurface of(VolatilitySurface broken, List<ListedExpiry> expiries) {
        double[] listed = expiries.stream()
                .flatMapToDouble(expiry -> DoubleStream.of(expiry.logStrikes()))
                .sorted()
                .distinct()
                .toArray();
        double[] moneyness = new double[listed.length + 2];
        moneyness[listed.length + 1] = FAR * StrictMath.exp(listed[listed.length - 1]);
        double[][] calls = new double[expiries.size()][];
        for (int i = 0; i < listed.length; i++) {
            moneyness[i + 1] = StrictMath.exp(listed[i]);
        }
        for (int expiry = 0; expiry < calls.length; expiry++) {
            double[] own = prices(broken, expiries.get(expiry).years(), listed);
            double[] convex = minorant(moneyness, own);
            calls[expiry] = expiry == 0 ? convex : larger(convex, calls[expiry - 1]);
        }
        return new RepairedSurface(
                moneyness, expiries.stream().mapToDouble(ListedExpiry::years).toArray(), calls);
    }

    /** How far it stands from another surface at listed strikes out of the money, up to four deviations, in volatility. */
    public FitStatistics distance(VolatilitySurface other, List<ListedExpiry> expiries) {
        List<SurfacePoint> points = new ArrayList<>();
        for (ListedExpiry expiry : expiries) {
            double deviation = Math.sqrt(other.totalVariance(0, expiry.years()));
            for (double k : expiry.logStrikes()) {
                if (Math.abs(k) <= DEVIATIONS * deviation) {
                    double volatility = other.volatility(k, expiry.years());
                    points.add(new SurfacePoint(
                            MixtureSurface.outOfTheMoney(k),
                            StrictMath.exp(k),
                            expiry.years(),
                            k,
                            volatility,
                            volatility,
                            volatility));
                }
            }
        }
        return FitStatistics.of(this, points);
    }

    /** The variance of the repaired price; 0 where it is intrinsic. */
    @Override
    public double totalVariance(double logStrike, double time) {
        int later = 0;
        while (later < years.length - 1 && years[later] < time) {
            later++;
        }
        int earlier = Math.max(0, later - 1);
        double span = years[later] - years[earlier];
        double share = span > 0 ? Math.max(0, Math.min(1, (time - years[earlier]) / span)) : 1;
        double x = StrictMath.exp(logStrike);
        double call = (1 - share) * between(calls[earlier], x) + share * between(calls[later], x);
        OptionRight right = MixtureSurface.outOfTheMoney(logStrike);
        double price = right == OptionRight.CALL ? call : call - 1 + x;
        double deviation = ImpliedVolatility.of(right, logStrike, 1, price).orElse(0);
        return deviation * deviation;
    }

    private double between(double[] prices, double x) {
        int above = 1;
        while (above < moneyness.length - 1 && moneyness[above] < x) {
            above++;
        }
        double share = (x - moneyness[above - 1]) / (moneyness[above] - moneyness[above - 1]);
        return prices[above - 1] + Math.min(1, share) * (prices[above] - prices[above - 1]);
    }

    /** Calls at 0, at the listed moneyness and far away: worth the forward, their price, nothing. */
    private static double[] prices(VolatilitySurface surface, double years, double[] listed) {
        double[] prices = new double[listed.length + 2];
        prices[0] = 1;
        for (int i = 0; i < listed.length; i++) {
            prices[i + 1] = ImpliedVolatility.price(
                    OptionRight.CALL, listed[i], Math.sqrt(surface.totalVariance(listed[i], years)));
        }
        return prices;
    }

    /** The largest convex function below points: the lower hull of Andrew's monotone chain, linear between its corners. */
    private static double[] minorant(double[] x, double[] y) {
        int[] corners = new int[x.length];
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            while (count >= 2 && !below(x, y, corners[count - 2], corners[count - 1], i)) {
                count--;
            }
            corners[count++] = i;
        }
        double[] hull = new double[x.length];
        for (int corner = 0; corner + 1 < count; corner++) {
            int from = corners[corner];
            int to = corners[corner + 1];
            for (int i = from; i <= to; i++) {
                hull[i] = i == from || i == to
                        ? y[i]
                        : y[from] + (y[to] - y[from]) * (x[i] - x[from]) / (x[to] - x[from]);
            }
        }
        return hull;
    }

    /** Whether the middle point lies below the line through its neighbours. */
    private static boolean below(double[] x, double[] y, int left, int middle, int right) {
        return (y[middle] - y[left]) * (x[right] - x[left]) < (y[right] - y[left]) * (x[middle] - x[left]);
    }

    private static double[] larger(double[] own, double[] before) {
        double[] larger = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            larger[i] = Math.max(own[i], before[i]);
        }
        return larger;
    }
}
