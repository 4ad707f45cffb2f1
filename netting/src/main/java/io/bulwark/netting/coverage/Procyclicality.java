package io.bulwark.netting.coverage;

/**
 * How much a margin feeds a crisis: how fast it rises and how far it swings.
 *
 * <p>Source: D. Murphy, M. Vasios, N. Vause, "An investigation into the procyclicality of risk-based initial margin models",
 * Bank of England Financial Stability Paper 29 (2014): n-day measure, peak to trough; here all as fractions.
 *
 * @param rise1 largest relative rise over 1 day, 0 if it never rises
 * @param rise5 over 5 days
 * @param rise30 over 30 days
 * @param peakToTrough largest ratio of the highest to the lowest margin within 365 days, ≥ 1
 * @param logChange standard deviation of the daily changes of ln(margin), sample formula
 */
public record Procyclicality(double rise1, double rise5, double rise30, double peakToTrough, double logChange) {
    private static final int YEAR = 365;

    /**
     * The measures of a series of daily margins; a series too short for a measure has none of it (rise 0, ratio 1).
     *
     * @throws IllegalArgumentException if a margin is not above 0
     */
    public static Procyclicality of(double[] margins) {
        for (int day = 0; day < margins.length; day++) {
            if (!(margins[day] > 0)) {
                throw new IllegalArgumentException("margins[" + day + "] must be > 0; have " + margins[day]);
            }
        }
        return new Procyclicality(
                rise(margins, 1), rise(margins, 5), rise(margins, 30), peakToTrough(margins), logChange(margins));
    }

    private static double rise(double[] margins, int days) {
        double largest = 0;
        for (int day = days; day < margins.length; day++) {
            largest = Math.max(largest, margins[day] / margins[day - days] - 1);
        }
        return largest;
    }

    private static double peakToTrough(double[] margins) {
        double largest = 1;
        for (int end = 0; end < margins.length; end++) {
            double high = margins[end];
            double low = margins[end];
            for (int day = Math.max(0, end - YEAR + 1); day < end; day++) {
                high = Math.max(high, margins[day]);
                low = Math.min(low, margins[day]);
            }
            largest = Math.max(largest, high / low);
        }
        return largest;
    }

    private static double logChange(double[] margins) {
        int changes = margins.length - 1;
        if (changes < 2) {
            return 0;
        }
        double mean = StrictMath.log(margins[changes] / margins[0]) / changes;
        double squares = 0;
        for (int day = 1; day <= changes; day++) {
            double change = StrictMath.log(margins[day] / margins[day - 1]) - mean;
            squares += change * change;
        }
        return Math.sqrt(squares / (changes - 1));
    }
}
