package io.bulwark.netting.publication;

import io.bulwark.netting.publication.Publication.Violation;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The limits that circuits and leaves of the product are built for. */
final class ProductionLimits {
    private static final int KNOTS_MAX = 2;
    private static final int LEGS_MAX = 2;
    private static final int FAMILIES_MAX = 8;
    private static final int COMBOS_MAX = 8;
    private static final int KEYS_MAX = 8;
    private static final int ROWS_MAX = 128;
    private static final Set<Integer> ES_ROWS = Set.of(1, 256, 1_024);
    private static final int ES_BLOCKS = 16;
    private static final long PHI_MIN = 700_000;
    private static final long PHI_MAX = 900_000;

    private final RiskTable table;
    private final List<Violation> violations = new ArrayList<>();

    private ProductionLimits(RiskTable table) {
        this.table = table;
    }

    static List<Violation> of(RiskTable table) {
        ProductionLimits limits = new ProductionLimits(table);
        limits.checkCounts();
        limits.checkEsRows();
        limits.checkGroups();
        limits.checkEntries();
        return limits.violations;
    }

    private void checkCounts() {
        atMost(table.families().size(), FAMILIES_MAX, PublicationCheck.FAMILY_COUNT, "families");
        atMost(table.combos().size(), COMBOS_MAX, PublicationCheck.COMBO_COUNT, "combos");
        atMost(table.rowCount(), ROWS_MAX, PublicationCheck.ROW_COUNT, "rows");
        atMost(
                table.leafCount(),
                1 << (2 * table.treeDepth()),
                PublicationCheck.LEAF_COUNT,
                "leaves of a tree of depth " + table.treeDepth());
        long phi = table.parameters().phi();
        require(phi >= PHI_MIN && phi <= PHI_MAX, PublicationCheck.MAINTENANCE_SHARE, "phi", phi);
    }

    private void checkEsRows() {
        int rows = table.esRowCount();
        require(ES_ROWS.contains(rows), PublicationCheck.ES_ROW_COUNT, "shortfall rows", rows);
        if (rows % ES_BLOCKS == 0) {
            int block = rows / ES_BLOCKS;
            for (int row = 0; row < rows; row++) {
                int first = row - row % block;
                boolean same = table.esWeights().at(row) == table.esWeights().at(first);
                require(
                        same,
                        PublicationCheck.ES_WEIGHT_BLOCKS,
                        "row " + row,
                        table.esWeights().at(row));
            }
        }
    }

    private void checkGroups() {
        List<GroupCharges> all = table.groups().stream()
                .flatMap(group -> group.charges().stream())
                .toList();
        for (GroupCharges charges : all) {
            Stream.of(
                            charges.impact().knots(),
                            charges.contagion().knots(),
                            charges.crowding().knots())
                    .forEach(knots -> atMost(knots.size(), KNOTS_MAX, PublicationCheck.KNOT_COUNT, "group knots"));
            int keys = charges.basis().size() + charges.dislocation().size();
            atMost(keys, KEYS_MAX, PublicationCheck.DAYS_COUNT, "keys of expiries and venues");
            GroupCharges.Skew first = all.getFirst().skew();
            boolean same =
                    charges.skew().steep() == first.steep() && charges.skew().flat() == first.flat();
            require(same, PublicationCheck.SKEW_ROWS_SAME, "skew rows", charges.skew());
        }
    }

    private void checkEntries() {
        for (InstrumentRisk instrument : table.instruments()) {
            String where = "instrument " + instrument.id();
            atMost(instrument.knots().size(), KNOTS_MAX, PublicationCheck.KNOT_COUNT, where);
            atMost(instrument.delta().size(), LEGS_MAX, PublicationCheck.LEG_COUNT, where);
            atMost(instrument.vega().size(), LEGS_MAX, PublicationCheck.LEG_COUNT, where);
        }
        for (AssetRisk asset : table.assets()) {
            String where = "asset " + asset.id();
            atMost(asset.knots().size(), KNOTS_MAX, PublicationCheck.KNOT_COUNT, where);
            atMost(asset.delta().size(), LEGS_MAX, PublicationCheck.LEG_COUNT, where);
        }
    }

    private void atMost(int count, int most, PublicationCheck check, String where) {
        require(count <= most, check, where, count);
    }

    private void require(boolean holds, PublicationCheck check, String where, Object value) {
        if (!holds) {
            violations.add(new Violation(check, where + ": have " + value));
        }
    }
}
