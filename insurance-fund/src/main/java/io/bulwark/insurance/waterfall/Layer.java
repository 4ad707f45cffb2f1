package io.bulwark.insurance.waterfall;

import io.bulwark.insurance.apportionment.SeededRounding;
import io.bulwark.insurance.waterfall.Absorption.LayerUse;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;

/**
 * One layer of a waterfall.
 *
 * @param name of the layer
 * @param capacity what it can pay, ≥ 0, in the unit of the loss
 * @param members what each member can pay of it, by name; empty where the layer is one purse
 */
public record Layer(String name, BigFraction capacity, SortedMap<String, BigFraction> members) {
    /** Checks signs and that the members' capacities are the layer's. */
    public Layer {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        members.forEach((member, share) -> atLeastZero("capacity of " + member, share));
        atLeastZero("capacity of " + name, capacity);
        if (!members.isEmpty() && !sum(members).equals(capacity)) {
            throw new IllegalArgumentException(
                    "members of " + name + " must have its capacity " + capacity + "; have " + sum(members));
        }
    }

    /** A layer of one purse. */
    public static Layer of(String name, BigFraction capacity) {
        return new Layer(name, capacity, new TreeMap<>());
    }

    /** A layer to which several members have paid in, or can be called to. */
    public static Layer shared(String name, SortedMap<String, BigFraction> members) {
        return new Layer(name, sum(members), members);
    }

    /** What the layer pays of a loss: the loss, or all it has, members pro rata to capacity. */
    LayerUse absorb(BigFraction loss) {
        BigFraction used = Collections.min(List.of(loss, capacity));
        TreeMap<String, BigFraction> shares = new TreeMap<>();
        members.forEach((member, share) -> shares.put(
                member,
                capacity.signum() == 0 ? BigFraction.ZERO : used.multiply(share).divide(capacity)));
        return new LayerUse(name, capacity, used, shares);
    }

    /**
     * What each member pays of a use of the layer in whole units, drawn for the event so that nobody is privileged; empty where nothing
     * is used.
     *
     * @param use of this layer; it and every capacity must be whole
     * @param seed revealed with the event
     * @param drawing number of the drawing
     */
    public SortedMap<String, BigInteger> units(LayerUse use, byte[] seed, long drawing) {
        if (use.used().signum() == 0) {
            return new TreeMap<>();
        }
        TreeMap<String, BigInteger> sizes = new TreeMap<>();
        members.forEach((member, share) -> sizes.put(member, whole("capacity of " + member, share)));
        return SeededRounding.of(seed, drawing, sizes, whole("use of " + name, use.used()))
                .cut();
    }

    private static BigInteger whole(String what, BigFraction value) {
        if (!value.getDenominator().equals(BigInteger.ONE)) {
            throw new IllegalArgumentException(what + " must be whole; have " + value);
        }
        return value.getNumerator();
    }

    private static BigFraction sum(SortedMap<String, BigFraction> members) {
        return members.values().stream().reduce(BigFraction.ZERO, BigFraction::add);
    }

    private static void atLeastZero(String what, BigFraction value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(what + " must be >= 0; have " + value);
        }
    }
}
