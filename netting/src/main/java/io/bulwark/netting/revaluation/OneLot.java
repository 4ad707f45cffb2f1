package io.bulwark.netting.revaluation;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import java.util.List;

/**
 * What one short lot could require at most, against what a fraction of a lot is charged: twice its bound (the common encoding).
 * A short option loses its mark beside its margin, so one that is dear and jumps in the worst row may need more; it is then
 * left out of the table by name, because a fraction of it would be charged too little.
 */
final class OneLot {
    private static final long ONE = Rounding.PPM;

    private OneLot() {}

    /** An upper bound of IM − E of one short lot, u; knots begin at one lot and cost nothing yet. */
    static long shortRequires(InstrumentRisk lot, GroupCharges charges) {
        long core = Math.max(0, Math.max(largest(lot.rowFor(-1)), largest(lot.es())));
        return lot.value()
                + core
                + lot.spread()
                + lot.crowd().shortSide()
                + share(lot.delta(), largest(charges.impact()) + largest(charges.contagion()) + basis(charges))
                + share(
                        lot.vega(),
                        charges.crowding().chi() + slopes(charges.crowding().knots()))
                + skew(lot, charges.skew())
                + 2;
    }

    private static long skew(InstrumentRisk lot, GroupCharges.Skew skew) {
        long steeper = (long) lot.row().at(skew.steep()) - lot.row().at(skew.flat());
        return Rounding.cdiv(Math.max(0, steeper) * skew.psi(), ONE);
    }

    private static long share(List<Sensitivity> sensitivities, long slope) {
        return sensitivities.stream()
                .mapToLong(s -> Rounding.cdiv(Math.abs((long) s.amount()) * slope, ONE) + 1)
                .sum();
    }

    private static long basis(GroupCharges charges) {
        return charges.basis().stream().mapToLong(GroupCharges.Basis::ppm).max().orElse(0);
    }

    static long largest(SizeCharge charge) {
        return Math.max(charge.longSlope(), charge.shortSlope()) + slopes(charge.knots());
    }

    private static long slopes(List<Knot> knots) {
        return knots.stream().mapToLong(Knot::slope).sum();
    }

    private static long largest(IntColumn column) {
        return column.stream().max().orElse(0);
    }
}
