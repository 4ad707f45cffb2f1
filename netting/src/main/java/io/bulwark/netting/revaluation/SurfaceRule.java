package io.bulwark.netting.revaluation;

import io.bulwark.netting.risktable.IntColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How scenario rows move implied volatility and time.
 *
 * <p>The published rule: up {@code iv(1 + .60τ)}, down {@code iv(1 − .35τ)}, τ = (30/max(days, 1))^p. A twist moves expiries
 * up to 30 days by 25 %τ and later ones by 15 %τ the other way. No volatility falls below 5 % a year.
 *
 * @param rise full rise of volatility at 30 days, a fraction: 0.6
 * @param fall full fall of volatility at 30 days, a fraction: 0.35
 * @param shortPower p up to 30 days: 0.3
 * @param longPower p beyond 30 days: 0.13
 * @param decayDays days that pass in rows without a rise of volatility: 2
 * @param exchangeCorrelation correlation of the two underlyings of an exchange option: 0.8
 */
public record SurfaceRule(
        BigDecimal rise,
        BigDecimal fall,
        BigDecimal shortPower,
        BigDecimal longPower,
        int decayDays,
        BigDecimal exchangeCorrelation) {

    /** The rule of the published table. */
    public static final SurfaceRule PUBLISHED = new SurfaceRule(
            new BigDecimal("0.6"),
            new BigDecimal("0.35"),
            new BigDecimal("0.3"),
            new BigDecimal("0.13"),
            2,
            new BigDecimal("0.8"));

    public static final double DAYS_PER_YEAR = 365;
    private static final double FRONT_DAYS = 30;
    private static final double FRONT_TWIST = 0.25;
    private static final double BACK_TWIST = -0.15;
    static final double LOWEST_VOLATILITY = 0.05;
    static final double LOWEST_DEVIATION = 0.05;
    static final double LOWEST_SKEW_FACTOR = 0.25;
    static final double MONEYNESS_LIMIT = 3;

    /** τ: how much more a near expiry's volatility moves than that of 30 days. */
    double termFactor(double years) {
        double days = years * DAYS_PER_YEAR;
        double power = (days <= FRONT_DAYS ? shortPower : longPower).doubleValue();
        return StrictMath.pow(FRONT_DAYS / Math.max(days, 1), power);
    }

    /** Relative move of volatility in a twist of sign 1. */
    double twist(double years) {
        return years * DAYS_PER_YEAR <= FRONT_DAYS ? FRONT_TWIST : BACK_TWIST;
    }

    /** Relative move of volatility at τ = 1 for a shock of −1 to 1, or beyond in expected-shortfall rows. */
    double level(double shock) {
        return (shock > 0 ? rise : fall).doubleValue() * shock;
    }

    /**
     * The shocks that make given relative moves of volatility at τ = 1, half to even.
     *
     * @param moves relative moves, ppm
     * @return shocks, 10⁻⁶ of the full rise or fall
     */
    public IntColumn shocks(IntColumn moves) {
        return IntColumn.of(moves.stream()
                .map(move -> BigDecimal.valueOf(move)
                        .divide(move > 0 ? rise : fall, 0, RoundingMode.HALF_EVEN)
                        .intValueExact())
                .toArray());
    }

    /** No volatility of a scenario is lower. */
    static double floored(double volatility) {
        return larger(volatility, LOWEST_VOLATILITY);
    }

    /** √T of standardised moneyness: at least a day's. */
    public static double rootYears(double years) {
        return Math.sqrt(Math.max(years, 1 / DAYS_PER_YEAR));
    }

    /**
     * A volatility tilted by moneyness.
     *
     * @param volatility the level
     * @param logStrike k = ln(K/F)
     * @param rootYears of {@link #rootYears}
     * @param slope per standard deviation of moneyness; &gt; 0 raises low strikes
     */
    public static double skewed(double volatility, double logStrike, double rootYears, double slope) {
        double z = logStrike / larger(volatility * rootYears, LOWEST_DEVIATION);
        double clipped = z > MONEYNESS_LIMIT ? MONEYNESS_LIMIT : larger(z, -MONEYNESS_LIMIT);
        return volatility * larger(1 - slope * clipped, LOWEST_SKEW_FACTOR);
    }

    /** The larger of two, by one comparison: what a lane does too. */
    private static double larger(double value, double least) {
        return value > least ? value : least;
    }
}
