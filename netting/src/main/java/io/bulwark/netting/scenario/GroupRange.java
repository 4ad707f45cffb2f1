package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;

/**
 * How far the price of a risk group moves in the grid: a fall and a rise of its own (margin formula, section 1.8), which are equal
 * where governance says one number.
 *
 * @param group permanent number
 * @param name of the group, by which replays and submissions know it
 * @param fall X downwards, the range of one day, ppm, 0 to 950 000
 * @param rise X upwards, ppm, 0 to 950 000; both are 0 for the numéraire, which never moves
 * @param apart κ, how far the group may move apart from the others, ppm of X
 */
public record GroupRange(int group, String name, int fall, int rise, int apart) {
    private static final int RANGE_MAX = 950_000;

    /** Checks the ranges. */
    public GroupRange {
        requireRange("fall", name, fall);
        requireRange("rise", name, rise);
        if (apart < 0 || apart > Ppm.ONE) {
            throw new IllegalArgumentException("apart of " + name + " must be 0 to " + Ppm.ONE + " ppm; have " + apart);
        }
    }

    /** The same X either way. */
    public GroupRange(int group, String name, int range, int apart) {
        this(group, name, range, range, apart);
    }

    private static void requireRange(String side, String name, int range) {
        if (range < 0 || range > RANGE_MAX) {
            throw new IllegalArgumentException(
                    side + " of " + name + " must be 0 to " + RANGE_MAX + " ppm; have " + range);
        }
    }

    /** The numéraire: USD and what is counted like it. */
    public static GroupRange numeraire(int group, String name) {
        return new GroupRange(group, name, 0, 0);
    }

    /** Whether this is the numéraire. */
    public boolean isNumeraire() {
        return fall == 0 && rise == 0;
    }

    /** X on the side of a move: the fall for what is below 0. */
    int toward(long move) {
        return move < 0 ? fall : rise;
    }
}
