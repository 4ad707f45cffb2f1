package io.bulwark.netting.scenario;

import io.bulwark.netting.pricing.BinomialLanes;
import io.bulwark.netting.pricing.Black76Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link OptionColumn} for several rows at once, bit for bit the same. One loop a method, as {@link Black76Lanes} has them. */
final class OptionLanes {
    private static final VectorSpecies<Double> SPECIES = Black76Lanes.SPECIES;

    /** Adding it and taking it away rounds a double of less than 2⁵¹ half to even. */
    private static final double ROUNDER = 0x1.8p52;

    private OptionLanes() {}

    /** Damped stressed value of so many units, rounded half to even, per row and padded row; below 2⁵¹ in magnitude. */
    static void values(
            OptionColumn column, Worlds worlds, PriceColumns moves, double unit, double base, double[] values) {
        double[] logForward = new double[values.length];
        double[] deviation = new double[values.length];
        deviations(column, worlds, moves, logForward, deviation);
        switch (column.model) {
            case OptionValue.Lognormal ignored -> lognormal(column.option, moves, logForward, deviation, values);
            case OptionValue.Tree tree -> american(column.option, tree, moves, deviation, values);
            case OptionValue.Jumps ignored ->
                throw new IllegalStateException("jumps have no lanes; have " + column.option);
        }
        round(moves, unit, base, values);
    }

    private static void lognormal(
            Payoff.European option, PriceColumns moves, double[] logForward, double[] deviation, double[] values) {
        Black76Lanes.prices(
                option.right(), option.spot(), moves.factor, option.strike(), logForward, deviation, values);
    }

    private static void american(
            Payoff.European option, OptionValue.Tree tree, PriceColumns moves, double[] deviation, double[] values) {
        double[] spot = new double[values.length];
        for (int row = 0; row < spot.length; row++) {
            spot[row] = option.spot() * moves.factor[row] / tree.growth();
        }
        BinomialLanes.prices(option.right(), spot, option.strike(), tree.carry(), deviation, tree.steps(), values);
        for (int row = 0; row < values.length; row++) {
            values[row] = tree.growth() * values[row];
        }
    }

    private static void deviations(
            OptionColumn column, Worlds worlds, PriceColumns moves, double[] logForward, double[] deviation) {
        double volatility = column.option.volatility();
        double years = column.option.years();
        double twist = column.twist * column.termFactor;
        for (int row = 0; row < deviation.length; row += SPECIES.length()) {
            DoubleVector move = at(worlds.level, row)
                    .mul(column.termFactor)
                    .add(at(worlds.twist, row).mul(twist));
            DoubleVector moved = move.add(1).mul(volatility);
            DoubleVector left = larger(at(worlds.wait, row).neg().add(years), 0);
            DoubleVector log = at(moves.logFactor, row).add(column.logMoneyness);
            log.intoArray(logForward, row);
            DoubleVector skewed = skewed(moved, log, column.rootYears, at(worlds.skew, row));
            larger(skewed, SurfaceRule.LOWEST_VOLATILITY).mul(left.sqrt()).intoArray(deviation, row);
        }
    }

    private static DoubleVector skewed(
            DoubleVector moved, DoubleVector logForward, double rootYears, DoubleVector slope) {
        DoubleVector z = logForward.neg().div(larger(moved.mul(rootYears), SurfaceRule.LOWEST_DEVIATION));
        DoubleVector clipped = larger(z, -SurfaceRule.MONEYNESS_LIMIT)
                .blend(SurfaceRule.MONEYNESS_LIMIT, z.compare(VectorOperators.GT, SurfaceRule.MONEYNESS_LIMIT));
        DoubleVector tilt = clipped.mul(slope).neg().add(1);
        return moved.mul(larger(tilt, SurfaceRule.LOWEST_SKEW_FACTOR));
    }

    private static void round(PriceColumns moves, double unit, double base, double[] values) {
        for (int row = 0; row < values.length; row += SPECIES.length()) {
            DoubleVector damped = at(values, row).sub(base).mul(at(moves.share, row));
            damped.add(base).mul(unit).add(ROUNDER).sub(ROUNDER).intoArray(values, row);
        }
    }

    private static DoubleVector larger(DoubleVector value, double least) {
        return DoubleVector.broadcast(SPECIES, least).blend(value, value.compare(VectorOperators.GT, least));
    }

    private static DoubleVector at(double[] column, int row) {
        return DoubleVector.fromArray(SPECIES, column, row);
    }
}
