package io.bulwark.netting.risktable;

/**
 * A knot of a size charge: beyond the threshold the slope grows by an increment.
 *
 * @param threshold size at which the increment begins, in the unit of the charged size (lots, u, or u per volatility point)
 * @param slope increment of the slope, in the unit of the linear slope
 */
public record Knot(long threshold, long slope) {}
