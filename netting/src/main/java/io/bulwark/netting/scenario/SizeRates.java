package io.bulwark.netting.scenario;

import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Knot;
import java.util.List;

/**
 * What the size of an entry costs per lot, u.
 *
 * @param spread cost of crossing the spread; 0 for assets
 * @param crowd concentration slopes
 * @param knots own-size increments
 */
record SizeRates(long spread, CrowdSlopes crowd, List<Knot> knots) {
    /** Nothing. */
    static final SizeRates NONE = new SizeRates(0, CrowdSlopes.NONE, List.of());
}
