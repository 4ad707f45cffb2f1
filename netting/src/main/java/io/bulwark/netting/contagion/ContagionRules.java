package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;

/**
 * Governed numbers of the buffer.
 *
 * @param spanPpm σ, 1 … 10⁶: share of the maintenance margin over which an account goes from nothing to all sold
 * @param exitSharePpm η, 0 … 10⁶: share of a side that leaves after the crowd
 * @param ownSizeLimitPpm ω ≥ 0: how far the own-size part may lie above the linear rate
 */
public record ContagionRules(int spanPpm, int exitSharePpm, int ownSizeLimitPpm) {
    /** Checks ranges. */
    public ContagionRules {
        MoneyRange.rate("spanPpm", spanPpm, 1, Ppm.ONE);
        MoneyRange.rate("exitSharePpm", exitSharePpm, 0, Ppm.ONE);
        MoneyRange.rate("ownSizeLimitPpm", ownSizeLimitPpm, 0, Integer.MAX_VALUE);
    }
}
