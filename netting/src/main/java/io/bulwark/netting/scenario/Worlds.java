package io.bulwark.netting.scenario;

import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.ScenarioRow;
import java.util.List;
import java.util.stream.IntStream;

/** What a set of rows does to volatility and time, in columns: one entry per row, so that the kernel reads flat arrays. */
final class Worlds {
    private static final double ES_DECAY_DAYS = 1;
    private static final double ES_SHOCK_SCALE = 1e6;

    /** Relative move of volatility at τ = 1. */
    final double[] level;

    /** Sign of the term twist. */
    final double[] twist;

    /** Slope of the tilt by moneyness. */
    final double[] skew;

    /** Years that pass. */
    final double[] wait;

    private Worlds(double[] level, double[] twist, double[] skew, double[] wait) {
        this.level = level;
        this.twist = twist;
        this.skew = skew;
        this.wait = wait;
    }

    int count() {
        return level.length;
    }

    static Worlds stress(List<ScenarioRow> rows, SurfaceRule rule) {
        double decay = rule.decayDays() / SurfaceRule.DAYS_PER_YEAR;
        return new Worlds(
                rows.stream()
                        .mapToDouble(row -> rule.level(row.volatilityShock().doubleValue()))
                        .toArray(),
                rows.stream().mapToDouble(ScenarioRow::twist).toArray(),
                rows.stream().mapToDouble(row -> row.skewSlope().doubleValue()).toArray(),
                // A rise of volatility must not be paid for by the passing of time that the seller gains from.
                rows.stream()
                        .mapToDouble(row -> row.volatilityShock().signum() > 0 ? 0 : decay)
                        .toArray());
    }

    static Worlds expectedShortfall(IntColumn volatility, SurfaceRule rule) {
        int count = volatility.length();
        return new Worlds(
                volatility.stream()
                        .mapToDouble(shock -> rule.level(shock / ES_SHOCK_SCALE))
                        .toArray(),
                new double[count],
                new double[count],
                IntStream.range(0, count)
                        .mapToDouble(row -> ES_DECAY_DAYS / SurfaceRule.DAYS_PER_YEAR)
                        .toArray());
    }
}
