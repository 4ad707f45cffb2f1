package io.bulwark.netting.coverage;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/**
 * The zone of a count of exceedances of a 99 % measure in the last 250 days: green up to 4, yellow 5 to 9, red from 10.
 *
 * <p>Source: Basel Committee, "Supervisory framework for the use of backtesting" (January 1996), table 2; MAR32.9. A right
 * model is yellow or worse in 10.8 % of years and red in 0.03 %. The zone multiplies the price range: the regulator's factor of
 * 3 plus .40 to .85 (yellow) and plus 1 (red) becomes a multiplier of 1 + plus/3, capped and floored by governance.
 */
public enum TrafficLight {
    /** Nothing to explain. */
    GREEN,
    /** To be explained. */
    YELLOW,
    /** Presumed wrong. */
    RED;

    /** Days that the zones are drawn for. */
    public static final int DAYS = 250;

    /** Multiplier of the price range in the red zone: 4/3 at founding. */
    public static final Parameter RED_MULTIPLIER =
            new Parameter("backtest.multiplier.red", "ppm", Ppm.ONE, 2_000_000, 1_333_333);

    private static final long ONE = Ppm.ONE;
    private static final int FIRST_YELLOW = 5;
    private static final int FIRST_RED = 10;

    /** Plus factors of 5 to 9 exceedances, hundredths; the red zone has 100. */
    private static final int[] PLUS = {40, 50, 65, 75, 85};

    /** The zone of a count of exceedances within 250 days. */
    public static TrafficLight of(int exceedances) {
        if (exceedances < FIRST_YELLOW) {
            return GREEN;
        }
        return exceedances < FIRST_RED ? YELLOW : RED;
    }

    /** Exceedances in the last 250 days of a series, or in all if it is shorter. */
    public static int inLastYear(boolean[] hits) {
        return count(hits, hits.length);
    }

    /** The most exceedances in any 250 neighbouring days. */
    public static int inWorstYear(boolean[] hits) {
        int most = 0;
        for (int end = 1; end <= hits.length; end++) {
            most = Math.max(most, count(hits, end));
        }
        return most;
    }

    private static int count(boolean[] hits, int end) {
        int count = 0;
        for (int day = Math.max(0, end - DAYS); day < end; day++) {
            count += hits[day] ? 1 : 0;
        }
        return count;
    }

    /** What a count multiplies the price range by, ppm: 10⁶ in green, in red what governance has set, between by the plus factors. */
    public static long multiplier(int exceedances, ParameterSet parameters) {
        long red = parameters.value(RED_MULTIPLIER);
        return switch (of(exceedances)) {
            case GREEN -> ONE;
            case YELLOW -> ONE + Math.ceilDiv((red - ONE) * PLUS[exceedances - FIRST_YELLOW], 100);
            case RED -> red;
        };
    }
}
