package io.bulwark.netting.risktable;

/**
 * A published mixture of families.
 *
 * @param name e.g. joint, breakdown, star
 * @param weights one weight per family in table order, ppm, none negative, together 10⁶
 */
public record Combo(String name, IntColumn weights) {
    /** Checks the signs; the sum is a publication check. */
    public Combo {
        Require.notBlank(name, "combo name");
        Require.that(weights.stream().allMatch(w -> w >= 0), "combo " + name, "must have weights >= 0", weights);
    }
}
