package io.bulwark.netting.portfolio;

/**
 * Lots of one instrument or asset.
 *
 * @param number permanent number of the instrument or asset; a number that no table lists is refused by the evaluator
 * @param lots quantity in lots; signed in positions, above 0 in every other list
 */
public record Entry(int number, long lots) {}
