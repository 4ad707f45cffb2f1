package io.bulwark.insurance.waterfall;

/** The layers behind the defaulter's margin, in the order in which they pay. */
public enum DefaultLayer {
    /** What the member who failed has in the fund. It pays for its own failure only. */
    OWN_CONTRIBUTION(0, "the contribution", true),
    /** What accounts that were closed, now and before, were charged for it: losses of others come out of it before anybody else pays. */
    PENALTIES(6, "the liquidation penalties", true),
    /** The house's own capital. */
    HOUSE_CAPITAL(1, "the capital", true),
    /** The part of the others' contributions that their bids do not protect. */
    JUNIOR_CONTRIBUTIONS(2, "the junior contribution", true),
    /** The part that they do. */
    SENIOR_CONTRIBUTIONS(3, "the senior contribution", true),
    /** Calls on the others, at most a governed share of their contributions. */
    ASSESSMENTS(4, "an assessment", false),
    /** A cut of what the others gained in the same move. */
    GAINS(5, "a cut of gains", false);

    private static final long DRAWINGS_A_DEFAULT = 8;

    private final int place;
    private final String words;
    private final boolean prefunded;

    DefaultLayer(int place, String words, boolean prefunded) {
        this.place = place;
        this.words = words;
        this.prefunded = prefunded;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether the money stands in the fund already. */
    public boolean prefunded() {
        return prefunded;
    }

    /** Number of the drawing in which the layer's units are rounded: every layer of every default draws an order of its own. */
    public long drawing(long event) {
        return Math.addExact(Math.multiplyExact(event, DRAWINGS_A_DEFAULT), place);
    }
}
