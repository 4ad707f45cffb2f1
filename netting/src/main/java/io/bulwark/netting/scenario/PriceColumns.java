package io.bulwark.netting.scenario;

import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;

/** What a set of rows does to one group's price, in columns. */
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

    PriceColumns(IntColumn shock, IntColumn damp) {
        this.shock = shock;
        this.damp = damp;
        this.factor = shock.stream().mapToDouble(ppm -> 1 + ppm / ONE).toArray();
        this.logFactor =
                shock.stream().mapToDouble(ppm -> StrictMath.log(1 + ppm / ONE)).toArray();
    }

    static PriceColumns undamped(IntColumn shock) {
        int[] full = new int[shock.length()];
        Arrays.fill(full, (int) ONE);
        return new PriceColumns(shock, IntColumn.of(full));
    }
}
