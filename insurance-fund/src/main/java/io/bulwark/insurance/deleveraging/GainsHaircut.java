package io.bulwark.insurance.deleveraging;

import java.util.Collections;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * Variation-margin gains haircutting: every gain is cut by the same share, no more than the deficit asks for.
 *
 * @param haircut share of every gain, in [0, 1]; 0 if nobody gained
 * @param losses what each gives up, in the order asked; 0 for those who lost
 * @param uncovered part of the deficit that all gains together do not cover
 */
public record GainsHaircut(BigFraction haircut, List<BigFraction> losses, BigFraction uncovered) {
    /** Copies the losses. */
    public GainsHaircut {
        losses = List.copyOf(losses);
    }

    /**
     * Cuts gains.
     *
     * @param gains of each, negative for a loss
     * @param deficit to be covered, ≥ 0
     */
    public static GainsHaircut of(List<BigFraction> gains, BigFraction deficit) {
        if (deficit.signum() < 0) {
            throw new IllegalArgumentException("deficit must be >= 0; have " + deficit);
        }
        BigFraction gained = gains.stream().map(GainsHaircut::gain).reduce(BigFraction.ZERO, BigFraction::add);
        BigFraction haircut = gained.signum() == 0
                ? BigFraction.ZERO
                : Collections.min(List.of(BigFraction.ONE, deficit.divide(gained)));
        return new GainsHaircut(
                haircut,
                gains.stream().map(g -> gain(g).multiply(haircut)).toList(),
                deficit.subtract(gained.multiply(haircut)));
    }

    private static BigFraction gain(BigFraction profit) {
        return profit.signum() > 0 ? profit : BigFraction.ZERO;
    }
}
