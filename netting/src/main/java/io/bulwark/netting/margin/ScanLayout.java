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
 * <p>A cell that several families name stands several times; points with fewer cells than others repeat their first cell, blocks are
 * padded with their last point: neither changes a maximum. This is memory layout
 * only: it is made on loading, never encoded or hashed.
 *
 * <p>Families whose points have one cell each stand first, their rows and sums at the same positions: there the sum over groups is the sum over all lines, and groups
 * need not be told apart.
 */
final class ScanLayout {
    /** Rows are padded to whole vectors of eight 64-bit lanes. */
    private static final int LANES = 8;

    private final RiskTable table;
    private final FamilyRun[] runs;
    private final int plainRows;
    private final int sumsLength;
    private final int[] columns;
    private final int[] rows;
    private final Map<Line, Integer> starts = new HashMap<>();

    /**
     * Where one family stands.
     *
     * @param start first laid-out row
     * @param width rows of one cell block: the points, padded with the last one to whole vectors; for a family of one point its cells, padded likewise
     * @param cells cell blocks, each {@code width} rows after the one before
     * @param sums where the sums of its points start
     * @param single whether the family has one point
     */
    record FamilyRun(int start, int width, int cells, int sums, boolean single) {
        /** Sums that the family takes: one per padded point. */
        int points() {
            return single ? 1 : width;
        }
    }

    /** Which risk array of the table: one role and number, and for two-asset products one side. */
    private record Line(Role role, int number, boolean shortRow) {}

    ScanLayout(RiskTable table) {
        this.table = table;
        this.runs = new FamilyRun[table.families().size()];
        List<Integer> order = new ArrayList<>();
        layAll(true, order);
        this.plainRows = order.size();
        this.sumsLength = layAll(false, order);
        this.columns = order.stream().mapToInt(Integer::intValue).toArray();
        this.rows = flatten(place(table));
    }

    /** Lays the families of one sort and gives the number of sums so far. */
    private int layAll(boolean plain, List<Integer> order) {
        int sums = order.size();
        for (int k = 0; k < runs.length; k++) {
            Family family = table.families().get(k);
            if (isPlain(family) == plain) {
                runs[k] = lay(family, order, sums);
                sums += runs[k].points();
            }
        }
        return sums;
    }

    private static boolean isPlain(Family family) {
        return family.points().size() > 1 && family.points().stream().allMatch(cells -> cells.length() == 1);
    }

    private static FamilyRun lay(Family family, List<Integer> order, int sums) {
        int start = order.size();
        if (family.points().size() == 1) {
            IntColumn cells = family.points().getFirst();
            int width = padded(cells.length());
            for (int e = 0; e < width; e++) {
                order.add(cells.at(Math.min(e, cells.length() - 1)));
            }
            return new FamilyRun(start, width, 1, sums, true);
        }
        int cells = family.points().stream().mapToInt(IntColumn::length).max().orElseThrow();
        int width = padded(family.points().size());
        for (int e = 0; e < cells; e++) {
            for (int f = 0; f < width; f++) {
                IntColumn point =
                        family.points().get(Math.min(f, family.points().size() - 1));
                order.add(point.at(e < point.length() ? e : 0));
            }
        }
        return new FamilyRun(start, width, cells, sums, false);
    }

    private static int padded(int count) {
        return Math.ceilDiv(count, LANES) * LANES;
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

    /** Rows, and sums, of the families whose points have one cell: they stand first. */
    int plainRows() {
        return plainRows;
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
}
