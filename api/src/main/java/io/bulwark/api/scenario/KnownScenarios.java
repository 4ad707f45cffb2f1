package io.bulwark.api.scenario;

import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scenarios that the house knows, and what can be moved in one's own.
 *
 * @param epoch its number
 * @param assets that can be moved, in the order of the listing
 * @param leastPpm the lowest move that may be asked about, ppm
 * @param mostPpm the highest
 * @param rows the rows of the vault table, each once
 */
@Serdeable
record KnownScenarios(long epoch, List<String> assets, int leastPpm, int mostPpm, List<Row> rows) {
    /** Copies. */
    public KnownScenarios {
        assets = List.copyOf(assets);
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param row its number
     * @param scenario in words
     * @param moves of every asset, ppm
     */
    @Serdeable
    record Row(int row, String scenario, SortedMap<String, Integer> moves) {
        /** Copies. */
        public Row {
            moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
        }
    }

    static KnownScenarios of(ComputedEpoch epoch) {
        List<String> assets = AskedMoves.groups(epoch);
        List<Row> rows = new ArrayList<>();
        Set<ScenarioRow> seen = new HashSet<>();
        for (int row = 0; row < epoch.vaultTable().rowCount(); row++) {
            ScenarioRow scenario = epoch.vaultTable().rows().get(row);
            if (!scenario.isPad() && seen.add(scenario)) {
                rows.add(
                        new Row(row, epoch.cover().rows().get(row).scenario(), moves(epoch.vaultTable(), row, assets)));
            }
        }
        return new KnownScenarios(epoch.number(), assets, AskedMoves.LEAST, AskedMoves.MOST, rows);
    }

    private static SortedMap<String, Integer> moves(RiskTable table, int row, List<String> assets) {
        TreeMap<String, Integer> moves = new TreeMap<>();
        for (Group group : table.groups()) {
            if (assets.contains(group.id())) {
                table.movesOf(group.number())
                        .ifPresent(known -> moves.put(group.id(), known.shock().at(row)));
            }
        }
        return moves;
    }
}
