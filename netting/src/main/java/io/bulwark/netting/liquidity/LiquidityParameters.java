package io.bulwark.netting.liquidity;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of the size charges. */
public final class LiquidityParameters implements GovernedRoom {
    /** β: the share of a crowded side that is closed within the horizon. */
    public static final Parameter CROWD_SHARE =
            new Parameter("liquidity.crowd.share", "ppm", 100_000, Ppm.ONE, 250_000);

    /** c_max: no crowd or impact slope is larger. */
    public static final Parameter SLOPE_MAX = new Parameter("liquidity.slope.max", "ppm", 1_000, 100_000, 50_000);

    /** a_max: the surcharge on the short side of the most crowded cluster of strikes and expiries. */
    public static final Parameter CLUSTER_MAX = new Parameter("liquidity.cluster.max", "ppm", 0, 20_000, 4_000);

    /** The crowd slope of an entry whose open interest and depth nobody has measured. */
    public static final Parameter CROWD_UNOBSERVED =
            new Parameter("liquidity.crowd.unobserved", "ppm", 0, 50_000, 1_000);

    /** χ of a group whose vega nobody has measured. */
    public static final Parameter CHI_UNOBSERVED =
            new Parameter("liquidity.chi.unobserved", "10^-6 volatility points", 0, 5_000_000, 500_000);

    /** ψ where the 25-delta skew stands at its mean of the year, or is not known. */
    public static final Parameter PSI_BASE = new Parameter("liquidity.psi.base", "ppm", 0, 500_000, 250_000);

    /** λ_L: how much the price range widens when depth is half of its reference or less. */
    public static final Parameter THIN_DEPTH = new Parameter("liquidity.thinDepth", "ppm", 0, Ppm.ONE, 250_000);

    /** The largest rise of a slope from one epoch to the next, of the slope before. */
    public static final Parameter STEP_MAX = new Parameter("liquidity.step.max", "ppm", 10_000, Ppm.ONE, 250_000);
}
