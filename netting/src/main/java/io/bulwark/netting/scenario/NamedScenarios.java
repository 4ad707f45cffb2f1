package io.bulwark.netting.scenario;

import java.util.List;
import java.util.Optional;

/**
 * Scenarios that have a name, and the moves beyond every grid as an epoch judges them.
 *
 * @param replays the crash replays, in the order of their rows
 * @param accepted submissions that passed the plausibility test: family ADV of the margin table
 * @param refused submissions that did not: rows of the vault table only
 * @param judged moves beyond every grid by how plausible they are; empty where no history says it, and then each sizes the fund
 */
public record NamedScenarios(
        List<CrashDay> replays, List<Submission> accepted, List<Submission> refused, List<ExtremeMove> judged) {
    /** None at all. */
    public static final NamedScenarios NONE = new NamedScenarios(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public NamedScenarios {
        replays = List.copyOf(replays);
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
        judged = List.copyOf(judged);
    }

    /** Where nothing says how plausible a move is. */
    public NamedScenarios(List<CrashDay> replays, List<Submission> accepted, List<Submission> refused) {
        this(replays, accepted, refused, List.of());
    }

    /** The same with moves judged. */
    public NamedScenarios with(List<ExtremeMove> moves) {
        return new NamedScenarios(replays, accepted, refused, moves);
    }

    /** Whether the fund is sized for a move: every one that was not judged beyond plausible. */
    boolean sizes(int movePpm) {
        return judgement(movePpm).map(ExtremeMove::isPlausible).orElse(true);
    }

    /** What was found of a move; empty where it was not judged. */
    public Optional<ExtremeMove> judgement(int movePpm) {
        return judged.stream().filter(move -> move.ppm() == movePpm).findFirst();
    }

    /**
     * A move of every price beyond the grid, and how plausible it is on one day: the least D² over the governed correlations, against
     * that of which the governed law passes it once in the governed number of years (margin formula, section 3.3). Whoever is near the
     * limit is counted as plausible: the distance is rounded down, the limit up.
     *
     * @param ppm the move
     * @param distance D² in thousandths, rounded down
     * @param greatest the largest D² that is plausible, in thousandths, rounded up
     */
    public record ExtremeMove(int ppm, int distance, int greatest) {
        /** Every move of the family, ppm. */
        public static final List<Integer> ALL = ScenarioRows.EXTREMES;

        /** Whether the fund is sized for it. */
        public boolean isPlausible() {
            return distance <= greatest;
        }
    }
}
