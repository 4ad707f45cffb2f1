package io.bulwark.netting.revaluation;

import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.ScenarioRow;
import java.util.Arrays;
import java.util.List;

/**
 * What a set of rows does to volatility and time, in columns: one entry per row, so that the kernel reads flat arrays. Columns
 * are padded with rows that do nothing to a multiple of eight, so that a kernel of lanes needs no rest loop.
 */
final class Worlds {
    private static final double ES_DECAY_DAYS = 1;
    private static final double ES_SHOCK_SCALE = 1e6;

    /** Rows in a padded block: the largest number of lanes. */
    static final int LANES = 8;

    /** Number of rows; the columns are longer. */
    final int count;

    /** Relative move of volatility at τ = 1. */
    final double[] level;

    /** Sign of the term twist. */
    final double[] twist;

    /** Slope of the tilt by moneyness. */
    final double[] skew;

    /** Years that pass: none, or {@link #decay}. */
    final double[] wait;

    /** Years that pass in every row in which time passes at all. */
    final double decay;

    /** What the kernels write into, for one option after another: one thread at a time. */
    final LaneScratch scratch;

    private Worlds(double[] level, double[] twist, double[] skew, double[] wait, double decay) {
        this.count = level.length;
        this.decay = decay;
        this.level = padded(level, 0);
        this.twist = padded(twist, 0);
        this.skew = padded(skew, 0);
        this.wait = padded(wait, 0);
        this.scratch = new LaneScratch(this.wait.length);
    }

    /** A column of whole lanes. */
    static double[] padded(double[] column, double filler) {
        double[] padded = Arrays.copyOf(column, Math.ceilDiv(column.length, LANES) * LANES);
        Arrays.fill(padded, column.length, padded.length, filler);
        return padded;
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
                        .toArray(),
                decay);
    }

    static Worlds expectedShortfall(IntColumn volatility, SurfaceRule rule) {
        double decay = ES_DECAY_DAYS / SurfaceRule.DAYS_PER_YEAR;
        double[] wait = new double[volatility.length()];
        Arrays.fill(wait, decay);
        return new Worlds(
                volatility.stream()
                        .mapToDouble(shock -> rule.level(shock / ES_SHOCK_SCALE))
                        .toArray(),
                new double[wait.length],
                new double[wait.length],
                wait,
                decay);
    }
}
