package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * What the cascade of one scenario does to prices, in ppm: by group a fall d, charged to longs and driven by forced sales, and a rise u, charged to shorts and driven by
 * forced purchases. Both at once, whatever the scenario's own return.
 *
 * @param rates d of every group, then u of every group
 */
public record ContagionVector(IntColumn rates) {
    /** A rate is never negative. */
    public ContagionVector {
        for (int i = 0; i < rates.length(); i++) {
            MoneyRange.rate("a rate of a contagion vector", rates.at(i), 0, Integer.MAX_VALUE);
        }
    }

    /** A vector of falls and rises. */
    public static ContagionVector of(int[] down, int[] up) {
        if (down.length != up.length) {
            throw new IllegalArgumentException(
                    "down and up must be of one length; have " + down.length + " and " + up.length);
        }
        return new ContagionVector(IntColumn.of(
                IntStream.concat(Arrays.stream(down), Arrays.stream(up)).toArray()));
    }

    /** No fall and no rise. */
    public static ContagionVector zero(int groups) {
        return new ContagionVector(IntColumn.zeros(2 * groups));
    }

    /** Number of groups. */
    public int groups() {
        return rates.length() / 2;
    }

    /** Fall of a group, ppm. */
    public int down(int group) {
        return rates.at(group);
    }

    /** Rise of a group, ppm. */
    public int up(int group) {
        return rates.at(groups() + group);
    }

    /** Whether no component exceeds that of the other. */
    public boolean atMost(ContagionVector other) {
        for (int i = 0; i < rates.length(); i++) {
            if (rates.at(i) > other.rates.at(i)) {
                return false;
            }
        }
        return true;
    }

    /** The larger of both in every component. */
    public ContagionVector join(ContagionVector other) {
        return map(other, Math::max);
    }

    /** The smaller of both in every component. */
    public ContagionVector cutTo(ContagionVector bound) {
        return map(bound, Math::min);
    }

    private ContagionVector map(ContagionVector other, IntBinaryOperator choice) {
        if (rates.length() != other.rates.length()) {
            throw new IllegalArgumentException(
                    "vectors must be of one length; have " + rates.length() + " and " + other.rates.length());
        }
        return new ContagionVector(IntColumn.of(IntStream.range(0, rates.length())
                .map(i -> choice.applyAsInt(rates.at(i), other.rates.at(i)))
                .toArray()));
    }
}
