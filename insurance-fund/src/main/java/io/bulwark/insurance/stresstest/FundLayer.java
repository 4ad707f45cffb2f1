package io.bulwark.insurance.stresstest;

import io.bulwark.insurance.apportionment.CumulativeRounding;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;

/**
 * One layer of what the fund must hold, and whose risk it is.
 *
 * @param name what the layer is for
 * @param size of it, u = 10⁻⁴ USD
 * @param proved how much of it the proof of the fund says, u; 0 where no proof covers the layer
 * @param where the scenario, symbol or rule that sizes it, in words
 * @param parts of each member, by name, u: pro rata to what it asks where the layer is sized, to the unit; they add up to the size
 */
public record FundLayer(String name, long size, long proved, String where, SortedMap<String, Long> parts) {
    /** Copies the parts; they must add up, and no more than the layer is proved. */
    public FundLayer {
        if (proved < 0 || proved > size) {
            throw new IllegalArgumentException(
                    "what is proved of the layer " + name + " must be 0 to " + size + "; have " + proved);
        }
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        long sum = parts.values().stream().reduce(0L, Math::addExact);
        if (sum != size) {
            throw new IllegalArgumentException(
                    "parts of the layer " + name + " must add up to " + size + "; have " + sum);
        }
    }

    static FundLayer of(String name, long size, String where, SortedMap<String, BigFraction> asks) {
        return new FundLayer(name, size, 0, where, CumulativeRounding.proRata(size, asks));
    }

    /** The same, of which so much is proved. */
    FundLayer proved(long units) {
        return new FundLayer(name, size, units, where, parts);
    }

    /** The part of a member, u. */
    public long part(String member) {
        return parts.getOrDefault(member, 0L);
    }
}
