package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a circuit takes as constant of a risk table: which rows stand in which family, where the weights of expected shortfall change,
 * which rows show the skew, on which moves venues may act. Weights, slopes and rows themselves are read from the table of the day.
 *
 * @param rows number of stress rows
 * @param families families with the rows of their points
 * @param combos number of combos
 * @param runs lengths of the runs of expected-shortfall rows with one weight: sixteen of one length, one for a table without expected
 *     shortfall; where the rows do not divide so, the runs of equal weights
 * @param steep stress row with the steepened smile; 0 in a table without charges
 * @param flat stress row without; 0 in a table without charges
 * @param paths moves on which venues may act, and where each ends; none in a table of format 2
 * @param treeDepth levels of the tree of the table's leaves
 */
public record TableStructure(
        int rows,
        List<Family> families,
        int combos,
        List<Integer> runs,
        int steep,
        int flat,
        List<VenueRisk.Path> paths,
        int treeDepth) {
    private static final int UNIFORM_RUNS = 16;

    /** Copies. */
    public TableStructure {
        families = List.copyOf(families);
        runs = List.copyOf(runs);
        paths = List.copyOf(paths);
    }

    /** The structure of a table. */
    public static TableStructure of(RiskTable table) {
        Optional<GroupCharges.Skew> skew = table.groups().stream()
                .map(Group::charges)
                .flatMap(Optional::stream)
                .map(GroupCharges::skew)
                .findFirst();
        return new TableStructure(
                table.rowCount(),
                table.families(),
                table.combos().size(),
                runs(table.esWeights()),
                skew.map(GroupCharges.Skew::steep).orElse(0),
                skew.map(GroupCharges.Skew::flat).orElse(0),
                table.venueRisk().paths(),
                table.treeDepth());
    }

    private static List<Integer> runs(IntColumn weights) {
        int rows = weights.length();
        if (rows == 1) {
            return List.of(1);
        }
        if (rows % UNIFORM_RUNS == 0) {
            return Collections.nCopies(UNIFORM_RUNS, rows / UNIFORM_RUNS);
        }
        List<Integer> runs = new ArrayList<>();
        int begin = 0;
        for (int row = 1; row <= rows; row++) {
            if (row == rows || weights.at(row) != weights.at(begin)) {
                runs.add(row - begin);
                begin = row;
            }
        }
        return runs;
    }

    /** Number of expected-shortfall rows. */
    public int esRows() {
        return runs.stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether the tables list venues: format 3. */
    public boolean atVenues() {
        return !paths.isEmpty();
    }

    /** Whether the table's tree is the small one. */
    public boolean shallow() {
        return treeDepth == RiskTable.SMALL_TREE_DEPTH;
    }

    /** As the library reads it: the paths, where there are some, and behind them the depth of the tree where it is the small one. */
    CanonicalValue encoded() {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                CanonicalValue.integer(rows),
                CanonicalValue.array(
                        families.stream().map(TableStructure::encoded).toArray(CanonicalValue[]::new)),
                CanonicalValue.integer(combos),
                integers(runs),
                CanonicalValue.integer(steep),
                CanonicalValue.integer(flat)));
        if (atVenues() || shallow()) {
            fields.add(CanonicalValue.array(
                    paths.stream().map(TableStructure::encoded).toList()));
        }
        if (shallow()) {
            fields.add(CanonicalValue.integer(treeDepth));
        }
        return CanonicalValue.array(fields);
    }

    private static CanonicalValue encoded(VenueRisk.Path path) {
        return CanonicalValue.array(CanonicalValue.integer(path.first()), integers(path.then()));
    }

    private static CanonicalValue integers(List<Integer> numbers) {
        return CanonicalValue.array(
                numbers.stream().map(CanonicalValue::integer).toArray(CanonicalValue[]::new));
    }

    private static CanonicalValue encoded(Family family) {
        return CanonicalValue.array(
                CanonicalValue.text(family.name()),
                CanonicalValue.array(
                        family.points().stream().map(TableStructure::encoded).toArray(CanonicalValue[]::new)));
    }

    private static CanonicalValue encoded(IntColumn cells) {
        return CanonicalValue.array(
                cells.stream().mapToObj(CanonicalValue::integer).toArray(CanonicalValue[]::new));
    }
}
