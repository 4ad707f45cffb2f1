package io.bulwark.netting.tail;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Numbers of worlds in ascending order of one of their figures, equal figures in the order of the numbers: a merge sort over the
 * numbers themselves, for populations of hundreds of thousands.
 */
final class RankedWorlds {
    private static final int RUN = 16;

    private RankedWorlds() {}

    /** These numbers in order; they are increasing, or in the order of another figure. */
    static int[] by(IntToDoubleFunction figure, int[] numbers) {
        double[] figures = Arrays.stream(numbers).mapToDouble(figure).toArray();
        int[] order = new int[numbers.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Before before = (a, b) -> {
            int compared = Double.compare(figures[a], figures[b]);
            return compared < 0 || (compared == 0 && numbers[a] < numbers[b]);
        };
        for (int from = 0; from < order.length; from += RUN) {
            insert(order, from, Math.min(order.length, from + RUN), before);
        }
        for (int run = RUN; run < order.length; run *= 2) {
            int[] merged = new int[order.length];
            for (int from = 0; from < order.length; from += 2 * run) {
                merge(order, merged, from, run, before);
            }
            order = merged;
        }
        return Arrays.stream(order).map(place -> numbers[place]).toArray();
    }

    private interface Before {
        boolean holds(int a, int b);
    }

    private static void insert(int[] order, int from, int end, Before before) {
        for (int i = from + 1; i < end; i++) {
            int moved = order[i];
            int place = i;
            while (place > from && before.holds(moved, order[place - 1])) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = moved;
        }
    }

    private static void merge(int[] order, int[] merged, int from, int run, Before before) {
        int middle = Math.min(order.length, from + run);
        int end = Math.min(order.length, from + 2 * run);
        int left = from;
        int right = middle;
        for (int to = from; to < end; to++) {
            boolean rightFirst = left == middle || (right < end && before.holds(order[right], order[left]));
            merged[to] = order[rightFirst ? right++ : left++];
        }
    }
}
