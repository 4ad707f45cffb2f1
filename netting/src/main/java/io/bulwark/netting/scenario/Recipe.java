package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

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

    /** Places of the families that a day fills, in a table that has the same structure on every day. */
    private static final int HIST_PLACES = 16;

    private static final int DEPEG_PLACES = 14;
    private static final int ADV_PLACES = 14;
    private static final int REFUSED_PLACES = 10;

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
     * Every family of the margin formula (section 1.7), with the rows of the day; one without members is left out with its combo.
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

    /**
     * The same on the skeleton of 128 rows: the families that a day fills have room for 16 replays, 14 breaks of pegs and 14
     * accepted submissions. A place that is not filled repeats the family's first row, so that every maximum is what it was; a
     * family without members has rows of 0, and its combo comes to 0.
     *
     * @param counter where the tables list venues, the group that moves against all others in two rows of ADV; 12 places are left there
     * @throws IllegalArgumentException if there are more replays or submissions than places: none is left out unsaid
     */
    public static Recipe fullOnSkeleton(NamedScenarios scenarios, Pegs pegs, OptionalInt counter) {
        PriceMoves moves = new PriceMoves(scenarios.replays(), scenarios.accepted(), REPLAY_WEIGHT, true);
        return new RecipeDraft("full on the skeleton", moves, Charging.OBSERVED)
                .joint()
                .star()
                .extreme()
                .historical(scenarios.replays(), HIST_PLACES)
                .depegWithin(pegs, DEPEG_PLACES)
                .adversarial(counter, scenarios.accepted(), ADV_PLACES)
                .recipe();
    }

    /** The replay of 2020-03-12 at full weight. */
    public static Recipe vault() {
        List<CrashDay> replays = List.of(CrashDay.MARCH_2020);
        return new RecipeDraft("vault", new PriceMoves(replays, List.of(), Ppm.ONE, true), Charging.NONE)
                .historical(replays)
                .recipe();
    }

    /** Replays at full weight, undamped extremes but those that were judged beyond plausible, refused submissions. */
    public static Recipe fullVault(NamedScenarios scenarios) {
        PriceMoves moves = new PriceMoves(scenarios.replays(), scenarios.refused(), Ppm.ONE, false);
        return new RecipeDraft("full vault", moves, Charging.NONE)
                .historical(scenarios.replays())
                .extreme(scenarios::sizes)
                .adversarial(scenarios.refused())
                .recipe();
    }

    /**
     * The same on the skeleton of 32 rows: 16 places for replays, 6 for extremes, 10 for refused submissions.
     *
     * @throws IllegalArgumentException if there are more than places
     */
    public static Recipe fullVaultOnSkeleton(NamedScenarios scenarios) {
        PriceMoves moves = new PriceMoves(scenarios.replays(), scenarios.refused(), Ppm.ONE, false);
        return new RecipeDraft("full vault on the skeleton", moves, Charging.NONE)
                .historical(scenarios.replays(), HIST_PLACES)
                .extremeWithin(scenarios::sizes)
                .adversarial(OptionalInt.empty(), scenarios.refused(), REFUSED_PLACES)
                .recipe();
    }

    /** The extremes that were judged beyond plausible, undamped: no fund is sized for them. */
    public static Recipe beyondPlausible(NamedScenarios scenarios) {
        PriceMoves moves = new PriceMoves(List.of(), List.of(), Ppm.ONE, false);
        return new RecipeDraft("beyond plausible", moves, Charging.NONE)
                .extreme(move -> !scenarios.sizes(move))
                .recipe();
    }

    /** Scenarios that somebody asks about, a row each in their order, undamped. */
    public static Recipe submitted(List<Submission> submissions) {
        PriceMoves moves = new PriceMoves(List.of(), submissions, Ppm.ONE, false);
        return new RecipeDraft("submitted", moves, Charging.NONE)
                .adversarial(OptionalInt.empty(), submissions, submissions.size())
                .recipe();
    }

    /** The same with every move so many times as large, ppm. */
    public Recipe scaled(int scalePpm) {
        return new Recipe(name, rows, families, combos, moves.scaled(scalePpm), steep, flat, charging);
    }

    /**
     * The structure of its tables.
     *
     * @param venues whether they list venues
     */
    public Skeleton skeleton(boolean venues) {
        return new Skeleton(rows.size(), families, combos, steep, flat, venues ? VenuePaths.of(rows) : List.of());
    }

    /**
     * The paths on which venues act, over the rows of a table: eight over the joint grid, and one for each row in which a group moves
     * against every other.
     *
     * @throws IllegalArgumentException if the rows have no joint grid
     */
    public static List<VenueRisk.Path> paths(List<ScenarioRow> rows) {
        return VenuePaths.of(rows);
    }

    /**
     * The structure that a table has on every day, whatever happened on it: what a circuit takes as constant.
     *
     * @param rows number of scenario rows
     * @param families which rows stand in which family
     * @param combos mixtures of the families
     * @param steep row of the skew in every group that charges
     * @param flat the row that is steepened
     * @param paths on which venues act; none in a table that lists no venues
     */
    public record Skeleton(
            int rows, List<Family> families, List<Combo> combos, int steep, int flat, List<VenueRisk.Path> paths) {
        /** Copies the lists. */
        public Skeleton {
            families = List.copyOf(families);
            combos = List.copyOf(combos);
            paths = List.copyOf(paths);
        }

        /** In what a table stands off it, each with what the table has; empty where it stands on it. */
        public List<String> differences(RiskTable table) {
            List<String> differences = new ArrayList<>();
            differ(differences, "rows", rows, table.rowCount());
            differ(differences, "families", names(families), names(table.families()));
            for (int k = 0; k < Math.min(families.size(), table.families().size()); k++) {
                Family own = families.get(k);
                differ(
                        differences,
                        "points of family " + own.name(),
                        own.points(),
                        table.families().get(k).points());
            }
            differ(differences, "combos", combos, table.combos());
            table.groups()
                    .forEach(group -> group.charges().ifPresent(charges -> {
                        differ(
                                differences,
                                "steep row of group " + group.id(),
                                steep,
                                charges.skew().steep());
                        differ(
                                differences,
                                "flat row of group " + group.id(),
                                flat,
                                charges.skew().flat());
                    }));
            differ(differences, "paths", paths, table.venueRisk().paths());
            return differences;
        }

        private static List<String> names(List<Family> families) {
            return families.stream().map(Family::name).toList();
        }

        private static void differ(List<String> differences, String what, Object promised, Object had) {
            if (!promised.equals(had)) {
                differences.add(what + ": must be " + promised + "; have " + had);
            }
        }
    }
}
