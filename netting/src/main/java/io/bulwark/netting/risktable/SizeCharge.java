package io.bulwark.netting.risktable;

import java.util.List;

/**
 * A charge on the absolute net delta of a group, one slope per side.
 *
 * @param longSlope slope for a net long delta, ppm
 * @param shortSlope slope for a net short delta, ppm
 * @param knots own-size increments, ppm, thresholds in u of delta
 */
public record SizeCharge(long longSlope, long shortSlope, List<Knot> knots) {
    /** The charge that asks nothing. */
    public static final SizeCharge NONE = new SizeCharge(0, 0, List.of());

    /** Copies. */
    public SizeCharge {
        knots = List.copyOf(knots);
    }

    /** The slope that a signed net delta pays: long if above 0, else short. */
    public long slope(long netDelta) {
        return netDelta > 0 ? longSlope : shortSlope;
    }
}
