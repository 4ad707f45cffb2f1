package io.bulwark.netting.buffer;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.buffer.VegaTariff.Wing;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** The governed numbers of short-volatility crowding; {@link BufferParameters} declares them to the house. */
public final class VegaParameters {
    /** h₀: share of a volatility move that a short bucket pays where nobody crowds. */
    public static final Parameter HAIRCUT = new Parameter("buffer.vegaHaircut", "ppm", 0, Ppm.ONE, 50_000);

    /** h₁: rise of that share per unit of crowding beyond ρ*. */
    public static final Parameter RISE = new Parameter("buffer.vegaRise", "ppm", 0, 10_000_000, 500_000);

    /** ρ*: net short over capacity up to which nothing rises. */
    public static final Parameter FREE = new Parameter("buffer.vegaFree", "ppm", 0, 10_000_000, 200_000);

    /** h_max: largest share. */
    public static final Parameter HAIRCUT_MAX = new Parameter("buffer.vegaHaircutMax", "ppm", 0, Ppm.ONE, 600_000);

    /** Share of a group's capacity that trades at tenors around 3 days. */
    public static final Parameter SHARE_3D = new Parameter("buffer.vegaShare3d", "ppm", 1_000, Ppm.ONE, 150_000);

    /** Share of a group's capacity that trades around 14 days. */
    public static final Parameter SHARE_14D = new Parameter("buffer.vegaShare14d", "ppm", 1_000, Ppm.ONE, 350_000);

    /** Share of a group's capacity that trades around 45 days. */
    public static final Parameter SHARE_45D = new Parameter("buffer.vegaShare45d", "ppm", 1_000, Ppm.ONE, 300_000);

    /** Share of a group's capacity that trades at 120 days and beyond. */
    public static final Parameter SHARE_120D = new Parameter("buffer.vegaShare120d", "ppm", 1_000, Ppm.ONE, 200_000);

    /** Share of a tenor's capacity in puts below a delta of 35 %. */
    public static final Parameter SHARE_PUT = new Parameter("buffer.vegaSharePut", "ppm", 1_000, Ppm.ONE, 250_000);

    /** Share of a tenor's capacity at the money. */
    public static final Parameter SHARE_ATM = new Parameter("buffer.vegaShareAtm", "ppm", 1_000, Ppm.ONE, 500_000);

    /** Share of a tenor's capacity in calls below a delta of 35 %. */
    public static final Parameter SHARE_CALL = new Parameter("buffer.vegaShareCall", "ppm", 1_000, Ppm.ONE, 250_000);

    /** Δσ at 3 days: expected shortfall at 97.5 % of the two-day move of implied volatility. */
    public static final Parameter MOVE_3D = new Parameter("buffer.volMove3d", "volatility points", 0, 500, 30);

    /** Δσ at 14 days. */
    public static final Parameter MOVE_14D = new Parameter("buffer.volMove14d", "volatility points", 0, 500, 18);

    /** Δσ at 45 days. */
    public static final Parameter MOVE_45D = new Parameter("buffer.volMove45d", "volatility points", 0, 500, 11);

    /** Δσ at 120 days. */
    public static final Parameter MOVE_120D = new Parameter("buffer.volMove120d", "volatility points", 0, 500, 7);

    /** The tenor nodes, whole days. */
    static final List<Integer> TENORS = List.of(3, 14, 45, 120);

    private static final List<Parameter> TENOR_SHARES = List.of(SHARE_3D, SHARE_14D, SHARE_45D, SHARE_120D);
    private static final List<Parameter> MOVES = List.of(MOVE_3D, MOVE_14D, MOVE_45D, MOVE_120D);
    private static final long MICRO_PER_USD = 1_000_000;
    private static final BigInteger SHARES = BigInteger.valueOf((long) Ppm.ONE * Ppm.ONE);

    private VegaParameters() {}

    /**
     * Vega of a group that can be traded on a day of stress at one volatility point of slippage, over all tenors and strikes. Founding values are a quarter of what a day's
     * turnover of a billion dollars of options on BTC (a third of it on ETH) carries at about a thousandth of the notional per point.
     */
    public static Parameter capacity(String group) {
        long initial = switch (group) {
            case "BTC" -> 250_000;
            case "ETH" -> 80_000;
            default -> 2_000;
        };
        return new Parameter("buffer.vegaCapacity." + group, "USD per volatility point", 100, 1_000_000_000, initial);
    }

    /**
     * 1: the account is on the published list of dealers, who quote both sides by duty. Its short vega counts by itself and pays; its long vega hides no customer's short.
     *
     * @param account {@code account-} and its number
     */
    public static Parameter dealer(String account) {
        return new Parameter("buffer.dealer." + account, "0 or 1", 0, 1, 0);
    }

    static VegaCrowding.Rules rules(ParameterSet parameters) {
        int least = (int) parameters.value(HAIRCUT);
        return new VegaCrowding.Rules(least, (int) parameters.value(RISE), (int) parameters.value(FREE), (int)
                Math.max(least, parameters.value(HAIRCUT_MAX)));
    }

    /** The nodes of one wing of a group, tenors ascending; capacities are rounded down, to at least one micro-USD. */
    static List<VegaCrowding.Node> nodes(ParameterSet parameters, String group, Wing wing) {
        BigInteger whole = BigInteger.valueOf(parameters.value(capacity(group)) * MICRO_PER_USD)
                .multiply(BigInteger.valueOf(parameters.value(share(wing))));
        return IntStream.range(0, TENORS.size())
                .mapToObj(b -> new VegaCrowding.Node(
                        TENORS.get(b),
                        whole.multiply(BigInteger.valueOf(parameters.value(TENOR_SHARES.get(b))))
                                .divide(SHARES)
                                .max(BigInteger.ONE)
                                .longValueExact(),
                        (int) parameters.value(MOVES.get(b))))
                .toList();
    }

    private static Parameter share(Wing wing) {
        return switch (wing) {
            case PUT -> SHARE_PUT;
            case ATM -> SHARE_ATM;
            case CALL -> SHARE_CALL;
        };
    }
}
