package io.bulwark.netting.formula;

/**
 * A row of the expected-shortfall tail.
 *
 * @param row row number from 0
 * @param weight how much of the row's weight is in the tail, ppm
 */
public record TailRow(int row, long weight) {}
