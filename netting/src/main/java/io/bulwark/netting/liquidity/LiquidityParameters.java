package io.bulwark.netting.liquidity;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of the size charges. */
public final class LiquidityParameters implements GovernedRoom {
    /**
     * Whether tables of the full design charge what is observed: 1. 0 rests on governed numbers alone; what venues show is sealed all the
     * same.
     */
    public static final Parameter OBSERVED = new Parameter("liquidity.observed", "0 or 1", 0, 1, 1);

    /** Whether ψ follows the put-call skew that the quoted options of an underlying show: 1. 0 keeps ψ at its base. */
    public static final Parameter SKEW = new Parameter("liquidity.skew", "0 or 1", 0, 1, 1);

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

    /** How far from the epoch's time a mark may be told to be compared with others: what the market moves meanwhile is no dislocation. */
    public static final Parameter MARKS_WINDOW =
            new Parameter("liquidity.marks.windowMillis", "ms", 1_000, 3_600_000, 120_000);

    /** Taker fee beside half of the quoted spread. */
    public static final Parameter TAKER_FEE = new Parameter("liquidity.takerFee", "ppm", 0, 10_000, 450);

    /** Depth of an option contract, of its underlying's, while nobody has measured it. */
    public static final Parameter OPTION_DEPTH = new Parameter("liquidity.depth.option", "ppm", 1_000, Ppm.ONE, 50_000);

    /**
     * D_ref: what a venue quotes of a group within 2 % of the middle in a bad hour, as governance judges it. No deeper D is believed
     * before 90 days are observed, and below it a price range widens.
     */
    public static Parameter depth(String group) {
        long initial = switch (group) {
            case "USD" -> 50_000_000;
            case "BTC" -> 20_000_000;
            case "ETH" -> 10_000_000;
            default -> 1_000_000;
        };
        return new Parameter("liquidity.depth." + group, "USD", 10_000, 10_000_000_000L, initial);
    }
}
