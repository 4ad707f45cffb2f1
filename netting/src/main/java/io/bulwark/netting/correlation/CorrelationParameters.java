package io.bulwark.netting.correlation;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of correlation and of the distance by which a group may break away. Ratios in ppm. */
public final class CorrelationParameters implements GovernedRoom {
    /** λ: the share of yesterday's weight that stays. */
    public static final Parameter DECAY = new Parameter("correlation.decay", "ppm", 930_000, 999_000, 970_000);

    /** Share of the constant-correlation matrix in the published one. */
    public static final Parameter SHRINK = new Parameter("correlation.shrink", "ppm", 0, 500_000, 100_000);

    /** κ = slope · √(1 − ρ²). */
    public static final Parameter APART_SLOPE =
            new Parameter("correlation.apartSlope", "ppm", 250_000, Ppm.ONE, 450_000);

    /** Least κ, of the price range. */
    public static final Parameter APART_LEAST =
            new Parameter("correlation.apartLeast", "ppm of X", 0, 350_000, 150_000);

    /** Greatest κ, of the price range. */
    public static final Parameter APART_MOST =
            new Parameter("correlation.apartMost", "ppm of X", 350_000, Ppm.ONE, 600_000);

    /** A submitted move is plausible if its law passes it once in so many years. */
    public static final Parameter PLAUSIBLE_YEARS = new Parameter("correlation.plausibleYears", "years", 1, 50, 10);

    /** ν of the law that moves are judged by. */
    public static final Parameter PLAUSIBLE_FREEDOM =
            new Parameter("correlation.plausibleFreedom", "degrees of freedom", 3, 10, 4);

    /** Least correlation that moves are judged by. */
    public static final Parameter PLAUSIBLE_LEAST =
            new Parameter("correlation.plausibleLeast", "ppm", 0, 800_000, 200_000);

    /** Greatest correlation that moves are judged by. */
    public static final Parameter PLAUSIBLE_MOST =
            new Parameter("correlation.plausibleMost", "ppm", 800_000, 990_000, 900_000);

    private static final double PPM = 1e6;

    static double share(ParameterSet set, Parameter parameter) {
        return set.value(parameter) / PPM;
    }
}
