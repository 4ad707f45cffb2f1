package io.bulwark.netting.liquidity;

/**
 * A sum over all accounts by side: no account can lower either by holding both.
 *
 * @param longSide sum of what is held long, ≥ 0
 * @param shortSide sum of what is held short, as a magnitude, ≥ 0
 */
public record OneSided(long longSide, long shortSide) {
    /** Nobody holds anything. */
    public static final OneSided NONE = new OneSided(0, 0);

    /** Checks signs. */
    public OneSided {
        ObservationRules.notNegative(longSide, "longSide", "open interest");
        ObservationRules.notNegative(shortSide, "shortSide", "open interest");
    }

    /** With one more account's signed holding. */
    public OneSided plus(long signed) {
        return signed >= 0
                ? new OneSided(Math.addExact(longSide, signed), shortSide)
                : new OneSided(longSide, Math.subtractExact(shortSide, signed));
    }
}
