package io.bulwark.netting.revaluation;

import io.bulwark.clearing.money.Rounding;
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

    private static final long OWN_SIZE_PERCENT = 103;
    private static final long PERCENT = 100;

    /** 1/√2 in ppm, rounded up: shortfall of one day over a liquidation of half a day. */
    private static final long HALF_DAY = 707_107;

    /** With a dearer crossing: what a lot may cost because its own quote is in doubt. */
    SizeRates wider(long doubt) {
        return new SizeRates(Math.addExact(spread, doubt), crowd, knots);
    }

    /**
     * With concentration slopes that are at least (1 − φ)/φ of what closing a lot costs, own size included: then maintenance
     * margin pays the closing however little the lot can lose, such as a short option far out of the money.
     *
     * @param impact what unwinding the lot's delta costs, u
     * @param shortfall the most that a lot can lose in an expected-shortfall row, u
     * @param phi φ, ppm
     */
    SizeRates coveringClosing(long impact, long shortfall, long phi) {
        long closing = Rounding.cdiv((spread + impact) * OWN_SIZE_PERCENT, PERCENT);
        // Below 1/√2, φ of the shortfall of a day does not cover the shortfall of half a day.
        long uncovered = closing * (Rounding.PPM - phi) + shortfall * Math.max(0, HALF_DAY - phi);
        long least = Rounding.cdiv(uncovered, phi);
        CrowdSlopes covering = new CrowdSlopes(Math.max(least, crowd.longSide()), Math.max(least, crowd.shortSide()));
        return new SizeRates(spread, covering, knots);
    }

    /**
     * With concentration slopes of collateral that leave room for a lot's other charges: however little a lot may count for in
     * the worst row, it never asks for more.
     *
     * @param room what the slopes of one lot of collateral may take, u, ≥ 0
     */
    SizeRates within(long room) {
        long own = knots.stream().mapToLong(Knot::slope).sum();
        return crowd.longSide() + own <= room
                ? this
                : new SizeRates(
                        spread, new CrowdSlopes(Math.min(room, crowd.longSide()), crowd.shortSide()), List.of());
    }
}
