package io.bulwark.netting.placement;

/**
 * Where entries of a house stand: what one venue liquidates by itself, or what stands at it and is never acted on.
 *
 * @param number of the place in tables, ≥ 1
 * @param venue its venue's number in the listing
 * @param name as tables have it, such as hyperliquid, hyperliquid 2 or lyra beside
 * @param acts whether its venue closes what stands here by its own rule
 */
public record Place(int number, int venue, String name, boolean acts) {
    /** Numbers of entries: the listing's own, and above it the place's. */
    private static final int SPACE = 1 << 20;

    /**
     * The number that tables give an entry here.
     *
     * @param listed its number in the listing
     * @throws ArithmeticException if the number leaves its space
     */
    int numbered(int listed) {
        if (listed >= SPACE) {
            throw new ArithmeticException("a listed number must be below " + SPACE + " where entries stand at venues");
        }
        return Math.addExact(Math.multiplyExact(number, SPACE), listed);
    }

    /** The listing's number of an instrument or asset that a table has under another, wherever it stands. */
    public static int listed(int number) {
        return number % SPACE;
    }
}
