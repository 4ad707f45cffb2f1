package io.bulwark.netting.risktable;

import java.math.BigDecimal;
import java.util.List;

/**
 * One scenario row of the table: how far prices move and what the volatility surface does with them.
 *
 * @param move the price move of every group
 * @param volatilityShock 1 is the full rise of the volatility level, −1 the full fall, 0 leaves it flat
 * @param skewSlope slope of the steepening per unit of standardised moneyness, 0 for none
 * @param twist sign of the term-structure twist: 1 front up and back down, −1 the reverse, 0 none
 * @param pegs ids of the assets whose peg breaks in this row
 * @param cross true for the extra cell of family S, in which the two legs of a two-asset product move apart
 */
public record ScenarioRow(
        Move move, BigDecimal volatilityShock, BigDecimal skewSlope, int twist, List<String> pegs, boolean cross) {

    /** How prices move in a row. */
    public sealed interface Move permits PricePoint, Absolute, Replay, Submission, Counter, Pad {}

    /**
     * A point of the price grid.
     *
     * @param point fraction of the price range X, ppm
     * @param shift star shift in units of the group's idiosyncratic fraction: −1, 0 or 1
     */
    public record PricePoint(int point, int shift) implements Move {}

    /**
     * The same relative move of every underlying.
     *
     * @param ppm the move, ppm
     */
    public record Absolute(int ppm) implements Move {}

    /** A historical day, by name. */
    public record Replay(String day) implements Move {}

    /** An accepted adversarial submission, by name. */
    public record Submission(String name) implements Move {}

    /**
     * One group against every other: two venues that hold the two sides of a spread lose in turn.
     *
     * @param group permanent number of the group that moves by {@code point}; every other moves the other way
     * @param point fraction of the price range X, ppm
     */
    public record Counter(int group, int point) implements Move {}

    /** No scenario: the place of one in a family that has none on this day. Every entry of the row is 0. */
    public record Pad() implements Move {}

    /** Normalises decimals to their shortest form, so that equal rows are equal. */
    public ScenarioRow {
        volatilityShock = shortest(volatilityShock);
        skewSlope = shortest(skewSlope);
        pegs = List.copyOf(pegs);
        Require.that(twist >= -1 && twist <= 1, "row twist", "must be -1, 0 or 1", twist);
    }

    /** A plain grid row: a price point and a volatility shock. */
    public static ScenarioRow grid(int point, BigDecimal volatilityShock) {
        return new ScenarioRow(new PricePoint(point, 0), volatilityShock, BigDecimal.ZERO, 0, List.of(), false);
    }

    /** The place of a scenario that is not there: nothing moves, no time passes. */
    public static ScenarioRow pad() {
        return new ScenarioRow(new Pad(), BigDecimal.ZERO, BigDecimal.ZERO, 0, List.of(), false);
    }

    /** Whether the row is the place of a scenario that is not there. */
    public boolean isPad() {
        return move instanceof Pad;
    }

    private static BigDecimal shortest(BigDecimal decimal) {
        return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
    }
}
