package io.bulwark.netting.collateral;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;

/** The governed limits of the asset classes. */
public final class ClassParameters implements GovernedRoom {
    /**
     * Whether classes and haircuts follow what is observed, never below the listing's: 1. 0 keeps the terms of the listing.
     */
    public static final Parameter OBSERVED = new Parameter("collateral.observed", "0 or 1", 0, 1, 1);

    /** The largest σ_used of a stable. */
    public static final Parameter STABLE_SIGMA =
            new Parameter("collateral.stable.sigma", "ppm a day", 2_000, 20_000, 10_000);

    /** The least stress depth of a stable, USD. */
    public static final Parameter STABLE_DEPTH =
            new Parameter("collateral.stable.depth", "USD", 0, 1_000_000_000, 10_000_000);

    /** How deep the peg of a stable may ever have broken. */
    public static final Parameter STABLE_BREAK = new Parameter("collateral.stable.break", "ppm", -500_000, 0, -200_000);

    /** The largest σ_used of a major. */
    public static final Parameter MAJOR_SIGMA =
            new Parameter("collateral.major.sigma", "ppm a day", 30_000, 100_000, 60_000);

    /** The least stress depth of a major, USD. */
    public static final Parameter MAJOR_DEPTH =
            new Parameter("collateral.major.depth", "USD", 0, 1_000_000_000, 5_000_000);

    /** How deep the peg of a major that is a claim may ever have broken. */
    public static final Parameter MAJOR_BREAK = new Parameter("collateral.major.break", "ppm", -500_000, 0, -120_000);

    /** By how much an asset must be inside a limit before it moves to a better class. */
    public static final Parameter PROMOTION = new Parameter("collateral.promotion", "ppm", 0, 500_000, 100_000);
}
