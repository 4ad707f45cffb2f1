package io.bulwark.netting.tail;

import java.util.function.IntToDoubleFunction;

/**
 * Numbers of worlds in ascending order of one of their figures, equal figures in the order of the numbers: a merge sort over the
 * numbers themselves, for populations of hundreds of thousands.
 */
final class RankedWorlds {
    private static final int RUN = 16;

    private final double[] figures;
    private final int[] numbers;

    private RankedWorlds(double[] figures, int[] numbers) {
        this.figures = figures;
        this.numbers = numbers;
    }

    /** These numbers in order; they are increasing, or in the order of another figure. */
    static int[] by(IntToDoubleFunction figure, int[] numbers) {
        double[] figures = new double[numbers.length];
        int[] order = new int[numbers.length];
        for (int i = 0; i < order.length; i++) {
            figures[i] = figure.applyAsDouble(numbers[i]);
            order[i] = i;
        }
        RankedWorlds ranked = new RankedWorlds(figures, numbers);
        for (int from = 0; from < order.length; from += RUN) {
            ranked.insert(order, from, Math.min(order.length, from + RUN));
        }
        for (int run = RUN; run < order.length; run *= 2) {
            int[] merged = new int[order.length];
            for (int from = 0; from < order.length; from += 2 * run) {
                ranked.merge(order, merged, from, run);
            }
            order = merged;
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = numbers[order[i]];
        }
        return order;
    }

    private boolean isBefore(int a, int b) {
        int compared = Double.compare(figures[a], figures[b]);
        return compared < 0 || (compared == 0 && numbers[a] < numbers[b]);
    }

    private void insert(int[] order, int from, int end) {
        for (int i = from + 1; i < end; i++) {
            int moved = order[i];
            int place = i;
            while (place > from && isBefore(moved, order[place - 1])) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = moved;
        }
    }

    private void merge(int[] order, int[] merged, int from, int run) {
        int middle = Math.min(order.length, from + run);
        int end = Math.min(order.length, from + 2 * run);
        int left = from;
        int right = middle;
        for (int to = from; to < end; to++) {
            boolean rightFirst = left == middle || (right < end && isBefore(order[right], order[left]));
            merged[to] = order[rightFirst ? right++ : left++];
        }
    }
}
