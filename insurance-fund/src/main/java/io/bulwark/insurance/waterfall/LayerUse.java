package io.bulwark.insurance.waterfall;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;

/**
 * What one layer pays.
 *
 * @param name of the layer
 * @param capacity what it could pay
 * @param used what it pays
 * @param members what each member pays of it, by name; empty where the layer is one purse
 */
public record LayerUse(String name, BigFraction capacity, BigFraction used, SortedMap<String, BigFraction> members) {
    /** Copies the members. */
    public LayerUse {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }
}
