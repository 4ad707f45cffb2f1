package io.bulwark.netting.risktable;

import java.util.List;

/**
 * What a group charges on the net sensitivities of an account.
 *
 * @param impact cost of unwinding the net delta, part of liquidity
 * @param contagion marginal second-round loss of liquidating the net delta
 * @param crowding charge on short vega
 * @param skew charge on the loss that steepening adds
 * @param basis charge on dated delta per expiry key, sorted by days
 * @param dislocation charge on the delta of the derivatives at one venue, sorted by venue; empty in format 2
 */
public record GroupCharges(
        SizeCharge impact,
        SizeCharge contagion,
        Crowding crowding,
        Skew skew,
        List<Basis> basis,
        List<Dislocation> dislocation) {

    /** Charges of a table without venues. */
    public GroupCharges(SizeCharge impact, SizeCharge contagion, Crowding crowding, Skew skew, List<Basis> basis) {
        this(impact, contagion, crowding, skew, basis, List.of());
    }

    /**
     * The short-vega charge.
     *
     * @param chi linear slope, 10⁻⁶ volatility points
     * @param knots own-size increments, thresholds in u per volatility point
     */
    public record Crowding(long chi, List<Knot> knots) {
        /** Copies. */
        public Crowding {
            knots = List.copyOf(knots);
        }
    }

    /**
     * The negative-skew charge.
     *
     * @param steep row number of the steepened cell
     * @param flat row number of the same cell without steepening
     * @param psi share of the difference that is charged, ppm
     */
    public record Skew(int steep, int flat, int psi) {}

    /**
     * The basis charge of one expiry key.
     *
     * @param days the key, whole days
     * @param ppm charge on the absolute dated delta
     */
    public record Basis(int days, int ppm) {}

    /**
     * What the marks of one coin may part by: of one venue against the median of all.
     *
     * @param venue number of the venue, ≥ 1
     * @param ppm charge on the absolute net delta of the positions there
     */
    public record Dislocation(int venue, int ppm) {}

    /** Copies and checks that the expiry keys and the venues increase. */
    public GroupCharges {
        basis = List.copyOf(basis);
        dislocation = List.copyOf(dislocation);
        Entries.increasing(dislocation, Dislocation::venue, "dislocation");
        for (int i = 1; i < basis.size(); i++) {
            Require.that(
                    basis.get(i - 1).days() < basis.get(i).days(),
                    "basis keys",
                    "must increase",
                    basis.get(i).days());
        }
    }

    /** Charges of zero with the given skew rows and no basis key. */
    public static GroupCharges none(int steep, int flat) {
        return new GroupCharges(
                SizeCharge.NONE, SizeCharge.NONE, new Crowding(0, List.of()), new Skew(steep, flat, 0), List.of());
    }
}
