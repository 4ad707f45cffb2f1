package io.bulwark.netting.action;

/**
 * Open interest of one instrument in the whole house, by side, in lots, against the depth of its market.
 *
 * @param longSide Σ of long positions now
 * @param shortSide Σ of short positions now, at least 0
 * @param longAtTable the same when the table was made
 * @param shortAtTable the same when the table was made
 * @param depth D: stress depth of one side, lots, above 0
 */
record OpenInterest(long longSide, long shortSide, long longAtTable, long shortAtTable, long depth) {
    private static final long DEPTHS_MAX = 5;
    private static final long STEPS = 10;

    public OpenInterest {
        if (longSide < 0 || shortSide < 0 || longAtTable < 0 || shortAtTable < 0 || depth <= 0) {
            throw new IllegalArgumentException("open interest must be >= 0 and depth > 0 lots; have " + longSide + "/"
                    + shortSide + ", at the table " + longAtTable + "/" + shortAtTable + ", depth " + depth);
        }
    }

    /** Whether so many more lots on one side are admitted: at most five depths in all, and a tenth of a depth since the table. */
    boolean admits(boolean onLongSide, long lots) {
        long now = Math.addExact(onLongSide ? longSide : shortSide, lots);
        long before = onLongSide ? longAtTable : shortAtTable;
        boolean within = now <= Math.multiplyExact(DEPTHS_MAX, depth);
        return within && Math.multiplyExact(STEPS, now - before) <= depth;
    }
}
