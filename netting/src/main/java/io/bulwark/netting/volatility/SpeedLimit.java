package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/**
 * How a published number may move from epoch to epoch: inside its governed bounds, down by at most a share a day. Rises are not limited: margin must never be held below risk.
 *
 * @param bounds the parameter whose bounds hold
 * @param fallMost largest fall of one day, ppm of the number
 */
record SpeedLimit(Parameter bounds, long fallMost) {
    private static final long PPM = Ppm.ONE;

    public SpeedLimit {
        if (fallMost < 0 || fallMost > PPM) {
            throw new IllegalArgumentException("fall must be 0 to 1000000 ppm a day; have " + fallMost);
        }
    }

    /** With the governed limit on falls. */
    public static SpeedLimit within(Parameter bounds, ParameterSet parameters) {
        return new SpeedLimit(bounds, parameters.value(VolatilityParameters.FALL_MOST));
    }

    /** The number of the first epoch: as proposed, inside the bounds. */
    public long first(long proposed) {
        return Math.clamp(proposed, bounds.least(), bounds.most());
    }

    /**
     * The next number.
     *
     * @param previous published before
     * @param proposed by today's estimate
     * @param days between the epochs; a fraction of a day allows no fall
     */
    public long next(long previous, long proposed, int days) {
        long floor = previous;
        for (int day = 0; day < days && floor > proposed; day++) {
            floor = Math.ceilDiv(Math.multiplyExact(floor, PPM - fallMost), PPM);
        }
        return first(Math.max(proposed, floor));
    }
}
