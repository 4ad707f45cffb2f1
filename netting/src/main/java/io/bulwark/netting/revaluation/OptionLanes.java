package io.bulwark.netting.revaluation;

import io.bulwark.netting.pricing.BinomialLanes;
import io.bulwark.netting.pricing.Black76Lanes;
import io.bulwark.netting.revaluation.OptionColumn.Marks;
import io.bulwark.netting.revaluation.OptionColumn.Term;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link OptionColumn} for several rows at once, bit for bit the same. One loop a method, as {@link Black76Lanes} has them. */
final class OptionLanes {
    private static final VectorSpecies<Double> SPECIES = Black76Lanes.SPECIES;

    /** Adding it and taking it away rounds a double of less than 2⁵¹ half to even. */
    private static final double ROUNDER = 0x1.8p52;

    /** Lane by lane as {@link Marks} has its components; the lanes beyond repeat the mark. */
    private static final double[] MARK_FACTOR = {1, 1 + Marks.BUMP, 1 - Marks.BUMP, 1, 1, 1, 1, 1};

    private static final double[] MARK_LOG_FACTOR = {0, Marks.LOG_UP, Marks.LOG_DOWN, 0, 0, 0, 0, 0};
    private static final double[] MARK_VOLATILITY = {0, 0, 0, Marks.VOLATILITY_POINT, 0, 0, 0, 0};

    private OptionLanes() {}

    /** Damped stressed value of so many units, rounded half to even, per row and padded row; below 2⁵¹ in magnitude. */
    static void values(
            OptionColumn column, Worlds worlds, PriceColumns moves, double unit, double base, double[] values) {
        deviations(column, worlds, moves);
        prices(column, moves.factor, worlds.scratch, values);
        round(moves, unit, base, values);
    }

    /** {@link OptionColumn#marks} in one block of lanes. */
    static Marks marks(OptionColumn column, LaneScratch scratch) {
        double volatility = column.option.volatility();
        double root = Math.sqrt(column.option.years());
        for (int lane = 0; lane < Worlds.LANES; lane++) {
            scratch.logForward[lane] = column.logMoneyness + MARK_LOG_FACTOR[lane];
            scratch.deviation[lane] = (volatility + MARK_VOLATILITY[lane]) * root;
        }
        double[] values = scratch.values;
        prices(column, MARK_FACTOR, scratch, values);
        return new Marks(values[0], values[1], values[2], values[3]);
    }

    private static void prices(OptionColumn column, double[] factor, LaneScratch scratch, double[] values) {
        switch (column.model) {
            case OptionValue.Lognormal ignored -> lognormal(column.option, factor, scratch, values);
            case OptionValue.Tree tree -> american(column.option, tree, factor, scratch, values);
            case OptionValue.Jumps ignored ->
                throw new IllegalStateException("jumps have no lanes; have " + column.option);
        }
    }

    private static void lognormal(Payoff.European option, double[] factor, LaneScratch scratch, double[] values) {
        Black76Lanes.prices(
                option.right(),
                option.spot(),
                factor,
                option.strike(),
                scratch.logForward,
                scratch.deviation,
                scratch.second,
                values);
    }

    private static void american(
            Payoff.European option, OptionValue.Tree tree, double[] factor, LaneScratch scratch, double[] values) {
        double[] spot = scratch.second;
        for (int row = 0; row < spot.length; row++) {
            spot[row] = option.spot() * factor[row] / tree.growth();
        }
        BinomialLanes.prices(
                option.right(), spot, option.strike(), tree.carry(), scratch.deviation, tree.steps(), values);
        for (int row = 0; row < values.length; row++) {
            values[row] = tree.growth() * values[row];
        }
    }

    private static void deviations(OptionColumn column, Worlds worlds, PriceColumns moves) {
        double[] logForward = worlds.scratch.logForward;
        double[] deviation = worlds.scratch.deviation;
        double volatility = column.option.volatility();
        double years = column.option.years();
        Term term = column.term;
        double twist = term.twist() * term.factor();
        // The rows share two roots of time: a lane's root costs as much as its quotient.
        DoubleVector rootNow = root(years);
        DoubleVector rootLater = root(years - worlds.decay);
        for (int row = 0; row < deviation.length; row += SPECIES.length()) {
            DoubleVector move = at(worlds.level, row)
                    .mul(term.factor())
                    .add(at(worlds.twist, row).mul(twist));
            DoubleVector moved = move.add(1).mul(volatility);
            DoubleVector root = rootNow.blend(rootLater, at(worlds.wait, row).compare(VectorOperators.NE, 0));
            DoubleVector log = at(moves.logFactor, row).add(column.logMoneyness);
            log.intoArray(logForward, row);
            DoubleVector skewed = skewed(moved, log, term.rootYears(), at(worlds.skew, row));
            larger(skewed, SurfaceRule.LOWEST_VOLATILITY).mul(root).intoArray(deviation, row);
        }
    }

    private static DoubleVector root(double years) {
        return DoubleVector.broadcast(SPECIES, Math.sqrt(years > 0 ? years : 0));
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
