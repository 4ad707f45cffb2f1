package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * One line of the facts file {@code crash-replays.csv}: how far something moved in a crash, and who says so.
     *
     * @param replay name of the joint replay that it belongs to; empty for a broken peg, which is no replay
     * @param end end of its 24 hours: a day, or the UTC hour of the last candle
     * @param subject name of the risk group; {@code *} for the groups without a fact of their own; {@code peg NAME} for an asset
     *     that broke away from what it is a claim on
     * @param ppm relative move, above −10⁶
     * @param source paper, venue or page of evidence
     */
    public record CrashFact(String replay, String end, String subject, int ppm, String source) {
        private static final String PEG = "peg ";
        private static final int WHOLE = -Ppm.ONE;

        /** Checks the move and that a fact has a source. */
        public CrashFact {
            if (ppm <= WHOLE) {
                throw new IllegalArgumentException(
                        "ppm of " + replay + " " + subject + " must be > -1000000; have " + ppm);
            }
            if (source.isBlank() || subject.isBlank()) {
                throw new IllegalArgumentException(
                        "subject and source of a crash fact must be given; have " + replay + " " + subject);
            }
            if (subject.startsWith(PEG) != replay.isEmpty()) {
                throw new IllegalArgumentException("a crash fact must belong to a replay or be a peg; have " + subject);
            }
        }

        /** The asset whose peg broke, if this is such a fact. */
        public Optional<String> peg() {
            return subject.startsWith(PEG) ? Optional.of(subject.substring(PEG.length())) : Optional.empty();
        }
    }
}
