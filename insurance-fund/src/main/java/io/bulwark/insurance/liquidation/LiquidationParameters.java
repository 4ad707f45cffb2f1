package io.bulwark.insurance.liquidation;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/** The governed speed at which accounts below their maintenance margin are sold. Starting values: {@code docs/methodology/contagion.md}, "How fast to sell". */
public final class LiquidationParameters implements GovernedRoom {
    /** Slices into which an order is cut at normal depth. */
    public static final Parameter SLICES = new Parameter("liquidation.slices", "slices", 1, 1_000, 3);

    /** By what slices are multiplied when depth is that of stress. */
    public static final Parameter STRESS_SLOWING =
            new Parameter("liquidation.stressSlowing", "ppm", Ppm.ONE, 100_000_000, 2_000_000);

    /** Displacement of a price at which its depth counts as that of stress: initially one per cent. */
    public static final Parameter STRESSED_DISPLACEMENT =
            new Parameter("liquidation.stressedDisplacement", "ppm", 1, Ppm.ONE, 10_000);

    /** Time between two slices. */
    public static final Parameter SLICE_SECONDS = new Parameter("liquidation.sliceSeconds", "seconds", 1, 86_400, 10);

    /** Share of what a slice takes out of the market that is still missing when the next is sold: initially half, a half-life of one slice. */
    public static final Parameter DISPLACEMENT_KEPT =
            new Parameter("liquidation.displacementKept", "ppm", 0, Ppm.ONE, 500_000);

    /** The speed that these numbers say. */
    public static SaleSpeed speed(ParameterSet parameters) {
        return new SaleSpeed(
                Math.toIntExact(parameters.value(SLICES)),
                Math.toIntExact(parameters.value(STRESS_SLOWING)),
                Math.toIntExact(parameters.value(STRESSED_DISPLACEMENT)),
                Math.toIntExact(parameters.value(DISPLACEMENT_KEPT)));
    }
}
