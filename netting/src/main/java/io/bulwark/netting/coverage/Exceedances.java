package io.bulwark.netting.coverage;

/**
 * How often a loss exceeded what was held against it, and whether one exceedance followed another.
 *
 * @param days observations n
 * @param count exceedances x
 * @param quietQuiet pairs of neighbouring days without an exceedance, n00
 * @param quietHit pairs in which an exceedance follows a day without one, n01
 * @param hitQuiet pairs in which an exceedance is followed by none, n10
 * @param hitHit pairs of two exceedances, n11; the four add up to n − 1
 */
public record Exceedances(int days, int count, int quietQuiet, int quietHit, int hitQuiet, int hitHit) {
    /** Counts a series of days in their order; an empty series has no pairs. */
    public static Exceedances of(boolean[] hits) {
        int count = hits.length > 0 && hits[0] ? 1 : 0;
        int[] pairs = new int[4];
        for (int day = 1; day < hits.length; day++) {
            count += hits[day] ? 1 : 0;
            pairs[(hits[day - 1] ? 2 : 0) + (hits[day] ? 1 : 0)]++;
        }
        return new Exceedances(hits.length, count, pairs[0], pairs[1], pairs[2], pairs[3]);
    }

    /**
     * Exceedances of a series: the days whose profit is below minus the margin; equal is covered.
     *
     * @param profits profit and loss, gains positive
     * @param margins held against the same days, same unit
     */
    public static boolean[] hits(double[] profits, double[] margins) {
        if (profits.length != margins.length) {
            throw new IllegalArgumentException(
                    "margins must be as many as profits, " + profits.length + "; have " + margins.length);
        }
        boolean[] hits = new boolean[profits.length];
        for (int day = 0; day < hits.length; day++) {
            hits[day] = profits[day] < -margins[day];
        }
        return hits;
    }

    /** Share of days with an exceedance; 0 for no days. */
    public double rate() {
        return days == 0 ? 0 : (double) count / days;
    }
}
