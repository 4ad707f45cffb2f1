package io.bulwark.netting.venuemargin;

/**
 * How far a venue moves implied volatility at a term: {@code 1 ± range · (30 days / max(term, floor))^power}.
 *
 * @param rangeUp relative rise of the 30-day volatility
 * @param rangeDown relative fall of the 30-day volatility
 * @param shortPower power up to 30 days
 * @param longPower power beyond 30 days
 * @param floorSeconds shortest term that counts, &gt; 0 unless no option is that short
 */
public record VolatilityShock(
        double rangeUp, double rangeDown, double shortPower, double longPower, double floorSeconds) {
    private static final double MONTH_SECONDS = 30.0 * 86_400;

    /** Checks the ranges. */
    public VolatilityShock {
        Check.notNegative("volatility range up", rangeUp);
        Check.notNegative("volatility range down", rangeDown);
        Check.finite("short-term power", shortPower);
        Check.finite("long-term power", longPower);
        Check.notNegative("term floor", floorSeconds);
    }

    /** Factor on the volatility when it rises. */
    double up(double seconds) {
        return 1 + rangeUp * term(seconds);
    }

    /** Factor on the volatility when it falls, not below 0. */
    double down(double seconds) {
        return Math.max(0, 1 - rangeDown * term(seconds));
    }

    private double term(double seconds) {
        double term = Math.max(seconds, floorSeconds);
        Check.positive("term of a volatility shock", term);
        return StrictMath.pow(MONTH_SECONDS / term, seconds <= MONTH_SECONDS ? shortPower : longPower);
    }
}
