package io.bulwark.netting.margin;

import io.bulwark.netting.formula.ExpectedShortfall;
import io.bulwark.netting.formula.GroupLosses;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Stress;
import io.bulwark.netting.formula.TailRow;
import io.bulwark.netting.formula.WeightedSum;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A dual witness: one scenario, or one tail, that anybody can add up to see that the core of the margin is at least so much.
 *
 * @param core what carries the bound
 * @param combo name of the combo, for a stress witness
 * @param points index f per family of the combo, for a stress witness
 * @param cells scenario row per family and group number: every group with an entry once, for a stress witness
 * @param tail rows by increasing number whose weights add up to the tail, for a shortfall witness
 */
public record LowerWitness(
        Core core,
        Optional<String> combo,
        Map<String, Integer> points,
        Map<String, Map<Integer, Integer>> cells,
        List<TailRow> tail) {
    /** What carries the bound. */
    public enum Core {
        /** The worst combo. */
        STRESS,
        /** Expected shortfall. */
        SHORTFALL,
        /** Nothing: the core is 0. */
        NONE
    }

    /** The witness that proves a bound of 0. */
    public static final LowerWitness NOTHING =
            new LowerWitness(Core.NONE, Optional.empty(), Map.of(), Map.of(), List.of());

    /** Copies, keeping the order of families and groups. */
    public LowerWitness {
        points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
        Map<String, Map<Integer, Integer>> copies = new LinkedHashMap<>();
        cells.forEach((family, rows) -> copies.put(family, Collections.unmodifiableMap(new LinkedHashMap<>(rows))));
        cells = Collections.unmodifiableMap(copies);
        tail = List.copyOf(tail);
    }

    /** The canonical witness: stress on a tie with the shortfall, the first binding combo, the first worst point and cell. */
    static LowerWitness of(MarginBook book, GroupLosses losses, Stress stress, ExpectedShortfall shortfall) {
        if (shortfall.loss() > stress.loss()) {
            return new LowerWitness(Core.SHORTFALL, Optional.empty(), Map.of(), Map.of(), shortfall.tail());
        }
        return stress.loss() > 0 ? ofStress(book.table(), losses, stress) : NOTHING;
    }

    private static LowerWitness ofStress(RiskTable table, GroupLosses losses, Stress stress) {
        Combo combo = table.combos().get(stress.worstCombo());
        Map<String, Integer> points = new LinkedHashMap<>();
        Map<String, Map<Integer, Integer>> cells = new LinkedHashMap<>();
        for (int k : familiesOf(combo)) {
            Family family = table.families().get(k);
            int point = stress.families().get(k).worstPoint();
            points.put(family.name(), point);
            cells.put(family.name(), worstCells(losses, family.points().get(point)));
        }
        return new LowerWitness(Core.STRESS, Optional.of(combo.name()), points, cells, List.of());
    }

    private static Map<Integer, Integer> worstCells(GroupLosses losses, IntColumn cells) {
        List<Integer> rows = losses.worstCells(cells);
        Map<Integer, Integer> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            byGroup.put(losses.groups().get(i), rows.get(i));
        }
        return byGroup;
    }

    /** Positions of the families that a combo mixes. */
    static List<Integer> familiesOf(Combo combo) {
        return IntStream.range(0, combo.weights().length())
                .filter(k -> combo.weights().at(k) > 0)
                .boxed()
                .toList();
    }

    /**
     * The lower bound of the core of an admitted account that this witness proves, u; empty if the witness is not accepted.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public OptionalLong provenBound(RiskTable table, MarginAccount account) {
        return bound(MarginBook.of(table, account, Precision.INT128));
    }

    /**
     * The lower bound of the core that this witness proves, u; may be negative. Empty if the witness is not accepted.
     *
     * <p>A repeated tail row or a group left out would raise the bound above the core: hence increasing rows, and every group with an entry exactly once per family.
     */
    OptionalLong bound(MarginBook book) {
        return switch (core) {
            case NONE -> this.equals(NOTHING) ? OptionalLong.of(0) : OptionalLong.empty();
            case STRESS -> tail.isEmpty() ? stressBound(book, GroupLosses.of(book)) : OptionalLong.empty();
            case SHORTFALL ->
                combo.isEmpty() && points.isEmpty() && cells.isEmpty() && isTail(book.table())
                        ? OptionalLong.of(ExpectedShortfall.mean(
                                ExpectedShortfall.losses(book), tail, book.table(), book.precision()))
                        : OptionalLong.empty();
        };
    }

    private OptionalLong stressBound(MarginBook book, GroupLosses losses) {
        Optional<Combo> named = book.table().combos().stream()
                .filter(c -> combo.isPresent() && c.name().equals(combo.get()))
                .findFirst();
        if (named.isEmpty()) {
            return OptionalLong.empty();
        }
        List<Integer> families = familiesOf(named.get());
        WeightedSum sum = book.precision().sum();
        for (int k : families) {
            Family family = book.table().families().get(k);
            if (!isScenario(family, losses)) {
                return OptionalLong.empty();
            }
            sum.add(named.get().weights().at(k), loss(cells.getOrDefault(family.name(), Map.of()), losses));
        }
        boolean onlyThese = points.size() == families.size() && cells.size() == families.size();
        return onlyThese ? OptionalLong.of(sum.ceilDiv(RiskParameters.MILLION)) : OptionalLong.empty();
    }

    private boolean isScenario(Family family, GroupLosses losses) {
        int point = points.getOrDefault(family.name(), -1);
        Map<Integer, Integer> rows = cells.getOrDefault(family.name(), Map.of());
        if (point < 0 || point >= family.points().size() || !rows.keySet().equals(new HashSet<>(losses.groups()))) {
            return false;
        }
        IntColumn allowed = family.points().get(point);
        return cells.containsKey(family.name())
                && rows.values().stream().allMatch(row -> allowed.stream().anyMatch(cell -> cell == row));
    }

    private static long loss(Map<Integer, Integer> rows, GroupLosses losses) {
        long sum = 0;
        for (Map.Entry<Integer, Integer> cell : rows.entrySet()) {
            sum = Math.addExact(sum, losses.loss(cell.getKey(), cell.getValue()));
        }
        return sum;
    }

    private boolean isTail(RiskTable table) {
        List<Integer> rows = new ArrayList<>();
        long total = 0;
        for (TailRow row : tail) {
            boolean exists = row.row() >= 0 && row.row() < table.esRowCount();
            boolean increasing = rows.isEmpty() || rows.getLast() < row.row();
            if (!exists
                    || !increasing
                    || row.weight() <= 0
                    || row.weight() > table.esWeights().at(row.row())) {
                return false;
            }
            rows.add(row.row());
            total += row.weight();
        }
        return total == table.parameters().tail();
    }
}
