package io.bulwark.insurance.vault;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of the fund. */
public final class VaultParameters implements GovernedRoom {
    private static final long CAP_MAX = 1_000_000_000_000_000L;

    /** What a member pays at least, whatever its positions: initially 1,000 USD. */
    public static final Parameter MINIMUM_CONTRIBUTION =
            new Parameter("vault.minimumContribution", "u = 10^-4 USD", 0, 1_000_000_000_000L, 10_000_000);

    /**
     * Whether accounts of which nothing is pledged to the house or in its custody may rest on the shared fund: 1, they do, and none of
     * their
     * margin counts there; 0, the fund is not sized for them, they pay nothing into it, and a default of theirs is refused.
     */
    public static final Parameter ADVISORY_RESTS = new Parameter("vault.advisoryRests", "0 or 1", 0, 1, 0);

    /**
     * Whether the layer of a venue that fails is also sought on the days that the vault table replays: 1, it is, at full weight; 0, only
     * where nothing moves and in the joint family of the margin table, which venue risk, section 6, defines.
     */
    public static final Parameter VENUE_REPLAYS = new Parameter("vault.venueReplays", "0 or 1", 0, 1, 1);

    /**
     * Whether the fund is sized by what is extreme but plausible: 1, a move beyond every grid sizes it only where the epoch's own history
     * lets the governed law pass it (correlation.plausibleYears), and the others are shown beside; 0, every one sizes it. Days that
     * happened size it always.
     */
    public static final Parameter PLAUSIBLE = new Parameter("vault.plausible", "0 or 1", 0, 1, 1);

    /** Share of a contribution that the next review keeps at least. */
    public static final Parameter KEPT_SHARE = new Parameter("vault.keptShare", "ppm", 0, Ppm.ONE, 800_000);

    /** Hours from the time of the epoch whose review asks for a contribution until it must be in the fund. */
    public static final Parameter DUE_WITHIN = new Parameter("vault.dueWithin", "hours", 1, 720, 24);

    /** φ: share of what all members lose beyond margin in the worst row that the fund holds at least; affiliates who hide cannot move it. */
    public static final Parameter UNCOVERED_SHARE = new Parameter("vault.uncoveredShare", "ppm", 0, Ppm.ONE, 600_000);

    /** The most that the loss of one collateral symbol puts into the fund: initially 1,000,000 USD. */
    public static final Parameter SYMBOL_CAP =
            new Parameter("vault.symbolCap", "u = 10^-4 USD", 0, CAP_MAX, 10_000_000_000L);

    /** Hours from a member's asking to leave until its contribution leaves; longer than the days in which a default is closed out. Until then it stays slashable. */
    public static final Parameter EXIT_COOLDOWN = new Parameter("vault.exitCooldown", "hours", 48, 8_760, 480);

    /** Hours from one review to the next: what stands beyond the targets leaves a step at a time. */
    public static final Parameter REVIEW_PERIOD = new Parameter("vault.reviewPeriod", "hours", 1, 8_760, 24);

    /**
     * The most that the loss of this symbol puts into the fund beside {@link #SYMBOL_CAP}: initially no further limit. 0 exempts a base asset, such as one that a contract redeems: governance answers for
     * that, and the fund's page says it.
     *
     * @param symbol name of a listed asset
     */
    public static Parameter symbolCapOf(String symbol) {
        return new Parameter("vault.symbolCap." + symbol, "u = 10^-4 USD", 0, CAP_MAX, CAP_MAX);
    }

    /** What the loss of a symbol puts into the fund at most, u. */
    public static long symbolCap(ParameterSet parameters, String symbol) {
        return Math.min(parameters.value(SYMBOL_CAP), parameters.value(symbolCapOf(symbol)));
    }
}
