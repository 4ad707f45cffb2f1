package io.bulwark.netting.risktable;

/**
 * Slopes of the concentration charge, published from the one-sided open interest of the whole house.
 *
 * @param longSide u per lot held long, or per lot of collateral
 * @param shortSide u per lot held short, or per lot of debt
 */
public record CrowdSlopes(long longSide, long shortSide) {
    /** No charge on either side. */
    public static final CrowdSlopes NONE = new CrowdSlopes(0, 0);

    /** The smaller of the two slopes. */
    public long smaller() {
        return Math.min(longSide, shortSide);
    }

    /** The larger of the two slopes. */
    public long larger() {
        return Math.max(longSide, shortSide);
    }
}
