package io.bulwark.tier;

/** The tier of this run: the system property {@code bulwark.tier}, which the build sets; {@code full} when nobody has. */
public final class Tier {
    private static final String NAME = System.getProperty("bulwark.tier", "full");

    private Tier() {}

    /** Whether this is a night's run. */
    public static boolean isSoak() {
        return NAME.equals("soak");
    }

    /**
     * How many a test takes. A class that asks is {@link Sized}, or the larger number would never run.
     *
     * @param full with every commit
     * @param soak by night; not fewer
     */
    public static int size(int full, int soak) {
        if (full <= 0 || soak < full) {
            throw new IllegalArgumentException("sizes must be > 0 and larger by night; have " + full + " and " + soak);
        }
        return isSoak() ? soak : full;
    }
}
