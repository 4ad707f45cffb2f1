package io.bulwark.insurance.waterfall;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;

/**
 * A loss and who pays it.
 *
 * @param loss what was to be absorbed
 * @param layers what each layer pays, in order
 * @param residual what nobody pays: left to haircutting or deleveraging
 */
public record Absorption(BigFraction loss, List<LayerUse> layers, BigFraction residual) {
    /** Copies the layers; paid and residual together must be the loss. */
    public Absorption {
        layers = List.copyOf(layers);
        BigFraction paid = layers.stream().map(LayerUse::used).reduce(BigFraction.ZERO, BigFraction::add);
        if (!paid.add(residual).equals(loss)) {
            throw new IllegalArgumentException(
                    "paid and residual must be the loss " + loss + "; have " + paid + " + " + residual);
        }
    }

    /**
     * What one layer pays.
     *
     * @param name of the layer
     * @param capacity what it could pay
     * @param used what it pays
     * @param members what each member pays of it, by name; empty where the layer is one purse
     */
    public record LayerUse(
            String name, BigFraction capacity, BigFraction used, SortedMap<String, BigFraction> members) {
        /** Copies the members. */
        public LayerUse {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        }
    }
}
