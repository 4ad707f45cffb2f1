package io.bulwark.insurance.waterfall;

import io.bulwark.insurance.waterfall.Absorption.LayerUse;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * The default waterfall: layers in order, each used up before the next is touched.
 *
 * @param layers in the order in which they pay
 */
public record Waterfall(List<Layer> layers) {
    /** Copies the layers. */
    public Waterfall {
        layers = List.copyOf(layers);
    }

    /**
     * Who pays a loss.
     *
     * @param loss ≥ 0, in the unit of the layers
     * @throws IllegalArgumentException if the loss is negative
     */
    public Absorption absorb(BigFraction loss) {
        if (loss.signum() < 0) {
            throw new IllegalArgumentException("loss must be >= 0; have " + loss);
        }
        BigFraction rest = loss;
        List<LayerUse> used = new ArrayList<>();
        for (Layer layer : layers) {
            LayerUse use = layer.absorb(rest);
            used.add(use);
            rest = rest.subtract(use.used());
        }
        return new Absorption(loss, used, rest);
    }
}
