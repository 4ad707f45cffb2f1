package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of volatility, kurtosis, regime, look-back, price range and price filter. Ratios in ppm. */
public final class VolatilityParameters implements GovernedRoom {
    /** λ of σ_now: the share of yesterday's variance that stays. RiskMetrics (1996). */
    public static final Parameter DECAY = new Parameter("volatility.decay", "ppm", 900_000, 990_000, 940_000);

    /** Most whole days that may lie between the last day of a group's history and the day of an epoch that is sealed over it. */
    public static final Parameter HISTORY_AGE = new Parameter("volatility.historyAge", "days", 1, 365, 7);

    /** Weight of the stressed volatility in σ_used; the European rule for this choice of tool is at least 25 % (RTS 153/2013 art. 28(1)(b)). */
    public static final Parameter STRESS_WEIGHT =
            new Parameter("volatility.stressWeight", "ppm", 250_000, Ppm.ONE, 250_000);

    /** Quantile of σ_now that counts as stressed. */
    public static final Parameter STRESS_QUANTILE =
            new Parameter("volatility.stressQuantile", "ppm", 900_000, Ppm.ONE, 975_000);

    /** Days over which the stressed quantile is taken: three years. */
    public static final Parameter STRESS_DAYS = new Parameter("volatility.stressDays", "days", 365, 3_652, 1_095);

    /** The long-run volatility counts at least with this weight (RTS 153/2013 art. 28(1)(c) takes all of it). */
    public static final Parameter FLOOR_WEIGHT =
            new Parameter("volatility.floorWeight", "ppm", 500_000, Ppm.ONE, 750_000);

    /** Days of the long-run volatility: ten years, fewer while the history is shorter. */
    public static final Parameter FLOOR_DAYS = new Parameter("volatility.floorDays", "days", 1_095, 7_305, 3_652);

    /** Days of the median that releases the buffer. */
    public static final Parameter BUFFER_DAYS = new Parameter("volatility.bufferDays", "days", 10, 365, 30);

    /** λ of the kurtosis. */
    public static final Parameter KURTOSIS_DECAY =
            new Parameter("volatility.kurtosisDecay", "ppm", 950_000, 999_000, 985_000);

    /** A standardised return counts in the kurtosis at most as this many standard deviations. */
    public static final Parameter KURTOSIS_CLIP =
            new Parameter("volatility.kurtosisClip", "standard deviations", 4, 8, 5);

    /** Kurtosis of an underlying of which nothing is known yet: 9 is a Student law of five degrees of freedom, a little above the median of BTC 2014–2025 (8.2). */
    public static final Parameter KURTOSIS_START = new Parameter("volatility.kurtosisStart", "1", 3, 25, 9);

    /** Confidence of the tail multiplier. */
    public static final Parameter CONFIDENCE = new Parameter("volatility.confidence", "ppm", 990_000, 999_900, 999_000);

    /** Least tail multiplier. */
    public static final Parameter MULTIPLIER_LEAST =
            new Parameter("volatility.multiplierLeast", "ppm", 3_000_000, 3_090_000, 3_000_000);

    /** Greatest tail multiplier; six standard deviations are the most that the source text promises. */
    public static final Parameter MULTIPLIER_MOST =
            new Parameter("volatility.multiplierMost", "ppm", 5_080_000, 6_000_000, 6_000_000);

    /** Stress regime: σ_now above this multiple of its median. */
    public static final Parameter REGIME = new Parameter("volatility.regime", "ppm", 1_100_000, 3_000_000, 1_500_000);

    /** Days of the median that the regime compares with: one year. */
    public static final Parameter REGIME_DAYS = new Parameter("volatility.regimeDays", "days", 90, 1_095, 365);

    /** Shortest window of the filtered historical simulation. */
    public static final Parameter LOOK_BACK_LEAST = new Parameter("volatility.lookBackLeast", "days", 500, 1_000, 750);

    /** Longest window, and the one in force while none passes. */
    public static final Parameter LOOK_BACK_MOST =
            new Parameter("volatility.lookBackMost", "days", 1_000, 2_500, 1_500);

    /** Windows are tried in steps of so many days. */
    public static final Parameter LOOK_BACK_STEP = new Parameter("volatility.lookBackStep", "days", 1, 750, 125);

    /** Days over which a window's forecasts are judged. */
    public static final Parameter LOOK_BACK_TESTED =
            new Parameter("volatility.lookBackTested", "days", 125, 1_000, 250);

    /** A published range or volatility falls by at most this share an epoch of one day; rises are not limited. */
    public static final Parameter FALL_MOST = new Parameter("volatility.fallMost", "ppm a day", 1_000, 100_000, 20_000);

    /** X, either side: the bounds of what is published. Up to this value {@link #YEAR_TIMES} holds no rise back. */
    public static final Parameter RANGE = new Parameter("volatility.range", "ppm", 30_000, 950_000, 350_000);

    /** Against procyclicality: either side stays within so many times of all that was published of it in the last year. */
    public static final Parameter YEAR_TIMES = new Parameter("volatility.yearTimes", "times", 2, 32, 4);

    /** Whether rows fall and rise by ranges of their own: 1; or by one X, the larger: 0. */
    public static final Parameter SIDED = new Parameter("volatility.sided", "0 or 1", 0, 1, 1);

    /** A day's range may be this many times the median range of the days before. */
    public static final Parameter FILTER_MULTIPLE = new Parameter("volatility.filterMultiple", "1", 20, 200, 60);

    /** The limit of a day's range is at least this. */
    public static final Parameter FILTER_FLOOR =
            new Parameter("volatility.filterFloor", "ppm", 10_000, 500_000, 50_000);

    /** Days of the median range; no print is judged before there are as many. */
    public static final Parameter FILTER_DAYS = new Parameter("volatility.filterDays", "days", 10, 90, 30);

    /** So many days of one price are flagged. */
    public static final Parameter FLAT_DAYS = new Parameter("volatility.flatDays", "days", 2, 10, 3);

    private static final double PPM = 1e6;

    /** A parameter in ppm as a share. */
    static double share(ParameterSet set, Parameter parameter) {
        return set.value(parameter) / PPM;
    }

    /** A parameter that counts. */
    static int count(ParameterSet set, Parameter parameter) {
        return Math.toIntExact(set.value(parameter));
    }
}
