package io.bulwark.netting.revaluation;

import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** What a set of rows does to one group's price, in columns; those of doubles are padded to whole lanes. */
final class PriceColumns {
    private static final double ONE = 1e6;

    /** Relative move, ppm. */
    final IntColumn shock;

    /** Damping, ppm. */
    final IntColumn damp;

    /** New price over old. */
    final double[] factor;

    /** Its logarithm. */
    final double[] logFactor;

    /** Damping as a fraction. */
    final double[] share;

    PriceColumns(IntColumn shock, IntColumn damp) {
        this.shock = shock;
        this.damp = damp;
        this.factor = column(shock, ppm -> 1 + ppm / ONE, 1);
        this.logFactor = column(shock, ppm -> StrictMath.log(1 + ppm / ONE), 0);
        this.share = column(damp, ppm -> ppm / ONE, 1);
    }

    static PriceColumns undamped(IntColumn shock) {
        int[] full = new int[shock.length()];
        Arrays.fill(full, (int) ONE);
        return new PriceColumns(shock, IntColumn.of(full));
    }

    private static double[] column(IntColumn ppm, IntToDoubleFunction entry, double filler) {
        return Worlds.padded(ppm.stream().mapToDouble(entry).toArray(), filler);
    }
}
