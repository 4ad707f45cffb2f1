package io.bulwark.netting.venuemargin;

/**
 * One cell of a venue's risk matrix.
 *
 * @param spotFactor price over the price now, ≥ 0
 * @param volatility what the volatility does
 * @param dampening share of the profit or loss that counts, ≥ 0
 */
public record SpotVolatilityScenario(double spotFactor, VolatilityMove volatility, double dampening) {
    /** What implied volatilities do in a scenario. */
    public enum VolatilityMove {
        /** All rise. */
        UP,
        /** All stay. */
        NONE,
        /** All fall. */
        DOWN,
        /** The surface tilts: strikes above the forward rise, those below fall. */
        LINEAR,
        /** Both wings rise. */
        ABSOLUTE;

        /** Whether the move is one of the surface's shape. */
        public boolean isSkew() {
            return this == LINEAR || this == ABSOLUTE;
        }
    }

    /** Checks the ranges. */
    public SpotVolatilityScenario {
        Check.notNegative("scenario spot factor", spotFactor);
        Check.notNegative("scenario dampening", dampening);
    }
}
