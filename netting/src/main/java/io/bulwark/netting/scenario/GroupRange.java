package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;

/**
 * How far the price of a risk group moves in the grid.
 *
 * @param group permanent number
 * @param name of the group, by which replays and submissions know it
 * @param range X, the price range of one day, ppm, 0 to 950 000; 0 for the numéraire, which never moves
 * @param apart κ, how far the group may move apart from the others, ppm of X
 */
public record GroupRange(int group, String name, int range, int apart) {
    private static final int RANGE_MAX = 950_000;

    /** Checks the ranges. */
    public GroupRange {
        if (range < 0 || range > RANGE_MAX) {
            throw new IllegalArgumentException(
                    "range of " + name + " must be 0 to " + RANGE_MAX + " ppm; have " + range);
        }
        if (apart < 0 || apart > Ppm.ONE) {
            throw new IllegalArgumentException("apart of " + name + " must be 0 to " + Ppm.ONE + " ppm; have " + apart);
        }
    }

    /** The numéraire: USD and what is counted like it. */
    public static GroupRange numeraire(int group, String name) {
        return new GroupRange(group, name, 0, 0);
    }

    /** Whether this is the numéraire. */
    public boolean isNumeraire() {
        return range == 0;
    }
}
