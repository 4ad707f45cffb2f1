package io.bulwark.insurance.waterfall;

import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * A lending protocol's first-loss stake: the treasury's offset, then the stake that can be slashed. Source: Aave Umbrella,
 * deficit offset and slashing.
 */
public final class StakeSlashing {
    private StakeSlashing() {}

    /**
     * The two layers.
     *
     * @param offset what the treasury takes before any stake, ≥ 0
     * @param slashable stake that is neither withdrawn nor paused, ≥ 0: capacity net of exits is what counts
     */
    public static Waterfall of(BigFraction offset, BigFraction slashable) {
        return new Waterfall(List.of(Layer.of("treasury offset", offset), Layer.of("slashed stake", slashable)));
    }
}
