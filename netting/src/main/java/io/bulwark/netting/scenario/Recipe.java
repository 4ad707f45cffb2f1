package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import java.util.List;

/**
 * Which rows, families and charges a table has.
 *
 * @param name in the table's provenance
 * @param rows scenario rows
 * @param families over the rows
 * @param combos over the families
 * @param moves how rows move prices
 * @param steep row that steepens {@code flat}
 * @param flat the row that is steepened
 * @param charging which charges on size the table has
 */
public record Recipe(
        String name,
        List<ScenarioRow> rows,
        List<Family> families,
        List<Combo> combos,
        PriceMoves moves,
        int steep,
        int flat,
        Charging charging) {

    /** Which charges on size a table has. */
    public enum Charging {
        /** None: only losses are read. */
        NONE,
        /** Spread and impact at governed rates. */
        GOVERNED,
        /** Every charge, from observations where the house has them. */
        OBSERVED
    }

    /** Weight of a replayed day inside the initial margin. */
    static final int REPLAY_WEIGHT = 450_000;

    /** J alone, and four fifths of J with one fifth of the worst of every group by itself (EMIR's limit on offsets). */
    public static Recipe grid() {
        PriceMoves moves = new PriceMoves(List.of(), List.of(), Ppm.ONE, true);
        return new RecipeDraft("margin", moves, Charging.GOVERNED).joint().recipe();
    }

    /**
     * Every family of the margin formula (section 1.7); one without members is left out with its combo.
     *
     * @param scenarios replays and accepted submissions
     * @param pegs which assets break together
     */
    public static Recipe full(NamedScenarios scenarios, Pegs pegs) {
        PriceMoves moves = new PriceMoves(scenarios.replays(), scenarios.accepted(), REPLAY_WEIGHT, true);
        return new RecipeDraft("full", moves, Charging.OBSERVED)
                .joint()
                .star()
                .extreme()
                .historical(scenarios.replays())
                .depeg(pegs, scenarios.accepted().size())
                .adversarial(scenarios.accepted())
                .recipe();
    }

    /** The replay of 2020-03-12 at full weight. */
    public static Recipe vault() {
        List<CrashDay> replays = List.of(CrashDay.MARCH_2020);
        return new RecipeDraft("vault", new PriceMoves(replays, List.of(), Ppm.ONE, true), Charging.NONE)
                .historical(replays)
                .recipe();
    }

    /** Replays at full weight, undamped extremes, refused submissions. */
    public static Recipe fullVault(NamedScenarios scenarios) {
        PriceMoves moves = new PriceMoves(scenarios.replays(), scenarios.refused(), Ppm.ONE, false);
        return new RecipeDraft("full vault", moves, Charging.NONE)
                .historical(scenarios.replays())
                .extreme()
                .adversarial(scenarios.refused())
                .recipe();
    }

    /** The same with every move so many times as large, ppm. */
    public Recipe scaled(int scalePpm) {
        return new Recipe(name, rows, families, combos, moves.scaled(scalePpm), steep, flat, charging);
    }
}
