package io.bulwark.netting.surface;

import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The implied-volatility index of an underlying: the volatility at which a 30-day variance swap is fair, replicated by options out
 * of the money, {@code σ²T = 2 Σ ΔK/K² · Q(K)} (Demeterfi, Derman, Kamal and Zou 1999; Cboe Volatility Index methodology). Only
 * quotes that passed the filter count, so a crossed or stale quote cannot move it.
 */
public final class VarianceSwapIndex {
    /** The horizon: 30 days. */
    public static final double HORIZON = 30 / 365.0;

    private static final double NEAREST = 7 / 365.0;
    private static final int STEPS = 2_000;
    private static final double DEVIATIONS = 12;

    private VarianceSwapIndex() {}

    /**
     * The index from quotes: the two expiries around 30 days (none nearer than 7), linear in total variance; of one side alone
     * where the chain has no other. Empty without an expiry of six usable quotes.
     */
    public static OptionalDouble of(List<SurfacePoint> points) {
        List<List<SurfacePoint>> expiries = SurfaceFit.byExpiry(points).stream()
                .filter(expiry -> expiry.size() >= SurfaceFit.POINTS_LEAST
                        && expiry.getFirst().years() >= NEAREST)
                .toList();
        List<List<SurfacePoint>> around = new ArrayList<>();
        for (List<SurfacePoint> expiry : expiries) {
            if (!around.isEmpty() && expiry.getFirst().years() <= HORIZON) {
                around.clear();
            }
            if (around.size() < 2) {
                around.add(expiry);
            }
        }
        if (around.isEmpty()) {
            return OptionalDouble.empty();
        }
        double first = around.getFirst().getFirst().years();
        double last = around.getLast().getFirst().years();
        double before = totalVariance(around.getFirst());
        if (last == first || first > HORIZON) {
            return OptionalDouble.of(Math.sqrt(before / first));
        }
        double share = (HORIZON - first) / (last - first);
        return OptionalDouble.of(Math.sqrt((before + share * (totalVariance(around.getLast()) - before)) / HORIZON));
    }

    /** The index of a surface: the same integral over all strikes, by Simpson's rule. */
    public static double of(VolatilitySurface surface, double years) {
        double reach = DEVIATIONS * Math.sqrt(surface.totalVariance(0, years));
        double step = 2 * reach / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double k = -reach + i * step;
            double weight = i == 0 || i == STEPS ? 1 : i % 2 == 0 ? 2 : 4;
            double option = ImpliedVolatility.price(
                    MixtureSurface.outOfTheMoney(k), k, Math.sqrt(surface.totalVariance(k, years)));
            sum += weight * option * StrictMath.exp(-k);
        }
        return Math.sqrt(2 * sum * step / 3 / years);
    }

    /** 2 Σ ΔK/K² · Q(K) of one expiry: ΔK half the distance of the neighbours, at the ends the distance of the one. */
    static double totalVariance(List<SurfacePoint> expiry) {
        List<SurfacePoint> byStrike = expiry.stream()
                .sorted((a, b) -> Double.compare(a.strike(), b.strike()))
                .toList();
        double sum = 0;
        for (int i = 0; i < byStrike.size(); i++) {
            SurfacePoint point = byStrike.get(i);
            double below = StrictMath.exp(byStrike.get(Math.max(0, i - 1)).logStrike());
            double above = StrictMath.exp(
                    byStrike.get(Math.min(byStrike.size() - 1, i + 1)).logStrike());
            double width = i == 0 || i == byStrike.size() - 1 ? above - below : 0.5 * (above - below);
            double strike = StrictMath.exp(point.logStrike());
            double option = ImpliedVolatility.price(
                    MixtureSurface.outOfTheMoney(point.logStrike()),
                    point.logStrike(),
                    point.volatility() * Math.sqrt(point.years()));
            sum += 2 * width / (strike * strike) * option;
        }
        return sum;
    }
}
