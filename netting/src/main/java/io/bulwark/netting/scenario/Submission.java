package io.bulwark.netting.scenario;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A submitted adversarial scenario.
 *
 * @param name how rows name it
 * @param moves relative move by group name, ppm; every group that is not the numéraire
 * @param volatility shock of volatility, a fraction of the full one: −1 to 1
 */
public record Submission(String name, Map<String, Integer> moves, BigDecimal volatility) {
    /** Copies the moves. */
    public Submission {
        moves = Map.copyOf(moves);
        if (volatility.abs().compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "volatility of submission " + name + " must be -1 to 1; have " + volatility);
        }
    }

    /** The move of a group, ppm. */
    public int move(String group) {
        return Optional.ofNullable(moves.get(group))
                .orElseThrow(() -> new IllegalArgumentException("submission " + name + " must move " + group));
    }
}
