package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.ParameterSet;

/**
 * How a path of volatilities is computed: decays, windows, tool against procyclicality, tail multiplier.
 *
 * @param decay λ of σ_now, 0 to 1
 * @param stressQuantile quantile of σ_now that is σ_stress, 0 to 1
 * @param stressDays window of that quantile
 * @param longRunDays window of σ_10y
 * @param bufferDays window of the median that releases a buffer
 * @param regime multiple of the median of σ_now above which the regime is stress
 * @param regimeDays window of that median
 * @param kurtosis decay, clip and start of K4
 * @param tool against procyclicality
 * @param multiplier standard deviations of the price range
 */
public record VolatilityRule(
        double decay,
        double stressQuantile,
        int stressDays,
        int longRunDays,
        int bufferDays,
        double regime,
        int regimeDays,
        Kurtosis kurtosis,
        AntiProcyclicality tool,
        TailMultiplier multiplier) {
    /** Checks the ranges that a path relies on. */
    public VolatilityRule {
        if (!(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException("decay must be between 0 and 1; have " + decay);
        }
        if (!(stressQuantile >= 0 && stressQuantile <= 1)) {
            throw new IllegalArgumentException("stressQuantile must be 0 to 1; have " + stressQuantile);
        }
        int shortest = Math.min(Math.min(stressDays, longRunDays), Math.min(bufferDays, regimeDays));
        if (shortest < 1) {
            throw new IllegalArgumentException("windows must be at least one day; have " + shortest);
        }
    }

    /**
     * How K4 is averaged.
     *
     * @param decay λ, 0 to 1
     * @param clip standard deviations that a return counts at most
     * @param start value before the first observation
     */
    public record Kurtosis(double decay, double clip, double start) {
        /** Checks the ranges. */
        public Kurtosis {
            if (!(decay > 0 && decay < 1 && clip > 0 && start > 0)) {
                throw new IllegalArgumentException("kurtosis must have 0 < decay < 1, clip > 0 and start > 0; have "
                        + decay + ", " + clip + ", " + start);
            }
        }
    }

    /** The published rule at the parameters' initial values. */
    public static VolatilityRule founding() {
        return of(ParameterSet.founding());
    }

    /** The published rule under these parameters. */
    public static VolatilityRule of(ParameterSet set) {
        return new VolatilityRule(
                VolatilityParameters.share(set, VolatilityParameters.DECAY),
                VolatilityParameters.share(set, VolatilityParameters.STRESS_QUANTILE),
                VolatilityParameters.count(set, VolatilityParameters.STRESS_DAYS),
                VolatilityParameters.count(set, VolatilityParameters.FLOOR_DAYS),
                VolatilityParameters.count(set, VolatilityParameters.BUFFER_DAYS),
                VolatilityParameters.share(set, VolatilityParameters.REGIME),
                VolatilityParameters.count(set, VolatilityParameters.REGIME_DAYS),
                new Kurtosis(
                        VolatilityParameters.share(set, VolatilityParameters.KURTOSIS_DECAY),
                        set.value(VolatilityParameters.KURTOSIS_CLIP),
                        set.value(VolatilityParameters.KURTOSIS_START)),
                new AntiProcyclicality.StressAndFloor(
                        VolatilityParameters.share(set, VolatilityParameters.STRESS_WEIGHT),
                        VolatilityParameters.share(set, VolatilityParameters.FLOOR_WEIGHT)),
                new TailMultiplier.Student(
                        VolatilityParameters.share(set, VolatilityParameters.CONFIDENCE),
                        VolatilityParameters.share(set, VolatilityParameters.MULTIPLIER_LEAST),
                        VolatilityParameters.share(set, VolatilityParameters.MULTIPLIER_MOST)));
    }

    /** This rule with another tool against procyclicality. */
    public VolatilityRule with(AntiProcyclicality other) {
        return new VolatilityRule(
                decay,
                stressQuantile,
                stressDays,
                longRunDays,
                bufferDays,
                regime,
                regimeDays,
                kurtosis,
                other,
                multiplier);
    }

    /** This rule with another tail multiplier. */
    public VolatilityRule with(TailMultiplier other) {
        return new VolatilityRule(
                decay, stressQuantile, stressDays, longRunDays, bufferDays, regime, regimeDays, kurtosis, tool, other);
    }
}
