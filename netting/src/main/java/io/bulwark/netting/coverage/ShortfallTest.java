package io.bulwark.netting.coverage;

import java.util.OptionalDouble;

/**
 * Whether losses beyond the value at risk are as large as the expected shortfall says.
 *
 * <p>Source: C. Acerbi and B. Székely, "Backtesting expected shortfall", Risk (December 2014), tests 1 and 2. Both are 0 on
 * average if the model is right and negative if it understates; test 2 also counts the exceedances.
 *
 * @param conditional Z1 = (1/x)·Σ P·I/ES + 1 over the x exceedances; empty where there is none
 * @param unconditional Z2 = (1/(n·rate))·Σ P·I/ES + 1; 1 without an exceedance
 */
public record ShortfallTest(OptionalDouble conditional, double unconditional) {
    /**
     * The statistics of a series.
     *
     * @param profits profit and loss, gains positive; at least one day
     * @param valueAtRisk of the same days, losses positive: an exceedance is a profit below its negative
     * @param shortfall expected shortfall of the same days, above 0 on days of an exceedance
     * @param rate 1 − level of both: 0.01 for 99 %
     */
    public static ShortfallTest of(double[] profits, double[] valueAtRisk, double[] shortfall, double rate) {
        if (profits.length == 0 || shortfall.length != profits.length) {
            throw new IllegalArgumentException("profits and shortfall must be of one length above 0; have "
                    + profits.length + " and " + shortfall.length);
        }
        boolean[] hits = Exceedances.hits(profits, valueAtRisk);
        int count = 0;
        double sum = 0;
        for (int day = 0; day < hits.length; day++) {
            if (hits[day]) {
                count++;
                sum += profits[day] / positive(shortfall[day], day);
            }
        }
        OptionalDouble conditional = count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count + 1);
        return new ShortfallTest(conditional, sum / (hits.length * rate) + 1);
    }

    private static double positive(double shortfall, int day) {
        if (!(shortfall > 0)) {
            throw new IllegalArgumentException(
                    "shortfall[" + day + "] must be > 0 on a day of an exceedance; have " + shortfall);
        }
        return shortfall;
    }
}
