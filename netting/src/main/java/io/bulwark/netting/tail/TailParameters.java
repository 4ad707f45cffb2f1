package io.bulwark.netting.tail;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of the expected-shortfall rows. */
public final class TailParameters implements GovernedRoom {
    /** N, rows of expected shortfall in a table with a sealed history: 1 (none), 256 or 1 024. */
    public static final Parameter ROWS = new Parameter("tail.rows", "rows: 1, 256 or 1024", 1, 1_024, 256);

    /** What the moves of 256 rows are raised by, for what so few rows miss. */
    public static final Parameter SCALE_OF_256 = new Parameter("tail.scale.256", "ppm", 0, 200_000, 80_000);

    /** What the moves of 1 024 rows are raised by. */
    public static final Parameter SCALE_OF_1024 = new Parameter("tail.scale.1024", "ppm", 0, 200_000, 50_000);

    /**
     * How far a row of expected shortfall may move a group, of the price range X on that side: no further than the stress rows do.
     * A residual was measured by the volatility before it, so that after a jump one return would count twice, in σ and as a residual
     * times the new σ.
     */
    public static final Parameter REACH = new Parameter("tail.reach", "ppm of X", Ppm.ONE, 200_000_000, Ppm.ONE);

    /** Seed of every draw: governed, so that rows change with the market and not with chance. */
    public static final Parameter SEED = new Parameter("tail.seed", "any", 0, Long.MAX_VALUE, 20_140_101);

    /** Share of worlds that replay the worst year at its own σ. */
    public static final Parameter STRESSED_SHARE =
            new Parameter("tail.stressedShare", "ppm", 250_000, 500_000, 250_000);

    /** Of the other worlds, the share drawn from the t-copula with extreme-value tails. */
    public static final Parameter COPULA_SHARE = new Parameter("tail.copulaShare", "ppm", 0, Ppm.ONE, 250_000);

    /** Standard deviation of the relative move of implied volatility in a day. */
    public static final Parameter VOLATILITY_MOVE =
            new Parameter("tail.volatilityMove", "ppm", 10_000, 200_000, 60_000);

    /** Minus the correlation of implied volatility with the common move of prices. */
    public static final Parameter LEVERAGE = new Parameter("tail.leverage", "ppm", 0, 900_000, 550_000);

    /** N in force. */
    public static int rows(ParameterSet parameters) {
        int rows = (int) parameters.value(ROWS);
        if (rows != 1 && rows != RadiusStrata.FEW && rows != RadiusStrata.MANY) {
            throw new IllegalArgumentException(ROWS.name() + " must be 1, 256 or 1024; have " + rows);
        }
        return rows;
    }

    /** What moves are raised by in a table of N rows, ppm. */
    public static int scale(ParameterSet parameters, int rows) {
        return (int) parameters.value(rows == RadiusStrata.FEW ? SCALE_OF_256 : SCALE_OF_1024);
    }
}
