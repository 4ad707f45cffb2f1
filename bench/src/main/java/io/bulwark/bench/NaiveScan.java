package io.bulwark.bench;

import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;

/** The formula as it is written, cell by cell: for every point the sum over groups of the worst cell, for every cell the sum over lines. Arrays, but no layout. */
final class NaiveScan {
    private final int[][] rows;
    private final int[] groups;
    private final int[][] points;
    private final int[][] numbers;
    private final long[][] lots;

    NaiveScan(ScanData data) {
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
}
