package io.bulwark.insurance.liquidation;

import io.bulwark.clearing.money.Ppm;

/**
 * How fast forced sales go to the market, one slice a moment, and how fast the market recovers between slices.
 *
 * @param slices into which an order is cut at normal depth, 1 … {@link SlicedSale#SLICES_MAX}; 1 sells it at once
 * @param slowingPpm by what slices are multiplied when depth is that of stress, ≥ 10⁶
 * @param stressedPpm displacement of a price at which depth counts as that of stress, ppm ≥ 1; between 0 and it the number of slices grows in a straight line
 * @param keptPpm share of what earlier sales took out of the market that is still missing a moment later, 0 … 10⁶: 0 is a market that has recovered by the next slice,
 *     10⁶ one that never does
 */
public record SaleSpeed(int slices, int slowingPpm, int stressedPpm, int keptPpm) {

    /** Checks ranges. */
    public SaleSpeed {
        within("slices", slices, 1, SlicedSale.SLICES_MAX);
        within("slowingPpm", slowingPpm, Ppm.ONE, 100 * Ppm.ONE);
        within("stressedPpm", stressedPpm, 1, Ppm.ONE);
        within("keptPpm", keptPpm, 0, Ppm.ONE);
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be within " + least + " … " + most + "; have " + value);
        }
    }

    /** Everything that must be sold is sold in the moment in which it must. */
    public static SaleSpeed atOnce(int keptPpm) {
        return new SaleSpeed(1, Ppm.ONE, 1, keptPpm);
    }

    /** The same speed in a market that recovers otherwise. */
    public SaleSpeed withKept(int otherPpm) {
        return new SaleSpeed(slices, slowingPpm, stressedPpm, otherPpm);
    }

    /**
     * Slices at a depth, rounded up: depth falls as the price is displaced.
     *
     * @param displacementPpm of the price before the slice, ≥ 0
     */
    int slicesAt(int displacementPpm) {
        long stress = Math.min(displacementPpm, stressedPpm);
        long more = Math.ceilDiv((slowingPpm - Ppm.ONE) * stress, (long) stressedPpm);
        return (int) Math.ceilDiv(slices * (Ppm.ONE + more), (long) Ppm.ONE);
    }
}
