package io.bulwark.netting.scan;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same loops in explicit vectors: 32-bit rows and lots widened to 64-bit lanes and multiplied there, sums kept in registers over all lines of a group.
 *
 * <p>Loaded only where the process was started with the vector module. At most eight sums live at once: more spill out of the registers and cost more than a second pass.
 */
final class VectorScanKernel implements ScanKernel {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));
    private static final int LANES = LONGS.length();

    @Override
    public void sumLines(RowBlock block, ScanLines lines, int first, int end, int from, int to, long[] sums) {
        int r = from;
        for (; r + 8 * LANES <= to; r += 8 * LANES) {
            eight(block, lines, first, end, r, sums);
        }
        for (; r + 4 * LANES <= to; r += 4 * LANES) {
            four(block, lines, first, end, r, sums);
        }
        for (; r + 2 * LANES <= to; r += 2 * LANES) {
            two(block, lines, first, end, r, sums);
        }
        for (; r < to; r += LANES) {
            one(block, lines, first, end, r, sums);
        }
    }

    private static void eight(RowBlock block, ScanLines lines, int first, int end, int r, long[] sums) {
        int[] rows = block.rows();
        LongVector a = LongVector.zero(LONGS);
        LongVector b = a;
        LongVector c = a;
        LongVector d = a;
        LongVector e = a;
        LongVector f = a;
        LongVector g = a;
        LongVector h = a;
        for (int line = first; line < end; line++) {
            int at = block.start(lines.place(line)) + r;
            LongVector lots = wide(IntVector.broadcast(INTS, lines.lossLots(line)));
            a = a.add(wide(rows, at).mul(lots));
            b = b.add(wide(rows, at + LANES).mul(lots));
            c = c.add(wide(rows, at + 2 * LANES).mul(lots));
            d = d.add(wide(rows, at + 3 * LANES).mul(lots));
            e = e.add(wide(rows, at + 4 * LANES).mul(lots));
            f = f.add(wide(rows, at + 5 * LANES).mul(lots));
            g = g.add(wide(rows, at + 6 * LANES).mul(lots));
            h = h.add(wide(rows, at + 7 * LANES).mul(lots));
        }
        a.intoArray(sums, r);
        b.intoArray(sums, r + LANES);
        c.intoArray(sums, r + 2 * LANES);
        d.intoArray(sums, r + 3 * LANES);
        e.intoArray(sums, r + 4 * LANES);
        f.intoArray(sums, r + 5 * LANES);
        g.intoArray(sums, r + 6 * LANES);
        h.intoArray(sums, r + 7 * LANES);
    }

    private static void four(RowBlock block, ScanLines lines, int first, int end, int r, long[] sums) {
        int[] rows = block.rows();
        LongVector a = LongVector.zero(LONGS);
        LongVector b = a;
        LongVector c = a;
        LongVector d = a;
        for (int line = first; line < end; line++) {
            int at = block.start(lines.place(line)) + r;
            LongVector lots = wide(IntVector.broadcast(INTS, lines.lossLots(line)));
            a = a.add(wide(rows, at).mul(lots));
            b = b.add(wide(rows, at + LANES).mul(lots));
            c = c.add(wide(rows, at + 2 * LANES).mul(lots));
            d = d.add(wide(rows, at + 3 * LANES).mul(lots));
        }
        a.intoArray(sums, r);
        b.intoArray(sums, r + LANES);
        c.intoArray(sums, r + 2 * LANES);
        d.intoArray(sums, r + 3 * LANES);
    }

    private static void two(RowBlock block, ScanLines lines, int first, int end, int r, long[] sums) {
        int[] rows = block.rows();
        LongVector a = LongVector.zero(LONGS);
        LongVector b = a;
        for (int line = first; line < end; line++) {
            int at = block.start(lines.place(line)) + r;
            LongVector lots = wide(IntVector.broadcast(INTS, lines.lossLots(line)));
            a = a.add(wide(rows, at).mul(lots));
            b = b.add(wide(rows, at + LANES).mul(lots));
        }
        a.intoArray(sums, r);
        b.intoArray(sums, r + LANES);
    }

    private static void one(RowBlock block, ScanLines lines, int first, int end, int r, long[] sums) {
        int[] rows = block.rows();
        LongVector a = LongVector.zero(LONGS);
        for (int line = first; line < end; line++) {
            LongVector lots = wide(IntVector.broadcast(INTS, lines.lossLots(line)));
            a = a.add(wide(rows, block.start(lines.place(line)) + r).mul(lots));
        }
        a.intoArray(sums, r);
    }

    // The widening must stand next to the product on both sides: only then is it one 32×32 → 64 bit multiplication.
    private static LongVector wide(int[] rows, int at) {
        return wide(IntVector.fromArray(INTS, rows, at));
    }

    private static LongVector wide(IntVector narrow) {
        return (LongVector) narrow.convertShape(VectorOperators.I2L, LONGS, 0);
    }

    @Override
    public void addFamily(ScanLayout.FamilyRun run, long[] losses, long[] sums) {
        if (run.single()) {
            sums[run.sums()] += largest(losses, run.start(), run.width());
            return;
        }
        for (int p = 0; p < run.width(); p += LANES) {
            LongVector worst = LongVector.fromArray(LONGS, losses, run.start() + p);
            for (int e = 1; e < run.cells(); e++) {
                worst = worst.max(LongVector.fromArray(LONGS, losses, run.start() + e * run.width() + p));
            }
            worst.add(LongVector.fromArray(LONGS, sums, run.sums() + p)).intoArray(sums, run.sums() + p);
        }
    }

    @Override
    public void addAbove(long[] values, long bound, long[] sums) {
        for (int i = 0; i < values.length; i += LANES) {
            LongVector above = LongVector.fromArray(LONGS, values, i).sub(bound).max(0);
            above.add(LongVector.fromArray(LONGS, sums, i)).intoArray(sums, i);
        }
    }

    @Override
    public long largest(long[] values, int start, int count) {
        LongVector largest = LongVector.fromArray(LONGS, values, start);
        for (int i = LANES; i < count; i += LANES) {
            largest = largest.max(LongVector.fromArray(LONGS, values, start + i));
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }

    @Override
    public long weightAbove(long[] losses, long[] weights, long bound) {
        LongVector sum = LongVector.zero(LONGS);
        for (int i = 0; i < losses.length; i += LANES) {
            VectorMask<Long> above = LongVector.fromArray(LONGS, losses, i).compare(VectorOperators.GT, bound);
            sum = sum.add(LongVector.fromArray(LONGS, weights, i), above);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public long weightedAbove(long[] losses, long[] weights, long bound) {
        LongVector sum = LongVector.zero(LONGS);
        for (int i = 0; i < losses.length; i += LANES) {
            LongVector loss = LongVector.fromArray(LONGS, losses, i);
            VectorMask<Long> above = loss.compare(VectorOperators.GT, bound);
            if (above.anyTrue()) {
                sum = sum.add(loss.mul(LongVector.fromArray(LONGS, weights, i)), above);
            }
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public int between(long[] losses, long[] weights, long above, long upTo, long[] someLosses, long[] someWeights) {
        int count = 0;
        for (int i = 0; i < losses.length; i += LANES) {
            LongVector loss = LongVector.fromArray(LONGS, losses, i);
            VectorMask<Long> inside =
                    loss.compare(VectorOperators.GT, above).and(loss.compare(VectorOperators.LE, upTo));
            if (inside.anyTrue()) {
                loss.compress(inside).intoArray(someLosses, count);
                LongVector.fromArray(LONGS, weights, i).compress(inside).intoArray(someWeights, count);
                count += inside.trueCount();
            }
        }
        return count;
    }

    @Override
    public long sum(long[] values) {
        LongVector sum = LongVector.zero(LONGS);
        for (int i = 0; i < values.length; i += LANES) {
            sum = sum.add(LongVector.fromArray(LONGS, values, i));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public long smallest(long[] values) {
        LongVector smallest = LongVector.fromArray(LONGS, values, 0);
        for (int i = LANES; i < values.length; i += LANES) {
            smallest = smallest.min(LongVector.fromArray(LONGS, values, i));
        }
        return smallest.reduceLanes(VectorOperators.MIN);
    }
}
