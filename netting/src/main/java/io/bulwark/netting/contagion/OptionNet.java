package io.bulwark.netting.contagion;

import java.util.List;

/**
 * The net of one unwind set that holds options, over the cells that the cascade's own move passes: the largest on the way down counts as long, the smallest on the way up
 * as short. A move that ends between two cells counts the farther one, so the net never falls when the move grows.
 *
 * @param group liquidity group of the set
 * @param cells moves of the group, ppm, ascending
 * @param longFrom by cell: the largest net from the cell of the scenario down to it, at least 0
 * @param shortTo by cell: the largest short net from the cell of the scenario up to it, at least 0
 */
record OptionNet(int group, List<Integer> cells, int returnPpm, long[] longFrom, long[] shortTo) {
    /** The net of a set whose delta is given in every cell. */
    static OptionNet of(int group, List<Integer> cells, int returnPpm, long[] net) {
        int last = net.length - 1;
        int top = atOrAbove(cells, returnPpm);
        int bottom = atOrBelow(cells, returnPpm);
        long[] longFrom = new long[net.length];
        long[] shortTo = new long[net.length];
        for (int cell = top; cell >= 0; cell--) {
            longFrom[cell] = Math.max(Math.max(0, net[cell]), cell == top ? 0 : longFrom[cell + 1]);
        }
        for (int cell = bottom; cell <= last; cell++) {
            shortTo[cell] = Math.max(Math.max(0, -net[cell]), cell == bottom ? 0 : shortTo[cell - 1]);
        }
        return new OptionNet(group, cells, returnPpm, longFrom, shortTo);
    }

    /** Long net when the cascade takes the price down by this much more, micro-USD. */
    long longNet(int down) {
        return longFrom[atOrBelow(cells, returnPpm - down)];
    }

    /** Short net when the cascade takes the price up by this much more, micro-USD. */
    long shortNet(int up) {
        return shortTo[atOrAbove(cells, returnPpm + up)];
    }

    private static int atOrAbove(List<Integer> cells, int move) {
        int cell = 0;
        while (cell < cells.size() - 1 && cells.get(cell) < move) {
            cell++;
        }
        return cell;
    }

    private static int atOrBelow(List<Integer> cells, int move) {
        int cell = cells.size() - 1;
        while (cell > 0 && cells.get(cell) > move) {
            cell--;
        }
        return cell;
    }
}
