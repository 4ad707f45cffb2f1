package io.bulwark.house.epoch;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.margin.ShortfallMonitor;

/**
 * What a monitor measures: never margin.
 *
 * @param level share of the worlds that value at risk covers, ppm: 990 000 is 99 %
 * @param horizonDays days ahead, 1 to 10: moves grow with the root
 * @param rows equally likely worlds, a divisor of 10⁶ of 10 000 or more
 */
public record Monitoring(int level, int horizonDays, int rows) {
    private static final int ROWS_MIN = 10_000;
    private static final int ROWS_MAX = 125_000;
    private static final int DAYS_MAX = 10;

    /** Checks the ranges. */
    public Monitoring {
        require("level", level, level >= Ppm.ONE / 2 && level < Ppm.ONE, "must be 500000 to 999999 ppm");
        require("horizon", horizonDays, horizonDays >= 1 && horizonDays <= DAYS_MAX, "must be 1 to 10 days");
        require(
                "rows",
                rows,
                rows >= ROWS_MIN && rows <= ROWS_MAX && Ppm.ONE % rows == 0,
                "must divide 1000000 and be 10000 to 125000");
    }

    private static void require(String field, int value, boolean holds, String rule) {
        if (!holds) {
            throw new BadInput(field, String.valueOf(value), rule);
        }
    }

    /**
     * One account under the monitor, beside its margin.
     *
     * @param line the account as it was sealed
     * @param measures value at risk and expected shortfall
     */
    public record MonitoredAccount(AccountLine line, ShortfallMonitor measures) {}
}
