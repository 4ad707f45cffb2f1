package io.bulwark.netting.scenario;

import java.util.List;

/**
 * Scenarios that have a name: days that happened and moves that somebody submitted.
 *
 * @param replays the crash replays, in the order of their rows
 * @param accepted submissions that passed the plausibility test: family ADV of the margin table
 * @param refused submissions that did not: rows of the vault table only
 */
public record NamedScenarios(List<CrashDay> replays, List<Submission> accepted, List<Submission> refused) {
    /** None at all. */
    public static final NamedScenarios NONE = new NamedScenarios(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public NamedScenarios {
        replays = List.copyOf(replays);
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }
}
