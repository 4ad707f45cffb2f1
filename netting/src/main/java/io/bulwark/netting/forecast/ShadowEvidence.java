package io.bulwark.netting.forecast;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * What a shadow period shows.
 *
 * @param days number of days
 * @param statistic Diebold–Mariano of QLIKE, positive where the challenger is better
 * @param championShortfall Acerbi–Székely's Z2 of the champion's expected shortfall at 99 %, the worse side; 0 is right, below 0 too little
 * @param challengerShortfall the challenger's
 */
record ShadowEvidence(int days, double statistic, double championShortfall, double challengerShortfall) {
    private static final double LEVEL = 0.01;
    private static final double FREEDOM = 4;
    private static final double QUANTILE;
    private static final double SHORTFALL;

    static {
        TDistribution student = new TDistribution(FREEDOM);
        double unit = Math.sqrt((FREEDOM - 2) / FREEDOM);
        double t = -student.inverseCumulativeProbability(LEVEL);
        QUANTILE = t * unit;
        SHORTFALL = student.density(t) / LEVEL * (FREEDOM + t * t) / (FREEDOM - 1) * unit;
    }

    /** The evidence of some days; the laws of both models are Student's with four degrees of freedom and their own variance. */
    static ShadowEvidence of(List<ShadowRecord.Day> days) {
        double[] champion = losses(days, ShadowRecord.Day::champion);
        double[] challenger = losses(days, ShadowRecord.Day::challenger);
        return new ShadowEvidence(
                days.size(),
                ForecastLoss.dieboldMariano(champion, challenger, 1),
                shortfall(days, ShadowRecord.Day::champion),
                shortfall(days, ShadowRecord.Day::challenger));
    }

    private static double[] losses(List<ShadowRecord.Day> days, ToDoubleFunction<ShadowRecord.Day> forecast) {
        return days.stream()
                .mapToDouble(day -> ForecastLoss.qlike(day.realised(), forecast.applyAsDouble(day)))
                .toArray();
    }

    /** Z2 = 1 − Σ loss beyond VaR / (T·α·ES), the smaller of long and short. Acerbi and Székely (2014), eq. 6. */
    private static double shortfall(List<ShadowRecord.Day> days, ToDoubleFunction<ShadowRecord.Day> forecast) {
        double falls = 0;
        double rises = 0;
        for (ShadowRecord.Day day : days) {
            double z = day.logReturn() / Math.sqrt(forecast.applyAsDouble(day));
            falls += z < -QUANTILE ? -z / SHORTFALL : 0;
            rises += z > QUANTILE ? z / SHORTFALL : 0;
        }
        return 1 - Math.max(falls, rises) / (days.size() * LEVEL);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d days: Diebold-Mariano %.2f, Z2 champion %.2f, challenger %.2f",
                days,
                statistic,
                championShortfall,
                challengerShortfall);
    }
}
