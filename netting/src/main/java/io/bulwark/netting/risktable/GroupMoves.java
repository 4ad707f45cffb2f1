package io.bulwark.netting.risktable;

/**
 * The published moves of one group, from which collateral and debt rows follow in exact integers.
 *
 * @param group permanent number of the group
 * @param shock relative price move per scenario row, ppm
 * @param damp damping factor per scenario row, ppm
 * @param es relative price move per expected-shortfall row, ppm
 */
public record GroupMoves(int group, IntColumn shock, IntColumn damp, IntColumn es) {}
