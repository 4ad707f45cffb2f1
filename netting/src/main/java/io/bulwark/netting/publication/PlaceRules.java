package io.bulwark.netting.publication;

import io.bulwark.netting.publication.Publication.Violation;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What rows that only fill a place must keep, so that they ask nothing of anybody and forgive nothing: a row that says
 * that it is no scenario is 0 in every column, stands only among its like, and its family is mixed with no other; a row
 * that is written like one before it has its numbers.
 */
final class PlaceRules {
    private final RiskTable table;
    private final List<Column> columns;
    private final List<Violation> violations = new ArrayList<>();

    /** The entries of one thing in every row, by name. */
    private record Column(String name, IntColumn entries) {}

    private PlaceRules(RiskTable table) {
        this.table = table;
        this.columns = Stream.of(
                        table.moves().stream().flatMap(moves -> {
                            String where = "moves of group " + moves.group();
                            return Stream.of(new Column(where, moves.shock()), new Column(where, moves.damp()));
                        }),
                        table.instruments().stream()
                                .flatMap(i -> Stream.concat(Stream.of(i.row()), i.rowShort().stream())
                                        .map(row -> new Column("instrument " + i.id(), row))),
                        table.assets().stream()
                                .flatMap(a ->
                                        Stream.of(a.row(), a.debtRow()).map(row -> new Column("asset " + a.id(), row))))
                .flatMap(column -> column)
                .toList();
    }

    static List<Violation> violations(RiskTable table) {
        PlaceRules rules = new PlaceRules(table);
        for (int row = 0; row < table.rowCount(); row++) {
            rules.checkRow(row);
        }
        for (int family = 0; family < table.families().size(); family++) {
            rules.checkFamily(family);
        }
        return rules.violations;
    }

    private void checkRow(int row) {
        ScenarioRow own = table.rows().get(row);
        int first = table.rows().indexOf(own);
        if (own.isPad()) {
            boolean bare = own.equals(ScenarioRow.pad());
            require(bare, PublicationCheck.PAD_ROWS, "row " + row, own);
            columns.forEach(column -> require(
                    column.entries().at(row) == 0,
                    PublicationCheck.PAD_ROWS,
                    column.name() + ", row " + row,
                    column.entries().at(row)));
        } else if (first < row) {
            columns.forEach(column -> require(
                    column.entries().at(row) == column.entries().at(first),
                    PublicationCheck.REPEATED_ROWS,
                    column.name() + ", rows " + first + " and " + row,
                    column.entries().at(row)));
        }
    }

    private void checkFamily(int number) {
        Family family = table.families().get(number);
        List<Integer> rows = family.points().stream()
                .flatMap(cells -> cells.stream().boxed())
                .toList();
        long pads = rows.stream().filter(row -> table.rows().get(row).isPad()).count();
        if (pads == 0) {
            return;
        }
        require(pads == rows.size(), PublicationCheck.PAD_ROWS, "family " + family.name(), pads + " of " + rows.size());
        for (Combo combo : table.combos()) {
            int weight = combo.weights().at(number);
            require(
                    weight == 0 || weight == RiskParameters.MILLION,
                    PublicationCheck.PAD_ROWS,
                    "combo " + combo.name() + ", family " + family.name(),
                    weight);
        }
    }

    private void require(boolean holds, PublicationCheck check, String where, Object value) {
        if (!holds) {
            violations.add(new Violation(check, where + ": have " + value));
        }
    }
}
