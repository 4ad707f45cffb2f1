package io.bulwark.netting.backtest;

/**
 * What is known of every underlying when a window begins.
 *
 * @param down fall that the grid spans, ppm, by underlying
 * @param up rise that the grid spans, ppm
 * @param apart κ, ppm of the range
 * @param volatility implied volatility, a fraction a year
 * @param tail relative price changes per expected-shortfall row, by underlying, ppm
 * @param tailVolatility volatility shock per expected-shortfall row, 10⁻⁶ of the full shock
 */
record DayState(int[] down, int[] up, int[] apart, double[] volatility, int[][] tail, int[] tailVolatility) {}
