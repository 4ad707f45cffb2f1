package io.bulwark.netting.scenario;

import java.util.Map;
import java.util.Optional;

/**
 * An accepted adversarial scenario.
 *
 * @param name how rows name it
 * @param moves relative move by group name, ppm; every group that is not the numéraire
 */
public record Submission(String name, Map<String, Integer> moves) {
    /** Copies the moves. */
    public Submission {
        moves = Map.copyOf(moves);
    }

    /** The move of a group, ppm. */
    public int move(String group) {
        return Optional.ofNullable(moves.get(group))
                .orElseThrow(() -> new IllegalArgumentException("submission " + name + " must move " + group));
    }
}
