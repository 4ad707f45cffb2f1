package io.bulwark.netting.revaluation;

/**
 * Columns that a kernel fills for one option and forgets before the next, padded to whole lanes. Allocated anew for every
 * option they cost more memory traffic than all that a table keeps.
 */
final class LaneScratch {
    /** ln(F/K) of the moved forward; used up. */
    final double[] logForward;

    /** Moved volatility × √years left. */
    final double[] deviation;

    /** Whatever a model's kernel needs a column for. */
    final double[] second;

    /** Prices, USD; then rounded values of a lot, u. */
    final double[] values;

    LaneScratch(int rows) {
        this.logForward = new double[rows];
        this.deviation = new double[rows];
        this.second = new double[rows];
        this.values = new double[rows];
    }
}
