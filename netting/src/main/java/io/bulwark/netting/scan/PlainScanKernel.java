package io.bulwark.netting.scan;

import java.util.Arrays;

/** Plain loops over neighbouring rows, which the compiler may turn into vector instructions by itself. */
final class PlainScanKernel implements ScanKernel {
    @Override
    public void sumLines(RowBlock block, ScanLines lines, int first, int end, int from, int to, long[] sums) {
        int[] rows = block.rows();
        Arrays.fill(sums, from, to, 0);
        for (int line = first; line < end; line++) {
            add(rows, block.start(lines.place(line)), lines.lossLots(line), from, to, sums);
        }
    }

    @Override
    public void addFamily(ScanLayout.FamilyRun run, long[] losses, long[] sums) {
        if (run.single()) {
            sums[run.sums()] += largest(losses, run.start(), run.width());
            return;
        }
        for (int e = 1; e < run.cells(); e++) {
            raise(losses, run.start(), run.start() + e * run.width(), run.width());
        }
        addTo(losses, run.start(), sums, run.sums(), run.width());
    }

    @Override
    public void addAbove(long[] values, long bound, long[] sums) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += Math.max(0, values[i] - bound);
        }
    }

    @Override
    public long largest(long[] values, int start, int count) {
        long largest = values[start];
        for (int i = 1; i < count; i++) {
            largest = Math.max(largest, values[start + i]);
        }
        return largest;
    }

    @Override
    public long weightAbove(long[] losses, long[] weights, long bound) {
        long sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += losses[i] > bound ? weights[i] : 0;
        }
        return sum;
    }

    @Override
    public long weightedAbove(long[] losses, long[] weights, long bound) {
        long sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += losses[i] > bound ? losses[i] * weights[i] : 0;
        }
        return sum;
    }

    @Override
    public int between(long[] losses, long[] weights, long above, long upTo, long[] someLosses, long[] someWeights) {
        int count = 0;
        for (int i = 0; i < losses.length; i++) {
            if (losses[i] > above && losses[i] <= upTo) {
                someLosses[count] = losses[i];
                someWeights[count] = weights[i];
                count++;
            }
        }
        return count;
    }

    @Override
    public long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public long smallest(long[] values) {
        long smallest = values[0];
        for (long value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    private static void add(int[] rows, int start, int lots, int from, int to, long[] sums) {
        for (int r = from; r < to; r++) {
            sums[r] += (long) lots * (long) rows[start + r];
        }
    }

    private static void raise(long[] losses, int target, int source, int count) {
        for (int i = 0; i < count; i++) {
            losses[target + i] = Math.max(losses[target + i], losses[source + i]);
        }
    }

    private static void addTo(long[] losses, int source, long[] sums, int target, int count) {
        for (int i = 0; i < count; i++) {
            sums[target + i] += losses[source + i];
        }
    }
}
