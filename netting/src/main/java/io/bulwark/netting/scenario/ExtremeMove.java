package io.bulwark.netting.scenario;

import java.util.List;

/**
 * A move of every price beyond the grid, and how plausible it is on one day: the least D² over the governed correlations, against that of
 * which the governed law passes it once in the governed number of years (margin formula, section 3.3). Whoever is near the limit is
 * counted as plausible: the distance is rounded down, the limit up.
 *
 * @param ppm the move
 * @param distance D² in thousandths, rounded down
 * @param greatest the largest D² that is plausible, in thousandths, rounded up
 */
public record ExtremeMove(int ppm, int distance, int greatest) {
    /** Every move of the family, ppm. */
    public static final List<Integer> ALL = ScenarioRows.EXTREMES;

    /** Whether the fund is sized for it. */
    public boolean isPlausible() {
        return distance <= greatest;
    }
}
