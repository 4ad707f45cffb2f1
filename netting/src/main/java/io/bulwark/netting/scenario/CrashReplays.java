package io.bulwark.netting.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The facts file as joint replays: all facts of one replay move together, in the order of the file. */
public final class CrashReplays {
    /** The facts file, a resource beside this class: a header, then {@code replay,end,subject,ppm,source}. */
    public static final String RESOURCE = "/io/bulwark/netting/scenario/crash-replays.csv";

    private CrashReplays() {}

    /**
     * The replays of the facts.
     *
     * @throws IllegalArgumentException if a replay says twice how a group moved, or does not say how BTC and ETH moved
     */
    public static List<CrashDay> of(List<CrashFact> facts) {
        Map<String, Map<String, Integer>> replays = new LinkedHashMap<>();
        for (CrashFact fact : facts) {
            if (fact.peg().isEmpty()) {
                Map<String, Integer> moves = replays.computeIfAbsent(fact.replay(), name -> new LinkedHashMap<>());
                if (moves.put(fact.subject(), fact.ppm()) != null) {
                    throw new IllegalArgumentException(
                            "a replay must move a group once; have twice " + fact.replay() + " " + fact.subject());
                }
            }
        }
        return replays.entrySet().stream()
                .map(replay -> new CrashDay(replay.getKey(), replay.getValue()))
                .toList();
    }
}
