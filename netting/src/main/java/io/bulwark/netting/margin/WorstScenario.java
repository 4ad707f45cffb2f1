package io.bulwark.netting.margin;

import io.bulwark.netting.formula.GroupLosses;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.formula.Stress;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The worst published scenario of an account: the largest combo, and the row that each group takes in each of its families.
 *
 * @param combo name of the combo
 * @param loss its loss, u; may be negative
 * @param parts one per family of the combo
 */
public record WorstScenario(String combo, long loss, List<Part> parts) {
    /** Copies. */
    public WorstScenario {
        parts = List.copyOf(parts);
    }

    /**
     * The worst point of one family.
     *
     * @param family name
     * @param weight weight in the combo, ppm
     * @param point index f; from the number of the family's points on, that number and the number of a path
     * @param groups row of each group with an entry; of a path that in which it ends
     * @param text the rows as a person would say them
     */
    public record Part(String family, long weight, int point, List<GroupRow> groups, String text) {
        /** Copies. */
        public Part {
            groups = List.copyOf(groups);
        }
    }

    /**
     * The row that one group takes.
     *
     * @param group number of the group
     * @param id its id
     * @param row scenario row
     * @param text e.g. "ETH −20 %, vol up"
     */
    public record GroupRow(int group, String id, int row, String text) {}

    /** The whole scenario in one line, e.g. "BTC −16 %, ETH −20 %, vol up"; families of a mixture separated by " | ". */
    public String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining(" | "));
    }

    static WorstScenario of(MarginBook book, GroupLosses losses, Stress stress) {
        RiskTable table = book.table();
        int worst = worst(table, stress);
        Combo combo = table.combos().get(worst);
        ScenarioText text = ScenarioText.of(book);
        List<Part> parts = LowerWitness.familiesOf(combo).stream()
                .map(k -> part(
                        text,
                        losses,
                        stress.prefunding(),
                        k,
                        combo,
                        stress.families().get(k).worstPoint()))
                .toList();
        return new WorstScenario(combo.name(), stress.combos().get(worst).loss(), parts);
    }

    /** The largest combo, the first of equals, of those whose families have a scenario. */
    private static int worst(RiskTable table, Stress stress) {
        int worst = -1;
        for (int c = 0; c < stress.combos().size(); c++) {
            boolean larger = worst < 0
                    || stress.combos().get(c).loss()
                            > stress.combos().get(worst).loss();
            if (larger && hasScenario(table, table.combos().get(c))) {
                worst = c;
            }
        }
        return worst < 0 ? stress.worstCombo() : worst;
    }

    private static boolean hasScenario(RiskTable table, Combo combo) {
        return LowerWitness.familiesOf(combo).stream()
                .noneMatch(k -> isEmpty(table, table.families().get(k)));
    }

    private static boolean isEmpty(RiskTable table, Family family) {
        return family.points().stream()
                .flatMapToInt(IntColumn::stream)
                .allMatch(row -> table.rows().get(row).isPad());
    }

    private static Part part(
            ScenarioText text, GroupLosses losses, Prefunding prefunding, int k, Combo combo, int point) {
        Family family = text.table().families().get(k);
        List<GroupRow> groups = text.worst(losses, prefunding, family, point);
        return new Part(
                family.name(),
                combo.weights().at(k),
                point,
                groups,
                text.of(losses, prefunding, point - family.points().size(), groups));
    }
}
