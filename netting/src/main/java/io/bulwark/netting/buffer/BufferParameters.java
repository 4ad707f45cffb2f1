package io.bulwark.netting.buffer;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.contagion.ContagionRules;
import java.util.List;

/** The governed numbers of the buffer. */
public final class BufferParameters implements GovernedRoom {
    /** 1: the house publishes a buffer and asks E ≥ IM + Buffer to open. Then the table's own contagion charge is 0. */
    public static final Parameter PUBLISHED = new Parameter("buffer.published", "0 or 1", 0, 1, 1);

    /** σ: share of the maintenance margin over which an account goes from nothing to all sold. */
    public static final Parameter SPAN = new Parameter("buffer.span", "ppm", 1, Ppm.ONE, 500_000);

    /** η: share of a side that leaves after the crowd. */
    public static final Parameter EXIT_SHARE = new Parameter("buffer.exitShare", "ppm", 100_000, Ppm.ONE, 250_000);

    /** ω: how far the own-size part may lie above the linear rate. */
    public static final Parameter OWN_SIZE_LIMIT = new Parameter("buffer.ownSizeLimit", "ppm", 0, Ppm.ONE, 30_000);

    /** C: largest impact on one asset. */
    public static final Parameter CAP = new Parameter("buffer.cap", "ppm", 0, Ppm.ONE, 500_000);

    /** 1: the house can unwind the two legs of a hedge together on every venue that it lists, so they net; 0: nothing nets but lots of one number. */
    public static final Parameter UNWIND_TOGETHER = new Parameter("buffer.unwindTogether", "0 or 1", 0, 1, 0);

    /** Share of the charged vector that is kept a day when its cause has gone. */
    public static final Parameter KEPT_A_DAY = new Parameter("buffer.keptADay", "ppm", 0, Ppm.ONE, 970_000);

    /** Weight of the vectors at stressed ladders in what is charged. */
    public static final Parameter STRESS_WEIGHT = new Parameter("buffer.stressWeight", "ppm", 0, Ppm.ONE, 250_000);

    /**
     * Share of the depth behind the ladders that is left on the worst 1 % of days since 2020. A quarter at founding: on 10 October 2025 more than nine tenths of quoted depth
     * were reported gone for minutes and three tenths still missing a month later; the mean of such a day lies between, and the ladders start from a low quantile already.
     */
    public static final Parameter STRESSED_DEPTH =
            new Parameter("buffer.stressedDepth", "ppm", 10_000, Ppm.ONE, 250_000);

    private static final long SLOPE_MAX = 1_000_000_000;
    private static final long EXIT_MAX = 1_000_000_000;

    /** Slope of an asset's ladder. */
    public static Parameter slope(String group) {
        long initial = switch (group) {
            case "BTC" -> 150;
            case "ETH" -> 300;
            default -> 5_000;
        };
        return new Parameter("buffer.slope." + group, "ppm of the price per million USD", 0, SLOPE_MAX, initial);
    }

    /** Smallest exit quantity of a side of an asset. */
    public static Parameter minimumExit(String group) {
        return new Parameter("buffer.minimumExit." + group, "USD", 0, EXIT_MAX, 100_000);
    }

    /**
     * 1: the account is admitted as one that delta-hedges its options outside the house: what its short gamma makes it trade is a forced flow of every scenario.
     *
     * @param account {@code account-} and its number
     */
    public static Parameter hedger(String account) {
        return new Parameter("buffer.hedger." + account, "0 or 1", 0, 1, 0);
    }

    @Override
    public List<Class<?>> declaring() {
        return List.of(BufferParameters.class, VegaParameters.class);
    }

    static BufferPublication publication(ParameterSet parameters) {
        return new BufferPublication((int) parameters.value(KEPT_A_DAY), (int) parameters.value(STRESS_WEIGHT));
    }

    static ContagionRules rules(ParameterSet parameters) {
        return new ContagionRules((int) parameters.value(SPAN), (int) parameters.value(EXIT_SHARE), (int)
                parameters.value(OWN_SIZE_LIMIT));
    }
}
