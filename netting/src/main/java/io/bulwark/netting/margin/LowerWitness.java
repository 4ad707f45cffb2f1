package io.bulwark.netting.margin;

import io.bulwark.netting.formula.ExpectedShortfall;
import io.bulwark.netting.formula.ExpectedShortfall.TailRow;
import io.bulwark.netting.formula.GroupLosses;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Stress;
import io.bulwark.netting.formula.WeightedSum;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A dual witness: one scenario, or one tail, that anybody can add up to see that the core of the margin is at least so much.
 *
 * @param core what carries the bound
 * @param combo name of the combo, for a stress witness
 * @param points index f per family of the combo, for a stress witness; from the number of its points on, that number
 *     and the number of a path
 * @param cells scenario row per family and group number: every group with an entry once, for a stress witness; of a
 *     path the row in which it ends
 * @param needs of each family whose point is a path: which needs are added up; any choice proves a bound, the canonical one the largest
 * @param tail rows by increasing number whose weights add up to the tail, for a shortfall witness
 */
public record LowerWitness(
        Core core,
        Optional<String> combo,
        Map<String, Integer> points,
        Map<String, Map<Integer, Integer>> cells,
        Map<String, Needs> needs,
        List<TailRow> tail) {
    /**
     * Which parts of a path's need are added up.
     *
     * @param venues numbers of the venues that act, increasing
     * @param residual whether what free entries lose on the way counts
     * @param charged whether anything is charged at all
     */
    public record Needs(List<Integer> venues, boolean residual, boolean charged) {
        /** Copies. */
        public Needs {
            venues = List.copyOf(venues);
        }
    }

    /** A witness of a table without venues. */
    public LowerWitness(
            Core core,
            Optional<String> combo,
            Map<String, Integer> points,
            Map<String, Map<Integer, Integer>> cells,
            List<TailRow> tail) {
        this(core, combo, points, cells, Map.of(), tail);
    }

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
        needs = Collections.unmodifiableMap(new LinkedHashMap<>(needs));
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
        Map<String, Needs> needs = new LinkedHashMap<>();
        for (int k : familiesOf(combo)) {
            Family family = table.families().get(k);
            int point = stress.families().get(k).worstPoint();
            points.put(family.name(), point);
            int path = point - family.points().size();
            if (path < 0) {
                cells.put(family.name(), worstCells(losses, family.points().get(point)));
            } else {
                Prefunding.PathLoss loss = stress.prefunding().paths().get(path);
                cells.put(family.name(), worstCells(losses, IntColumn.of(loss.then())));
                needs.put(family.name(), needs(stress.prefunding(), path));
            }
        }
        return new LowerWitness(Core.STRESS, Optional.of(combo.name()), points, cells, needs, List.of());
    }

    private static Needs needs(Prefunding prefunding, int path) {
        Prefunding.PathLoss loss = prefunding.paths().get(path);
        List<Integer> venues = prefunding.venues().stream()
                .filter(venue -> venue.need(path) > 0)
                .map(VenueNeed::venue)
                .toList();
        return new Needs(venues, loss.residual() > 0, loss.charged() > 0);
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
                combo.isEmpty() && points.isEmpty() && cells.isEmpty() && needs.isEmpty() && isTail(book.table())
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
        Prefunding prefunding = Prefunding.of(book, losses);
        WeightedSum sum = book.precision().sum();
        int paths = 0;
        for (int k : families) {
            Family family = book.table().families().get(k);
            int path = points.getOrDefault(family.name(), -1) - family.points().size();
            if (path < 0 ? !isScenario(family, losses) : !isPath(book.table(), k, path, losses)) {
                return OptionalLong.empty();
            }
            long loss = loss(cells.getOrDefault(family.name(), Map.of()), losses);
            if (path >= 0) {
                loss = Math.addExact(loss, charged(book, prefunding, path, family.name()));
                paths++;
            }
            sum.add(named.get().weights().at(k), loss);
        }
        boolean onlyThese =
                points.size() == families.size() && cells.size() == families.size() && needs.size() == paths;
        return onlyThese ? OptionalLong.of(sum.ceilDiv(RiskParameters.MILLION)) : OptionalLong.empty();
    }

    private boolean isScenario(Family family, GroupLosses losses) {
        int point = points.getOrDefault(family.name(), -1);
        return point >= 0 && isCells(family, losses, family.points().get(point));
    }

    /** A path of this family, which ends for every group in one and the same of its rows, and says which needs it adds up. */
    private boolean isPath(RiskTable table, int k, int path, GroupLosses losses) {
        List<VenueRisk.Path> paths = table.venueRisk().paths();
        Family family = table.families().get(k);
        if (path >= paths.size() || Prefunding.familyOf(table, paths.get(path).first()) != k) {
            return false;
        }
        Needs added = needs.get(family.name());
        return added != null
                && isIncreasing(added.venues())
                && added.venues().stream().allMatch(table.venueRisk()::liquidates)
                && paths.get(path).then().stream().anyMatch(then -> isCells(family, losses, IntColumn.of(then)));
    }

    private boolean isCells(Family family, GroupLosses losses, IntColumn allowed) {
        Map<Integer, Integer> rows = cells.getOrDefault(family.name(), Map.of());
        return cells.containsKey(family.name())
                && rows.keySet().equals(new HashSet<>(losses.groups()))
                && rows.values().stream().allMatch(row -> allowed.stream().anyMatch(cell -> cell == row));
    }

    private static boolean isIncreasing(List<Integer> numbers) {
        return IntStream.range(1, numbers.size()).allMatch(i -> numbers.get(i - 1) < numbers.get(i));
    }

    /** What the named needs charge on a path, u: never more than is charged of all of them. */
    private long charged(MarginBook book, Prefunding prefunding, int path, String family) {
        Needs added = Objects.requireNonNull(needs.get(family));
        if (!added.charged()) {
            return 0;
        }
        int then = cells.getOrDefault(family, Map.of()).values().stream()
                .findFirst()
                .orElse(prefunding.paths().get(path).then());
        long missing = Math.negateExact(prefunding.free());
        for (VenueNeed venue : prefunding.venues()) {
            if (added.venues().contains(venue.venue())) {
                missing =
                        Math.addExact(missing, Math.subtractExact(venue.losses().get(path), venue.distance()));
            }
        }
        if (added.residual()) {
            missing = Math.addExact(missing, Prefunding.residual(book, path, then));
        }
        return book.precision().ceilDiv(book.table().venueRisk().prefunding(), missing, RiskParameters.MILLION);
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
