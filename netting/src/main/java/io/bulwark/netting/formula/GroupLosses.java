package io.bulwark.netting.formula;

import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** L_u(r): the loss of each group that has an entry, in every scenario row, u; groups by number. */
public final class GroupLosses {
    private final List<Integer> groups;
    private final List<long[]> losses;

    private GroupLosses(SortedMap<Integer, long[]> byGroup) {
        this.groups = List.copyOf(byGroup.keySet());
        this.losses = List.copyOf(byGroup.values());
    }

    public static GroupLosses of(MarginBook book) {
        SortedMap<Integer, long[]> byGroup = new TreeMap<>();
        int rows = book.table().rowCount();
        for (MarginLine holding : book.holdings()) {
            long[] group = byGroup.computeIfAbsent(holding.group(), number -> new long[rows]);
            holding.row().addTo(group, holding.lossLots());
        }
        return new GroupLosses(byGroup);
    }

    /** Numbers of the groups with an entry, increasing. */
    public List<Integer> groups() {
        return groups;
    }

    /** Loss of a group in one row; 0 for a group without an entry. */
    public long loss(int group, int row) {
        int index = groups.indexOf(group);
        return index < 0 ? 0 : losses.get(index)[row];
    }

    /** Σ over groups of the loss in one row. */
    public long total(int row) {
        long sum = 0;
        for (long[] group : losses) {
            sum = Math.addExact(sum, group[row]);
        }
        return sum;
    }

    /** Σ over groups of the worst cell: what one point f of a family costs. */
    public long worst(IntColumn cells) {
        long sum = 0;
        for (long[] group : losses) {
            sum = Math.addExact(sum, group[worstCell(group, cells)]);
        }
        return sum;
    }

    /** The row of the worst cell of each group, in the order of {@link #groups}; the first cell on ties. */
    public List<Integer> worstCells(IntColumn cells) {
        List<Integer> rows = new ArrayList<>();
        losses.forEach(group -> rows.add(worstCell(group, cells)));
        return rows;
    }

    private static int worstCell(long[] group, IntColumn cells) {
        int worst = cells.at(0);
        for (int e = 1; e < cells.length(); e++) {
            worst = group[cells.at(e)] > group[worst] ? cells.at(e) : worst;
        }
        return worst;
    }
}
