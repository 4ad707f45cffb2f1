package io.bulwark.netting.risktable;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An immutable column of 32-bit integers: one risk array (u per lot, one entry per scenario row), or the row numbers of one cell block, or weights in ppm.
 *
 * <p>A column is what the kernels read, so it is one flat array and hands out no copy per element.
 */
public final class IntColumn {
    private final int[] entries;

    private IntColumn(int[] entries) {
        this.entries = entries;
    }

    /** A column of the given entries, copied. */
    public static IntColumn of(int... entries) {
        return new IntColumn(entries.clone());
    }

    /**
     * A column of entries given as 64-bit integers.
     *
     * @throws ArithmeticException if an entry does not fit 32 bits
     */
    public static IntColumn ofLongs(long... entries) {
        return new IntColumn(Arrays.stream(entries).mapToInt(Math::toIntExact).toArray());
    }

    /** A column of {@code length} zeros. */
    public static IntColumn zeros(int length) {
        return new IntColumn(new int[length]);
    }

    /** Number of entries. */
    public int length() {
        return entries.length;
    }

    /** The entry at a position from 0. */
    public int at(int position) {
        return entries[position];
    }

    /** The entries from first to last. */
    public IntStream stream() {
        return Arrays.stream(entries);
    }

    /** The sum of all entries, exact. */
    public long sum() {
        long sum = 0;
        for (int entry : entries) {
            sum += entry;
        }
        return sum;
    }

    /**
     * Adds {@code factor} times this column to 64-bit sums.
     *
     * @param sums one sum per entry, changed in place
     * @throws ArithmeticException if a product or a sum leaves 64 bits
     */
    public void addTo(long[] sums, long factor) {
        for (int i = 0; i < entries.length; i++) {
            sums[i] = Math.addExact(sums[i], Math.multiplyExact(factor, entries[i]));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntColumn column && Arrays.equals(entries, column.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    @Override
    public String toString() {
        return Arrays.toString(entries);
    }
}
