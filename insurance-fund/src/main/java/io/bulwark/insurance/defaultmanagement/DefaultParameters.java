package io.bulwark.insurance.defaultmanagement;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of default management. */
public final class DefaultParameters implements GovernedRoom {
    /** The house's own capital that pays before any member who did not fail: initially 25,000 USD. */
    public static final Parameter HOUSE_CAPITAL =
            new Parameter("default.houseCapital", "u = 10^-4 USD", 0, 1_000_000_000_000_000L, 250_000_000);

    /** What a member can be called for beyond its contribution, as a share of it: initially once. */
    public static final Parameter ASSESSMENT_SHARE =
            new Parameter("default.assessmentShare", "ppm", 0, 10_000_000, Ppm.ONE);

    /** Slices in which what no auction sells is sold at normal depth. */
    public static final Parameter SLICES = new Parameter("default.slices", "slices", 1, 1_000, 5);

    /** How much slower the sale is when depth falls: slices are multiplied by it for depth as in stress. */
    public static final Parameter STRESS_SLOWING =
            new Parameter("default.stressSlowing", "ppm", Ppm.ONE, 100_000_000, 4_000_000);

    /** Share of a slice's displacement that is left when the next is sold. */
    public static final Parameter DISPLACEMENT_KEPT =
            new Parameter("default.displacementKept", "ppm", 0, Ppm.ONE, 500_000);

    /** Bids this far below the clearing price still protect a member's contribution in full, per lot of one per cent: 1,000 USD. */
    public static final Parameter BID_TOLERANCE =
            new Parameter("default.bidTolerance", "u = 10^-4 USD a lot", 1, 1_000_000_000_000L, 10_000_000);

    /** What an account that is closed pays for it, as a share of its maintenance margin, at most what the close-out leaves of its margin: initially 10 %. */
    public static final Parameter LIQUIDATION_PENALTY =
            new Parameter("default.liquidationPenalty", "ppm of MM", 0, Ppm.ONE, 100_000);
}
