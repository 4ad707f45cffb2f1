package io.bulwark.insurance.liquidation;

import org.hipparchus.fraction.BigFraction;

/**
 * Selling in equal slices into a market that recovers between them.
 *
 * <p>Impact is linear while a slice is sold and a share of the displacement stays until the next. With everything kept,
 * slicing saves nothing; with nothing kept, n slices cost 1/n of one.
 */
public final class SlicedSale {
    /** More slices than this are refused: exact arithmetic grows with each. */
    public static final int SLICES_MAX = 10_000;

    private SlicedSale() {}

    /**
     * What the sale costs against the price before it.
     *
     * @param quantity ≥ 0
     * @param impactPerUnit by how much one unit sold moves the price, ≥ 0
     * @param displacementKept share of the displacement that is left when the next slice begins, in [0, 1]
     * @param slices 1 … {@link #SLICES_MAX}
     */
    public static BigFraction cost(
            BigFraction quantity, BigFraction impactPerUnit, BigFraction displacementKept, int slices) {
        if (slices < 1 || slices > SLICES_MAX) {
            throw new IllegalArgumentException("slices must be 1 … " + SLICES_MAX + "; have " + slices);
        }
        atLeastZero("quantity", quantity);
        atLeastZero("impactPerUnit", impactPerUnit);
        atLeastZero("displacementKept", displacementKept);
        if (displacementKept.compareTo(BigFraction.ONE) > 0) {
            throw new IllegalArgumentException("displacementKept must be <= 1; have " + displacementKept);
        }
        BigFraction slice = quantity.divide(slices);
        BigFraction moved = impactPerUnit.multiply(slice);
        BigFraction displacement = BigFraction.ZERO;
        BigFraction cost = BigFraction.ZERO;
        for (int i = 0; i < slices; i++) {
            cost = cost.add(slice.multiply(displacement.add(moved.divide(2))));
            displacement = displacement.add(moved).multiply(displacementKept);
        }
        return cost;
    }

    private static void atLeastZero(String what, BigFraction value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(what + " must be >= 0; have " + value);
        }
    }
}
