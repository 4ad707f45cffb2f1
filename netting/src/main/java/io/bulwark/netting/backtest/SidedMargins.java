package io.bulwark.netting.backtest;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Margin of one unit of notional for every move of a history, known when the move begins; NaN where nothing is known yet.
 *
 * @param longSide against a fall, a share of the notional
 * @param shortSide against a rise
 */
record SidedMargins(double[] longSide, double[] shortSide) {
    public SidedMargins {
        longSide = longSide.clone();
        shortSide = shortSide.clone();
    }

    /** Margins against log moves: 1 − exp(−x) for the fall, exp(x) − 1 for the rise. */
    static SidedMargins ofLogMoves(double[] logMoves) {
        return new SidedMargins(
                IntStream.range(0, logMoves.length)
                        .mapToDouble(j -> -StrictMath.expm1(-logMoves[j]))
                        .toArray(),
                IntStream.range(0, logMoves.length)
                        .mapToDouble(j -> StrictMath.expm1(logMoves[j]))
                        .toArray());
    }

    /** The same over more days: log moves grow with the root of time. */
    SidedMargins over(int horizonDays) {
        double root = Math.sqrt(horizonDays);
        return new SidedMargins(
                Arrays.stream(longSide)
                        .map(fall -> -StrictMath.expm1(root * StrictMath.log1p(-fall)))
                        .toArray(),
                Arrays.stream(shortSide)
                        .map(rise -> StrictMath.expm1(root * StrictMath.log1p(rise)))
                        .toArray());
    }

    @Override
    public double[] longSide() {
        return longSide.clone();
    }

    @Override
    public double[] shortSide() {
        return shortSide.clone();
    }
}
