package io.bulwark.netting.margin;

import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A risk table as a scan reads it: per family, the cells e of all points f side by side ("e-major"), so that the maximum over cells runs along neighbouring rows.
 *
 * <p>A cell that several families name stands several times; points with fewer cells than others repeat their first cell, which changes no maximum. This is memory layout
 * only: it is made on loading, never encoded or hashed.
 */
final class ScanLayout {
    /** Rows are padded to whole vectors of eight 64-bit lanes. */
    private static final int LANES = 8;

    private final RiskTable table;
    private final FamilyRun[] runs;
    private final int sumsLength;
    private final int[] columns;
    private final int[] rows;
    private final Map<Line, Integer> starts = new HashMap<>();

    /** Where one family stands: {@code cells} blocks of {@code points} neighbouring rows from {@code start}; its sums from {@code sums}. */
    record FamilyRun(int start, int points, int cells, int sums) {}

    /** Which risk array of the table: one role and number, and for two-asset products one side. */
    private record Line(Role role, int number, boolean shortRow) {}

    ScanLayout(RiskTable table) {
        this.table = table;
        this.runs = new FamilyRun[table.families().size()];
        List<Integer> order = new ArrayList<>();
        int sums = 0;
        for (int k = 0; k < runs.length; k++) {
            runs[k] = lay(table.families().get(k), order, sums);
            sums += runs[k].points();
        }
        this.sumsLength = sums;
        while (order.size() % LANES != 0) {
            order.add(order.getLast());
        }
        this.columns = order.stream().mapToInt(Integer::intValue).toArray();
        this.rows = flatten(place(table));
    }

    private static FamilyRun lay(Family family, List<Integer> order, int sums) {
        int points = family.points().size();
        int cells = family.points().stream().mapToInt(IntColumn::length).max().orElseThrow();
        FamilyRun run = new FamilyRun(order.size(), points, cells, sums);
        for (int e = 0; e < cells; e++) {
            for (IntColumn point : family.points()) {
                order.add(point.at(e < point.length() ? e : 0));
            }
        }
        return run;
    }

    private List<IntColumn> place(RiskTable table) {
        List<IntColumn> all = new ArrayList<>();
        for (InstrumentRisk i : table.instruments()) {
            place(new Line(Role.POSITION, i.number(), false), i.row(), all);
            i.rowShort().ifPresent(row -> place(new Line(Role.POSITION, i.number(), true), row, all));
        }
        for (AssetRisk a : table.assets()) {
            place(new Line(Role.COLLATERAL, a.number(), false), a.row(), all);
            place(new Line(Role.DEBT, a.number(), false), a.debtRow(), all);
        }
        return all;
    }

    private void place(Line line, IntColumn row, List<IntColumn> all) {
        starts.put(line, Math.multiplyExact(all.size(), columns.length));
        all.add(row);
    }

    private int[] flatten(List<IntColumn> all) {
        int[] flat = new int[Math.multiplyExact(all.size(), columns.length)];
        for (int i = 0; i < all.size(); i++) {
            for (int c = 0; c < columns.length; c++) {
                flat[i * columns.length + c] = all.get(i).at(columns[c]);
            }
        }
        return flat;
    }

    RiskTable table() {
        return table;
    }

    /** Every risk array, one after the other, {@link #stride} entries each. */
    int[] rows() {
        return rows;
    }

    /** Laid-out rows of one risk array. */
    int stride() {
        return columns.length;
    }

    /** Families in table order. */
    FamilyRun[] runs() {
        return runs;
    }

    /** Points of all families together. */
    int sumsLength() {
        return sumsLength;
    }

    /** Where the risk array of a holding starts. */
    int start(Holding holding) {
        boolean shortRow = holding instanceof Holding.Position(InstrumentRisk risk, long lots)
                && lots < 0
                && risk.rowShort().isPresent();
        Integer start = starts.get(new Line(holding.role(), holding.number(), shortRow));
        if (start == null) {
            throw new IllegalArgumentException("holding must be listed by the laid-out table; have " + holding.id());
        }
        return start;
    }

    /** Adds the worst cells of one group to the sums of every point; the losses are used up. */
    void addGroup(long[] losses, long[] sums) {
        for (FamilyRun run : runs) {
            if (run.points() == 1) {
                sums[run.sums()] += largest(losses, run.start(), run.cells());
            } else {
                for (int e = 1; e < run.cells(); e++) {
                    raise(losses, run.start(), run.start() + e * run.points(), run.points());
                }
                add(losses, run.start(), sums, run.sums(), run.points());
            }
        }
    }

    /** The worst point of every family. */
    void worst(long[] sums, long[] worst) {
        for (int k = 0; k < runs.length; k++) {
            worst[k] = largest(sums, runs[k].sums(), runs[k].points());
        }
    }

    private static long largest(long[] values, int start, int count) {
        long largest = values[start];
        for (int i = 1; i < count; i++) {
            largest = Math.max(largest, values[start + i]);
        }
        return largest;
    }

    private static void raise(long[] losses, int target, int source, int count) {
        for (int i = 0; i < count; i++) {
            losses[target + i] = Math.max(losses[target + i], losses[source + i]);
        }
    }

    private static void add(long[] losses, int source, long[] sums, int target, int count) {
        for (int i = 0; i < count; i++) {
            sums[target + i] += losses[source + i];
        }
    }
}
