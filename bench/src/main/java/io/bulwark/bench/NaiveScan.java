package io.bulwark.bench;

import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;
import java.util.Comparator;

/** The formula as it is written, cell by cell: for every point the sum over groups of the worst cell, for every cell the sum over lines. Arrays, but no layout. */
final class NaiveScan {
    private final int[][] rows;
    private final int[] groups;
    private final int[][] points;
    private final int[][] numbers;
    private final long[][] lots;
    private final int[][] tail;
    private final int[] weights;
    private final long k;

    NaiveScan(SeededBook data) {
        rows = data.table().instruments().stream()
                .map(instrument -> instrument.row().stream().toArray())
                .toArray(int[][]::new);
        groups = data.table().instruments().stream()
                .mapToInt(InstrumentRisk::group)
                .toArray();
        points = data.table().families().getFirst().points().stream()
                .map(IntColumn::stream)
                .map(cells -> cells.toArray())
                .toArray(int[][]::new);
        numbers = data.accounts().stream().map(NaiveScan::numbers).toArray(int[][]::new);
        tail = data.table().instruments().stream()
                .map(instrument -> instrument.es().stream().toArray())
                .toArray(int[][]::new);
        weights = data.table().esWeights().stream().toArray();
        k = data.table().parameters().tail();
        lots = data.accounts().stream().map(NaiveScan::lots).toArray(long[][]::new);
    }

    private static int[] numbers(MarginAccount account) {
        return account.positions().stream().mapToInt(entry -> entry.number()).toArray();
    }

    private static long[] lots(MarginAccount account) {
        return account.positions().stream().mapToLong(entry -> entry.lots()).toArray();
    }

    long[] stress() {
        long[] stress = new long[numbers.length];
        for (int account = 0; account < stress.length; account++) {
            for (int[] cells : points) {
                stress[account] = Math.max(stress[account], loss(numbers[account], lots[account], cells));
            }
        }
        return stress;
    }

    /** Σ over groups of the worst cell; lines of one group stand together because numbers increase. */
    private long loss(int[] account, long[] held, int[] cells) {
        long sum = 0;
        int end = 0;
        for (int line = 0; line < account.length; line = end) {
            end = line;
            while (end < account.length && groups[account[end]] == groups[account[line]]) {
                end++;
            }
            sum += worstCell(account, held, line, end, cells);
        }
        return sum;
    }

    private long worstCell(int[] account, long[] held, int line, int end, int[] cells) {
        long worst = Long.MIN_VALUE;
        for (int cell : cells) {
            long loss = 0;
            for (int i = line; i < end; i++) {
                loss -= held[i] * rows[account[i]][cell];
            }
            worst = Math.max(worst, loss);
        }
        return worst;
    }

    /** Expected shortfall of the first accounts: sums over lines, a full sort, the worst k of weight. */
    long[] shortfall(int accounts) {
        long[] shortfall = new long[accounts];
        for (int account = 0; account < accounts; account++) {
            long[] losses = new long[weights.length];
            for (int i = 0; i < numbers[account].length; i++) {
                for (int j = 0; j < losses.length; j++) {
                    losses[j] -= lots[account][i] * tail[numbers[account][i]][j];
                }
            }
            shortfall[account] = worst(losses);
        }
        return shortfall;
    }

    private long worst(long[] losses) {
        Integer[] order = new Integer[losses.length];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, Comparator.comparingLong((Integer j) -> -losses[j]));
        long left = k;
        long sum = 0;
        for (int j : order) {
            long weight = Math.min(left, weights[j]);
            sum += weight * losses[j];
            left -= weight;
        }
        return Math.max(0, Math.ceilDiv(sum, k));
    }
}
