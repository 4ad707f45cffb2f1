package io.bulwark.netting.scan;

import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskEntry;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A risk table as a scan reads it: per family, the cells e of all points f side by side ("e-major"), so that the maximum over cells runs along neighbouring rows.
 *
 * <p>A cell that several families name stands several times; points with fewer cells than others repeat their first cell, blocks are
 * padded with their last point: neither changes a maximum. This is memory layout
 * only: it is made on loading, never encoded or hashed.
 *
 * <p>Families whose points have one cell each stand first, their rows and sums at the same positions: there the sum over groups is the sum over all lines, and groups
 * need not be told apart. Rows in which paths end stand behind them where no such family has them.
 */
final class ScanLayout {
    /** Rows are padded to whole vectors of eight 64-bit lanes. */
    static final int LANES = 8;

    private final RiskTable table;
    private final FamilyRun[] runs;
    private final int plainRows;
    private final int sumsLength;
    private final int[] columns;
    private final RowBlock stress;
    private final RowBlock tail;
    private final long[] tailWeights;
    private final Map<Line, Integer> places;
    private final Optional<PathLayout> paths;
    private final MarkParting parting;

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

    /** Which risk array of the table: one role, number and venue, and for two-asset products one side. */
    private record Line(Role role, int number, int venue, boolean shortRow) {}

    /** What one line reads: its scenario row and its expected-shortfall row. */
    private record Placed(Line line, RiskEntry risk, IntColumn row, IntColumn es) {}

    ScanLayout(RiskTable table) {
        this.table = table;
        this.runs = new FamilyRun[table.families().size()];
        List<Integer> order = new ArrayList<>();
        layAll(true, order);
        layEnds(table, order);
        this.plainRows = order.size();
        this.sumsLength = layAll(false, order);
        this.columns = order.stream().mapToInt(Integer::intValue).toArray();
        List<Placed> all = placed(table);
        this.places = new HashMap<>();
        all.forEach(entry -> places.put(entry.line(), places.size()));
        int tailRows = table.esRowCount();
        this.stress = new RowBlock(new int[Math.multiplyExact(all.size(), columns.length)], columns.length);
        this.tail = new RowBlock(new int[Math.multiplyExact(all.size(), padded(tailRows))], padded(tailRows));
        this.paths = Optional.of(table)
                .filter(t -> !t.venueRisk().paths().isEmpty())
                .map(t -> new PathLayout(t, all.size(), order.subList(0, plainRows)::indexOf));
        this.parting = new MarkParting(table);
        all.forEach(this::write);
        this.tailWeights = new long[tail.stride()];
        for (int j = 0; j < tailRows; j++) {
            tailWeights[j] = table.esWeights().at(j);
        }
    }

    private ScanLayout(ScanLayout before, RiskTable next) {
        this.table = next;
        this.runs = before.runs;
        this.plainRows = before.plainRows;
        this.sumsLength = before.sumsLength;
        this.columns = before.columns;
        this.places = before.places;
        this.tailWeights = before.tailWeights;
        this.stress = new RowBlock(before.stress.rows().clone(), before.stress.stride());
        this.tail = new RowBlock(before.tail.rows().clone(), before.tail.stride());
        this.paths = before.paths.map(paths -> paths.repriced(next));
        this.parting = before.parting.repriced(next);
    }

    /** The same layout over another table of the same shape, with the entries of some groups read anew. */
    ScanLayout repriced(RiskTable next, Set<Integer> groups) {
        List<Placed> all = placed(next);
        boolean same = next.families().equals(table.families())
                && next.rowCount() == table.rowCount()
                && next.esWeights().equals(table.esWeights())
                && next.venueRisk().venues().equals(table.venueRisk().venues())
                && next.venueRisk().paths().equals(table.venueRisk().paths())
                && all.size() == places.size()
                && all.stream().allMatch(entry -> places.containsKey(entry.line()));
        if (!same) {
            throw new IllegalArgumentException(
                    "next table must have the families, shortfall rows, paths and entries of the one before");
        }
        ScanLayout layout = new ScanLayout(this, next);
        all.stream().filter(entry -> groups.contains(entry.risk().group())).forEach(layout::write);
        return layout;
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

    /** Rows in which paths end, as columns over all lines where no plain family has them: no family reads these. */
    private static void layEnds(RiskTable table, List<Integer> order) {
        int plain = order.size();
        PathLayout.ends(table.venueRisk().paths())
                .filter(row -> !order.subList(0, plain).contains(row))
                .toList()
                .forEach(order::add);
        while (order.size() % LANES != 0) {
            order.add(order.getLast());
        }
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

    private static List<Placed> placed(RiskTable table) {
        List<Placed> all = new ArrayList<>();
        for (InstrumentRisk i : table.instruments()) {
            all.add(new Placed(new Line(Role.POSITION, i.number(), i.venue(), false), i, i.row(), i.es()));
            i.rowShort()
                    .ifPresent(row ->
                            all.add(new Placed(new Line(Role.POSITION, i.number(), i.venue(), true), i, row, i.es())));
        }
        for (AssetRisk a : table.assets()) {
            all.add(new Placed(new Line(Role.COLLATERAL, a.number(), a.venue(), false), a, a.row(), a.es()));
            all.add(new Placed(new Line(Role.DEBT, a.number(), a.venue(), false), a, a.debtRow(), a.debtEs()));
        }
        return all;
    }

    /** The scenario rows in the order of the columns, the shortfall rows in their own; what is left of a stride is 0. */
    private void write(Placed entry) {
        int place = place(entry.line());
        for (int c = 0; c < columns.length; c++) {
            stress.rows()[stress.start(place) + c] = entry.row().at(columns[c]);
        }
        for (int j = 0; j < entry.es().length(); j++) {
            tail.rows()[tail.start(place) + j] = entry.es().at(j);
        }
        paths.ifPresent(p -> p.write(table.venueRisk(), place, entry.line().role(), entry.risk(), entry.row()));
    }

    RiskTable table() {
        return table;
    }

    /** Scenario rows of every risk array, as families read them. */
    RowBlock stress() {
        return stress;
    }

    /** Expected-shortfall rows of every risk array, in table order. */
    RowBlock tail() {
        return tail;
    }

    /** Weight of each expected-shortfall row, ppm; 0 for padding. */
    long[] tailWeights() {
        return tailWeights;
    }

    /** Rows, and sums, of the families whose points have one cell: they stand first. */
    int plainRows() {
        return plainRows;
    }

    /** What venues may do on their own; empty over a table of format 2. */
    Optional<PathLayout> paths() {
        return paths;
    }

    /** What marks may part by; without a charge over a table of format 2. */
    MarkParting parting() {
        return parting;
    }

    /** Families in table order. */
    FamilyRun[] runs() {
        return runs;
    }

    /** Points of all families together. */
    int sumsLength() {
        return sumsLength;
    }

    /** Which risk array a holding reads. */
    int place(MarginLine holding) {
        boolean shortRow = holding instanceof MarginLine.Position(InstrumentRisk risk, long lots)
                && lots < 0
                && risk.rowShort().isPresent();
        return place(new Line(holding.role(), holding.number(), holding.venue(), shortRow));
    }

    private int place(Line line) {
        Integer place = places.get(line);
        if (place == null) {
            throw new IllegalArgumentException("holding must be listed by the laid-out table; have " + line);
        }
        return place;
    }
}
