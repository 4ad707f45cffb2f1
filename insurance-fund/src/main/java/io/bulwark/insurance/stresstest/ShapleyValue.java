package io.bulwark.insurance.stresstest;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.hipparchus.fraction.BigFraction;

/** The Shapley value of a cooperative game over all coalitions: exact, 2ⁿ values. */
public final class ShapleyValue {
    /** With more players, all coalitions are too many. */
    public static final int PLAYERS_MAX = 16;

    private ShapleyValue() {}

    /**
     * Each player's mean contribution over all orders of joining; the sum is the value of everybody.
     *
     * @param players 1 … {@link #PLAYERS_MAX}
     * @param value of a coalition, given as bits; asked once each, the empty one included
     */
    public static List<BigFraction> of(int players, IntFunction<BigFraction> value) {
        if (players < 1 || players > PLAYERS_MAX) {
            throw new IllegalArgumentException("players must be 1 … " + PLAYERS_MAX + "; have " + players);
        }
        BigFraction[] values = new BigFraction[1 << players];
        Arrays.setAll(values, value);
        BigFraction[] weights = weights(players);
        BigFraction[] shares = new BigFraction[players];
        Arrays.fill(shares, BigFraction.ZERO);
        for (int coalition = 0; coalition < values.length; coalition++) {
            for (int i = 0; i < players; i++) {
                if ((coalition >> i & 1) == 0) {
                    BigFraction added = values[coalition | 1 << i].subtract(values[coalition]);
                    shares[i] = shares[i].add(added.multiply(weights[Integer.bitCount(coalition)]));
                }
            }
        }
        return List.of(shares);
    }

    /** s!(n − s − 1)!/n! for each size s of a coalition. */
    private static BigFraction[] weights(int players) {
        BigInteger[] factorials = new BigInteger[players + 1];
        factorials[0] = BigInteger.ONE;
        for (int i = 1; i <= players; i++) {
            factorials[i] = factorials[i - 1].multiply(BigInteger.valueOf(i));
        }
        BigFraction[] weights = new BigFraction[players];
        Arrays.setAll(
                weights,
                s -> new BigFraction(factorials[s].multiply(factorials[players - s - 1]), factorials[players]));
        return weights;
    }
}
