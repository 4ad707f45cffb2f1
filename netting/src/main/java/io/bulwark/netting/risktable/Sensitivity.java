package io.bulwark.netting.risktable;

/**
 * Delta or vega of one lot in one underlying group.
 *
 * @param group permanent number of the group
 * @param amount u per lot (delta), u per lot and volatility point (vega)
 */
public record Sensitivity(int group, int amount) {}
