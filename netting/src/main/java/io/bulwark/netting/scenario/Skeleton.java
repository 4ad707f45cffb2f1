package io.bulwark.netting.scenario;

import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.List;

/**
 * The structure that a table has on every day, whatever happened on it: what a circuit takes as constant.
 *
 * @param rows number of scenario rows
 * @param families which rows stand in which family
 * @param combos mixtures of the families
 * @param steep row of the skew in every group that charges
 * @param flat the row that is steepened
 * @param paths on which venues act; none in a table that lists no venues
 */
public record Skeleton(
        int rows, List<Family> families, List<Combo> combos, int steep, int flat, List<VenueRisk.Path> paths) {
    /** Copies the lists. */
    public Skeleton {
        families = List.copyOf(families);
        combos = List.copyOf(combos);
        paths = List.copyOf(paths);
    }

    /**
     * The skeleton of a recipe.
     *
     * @param venues whether its tables list venues
     */
    public static Skeleton of(Recipe recipe, boolean venues) {
        List<ScenarioRow> rows = recipe.rows();
        return new Skeleton(
                rows.size(),
                recipe.families(),
                recipe.combos(),
                recipe.steep(),
                recipe.flat(),
                venues ? VenuePaths.of(rows) : List.of());
    }

    /** In what a table stands off it, each with what the table has; empty where it stands on it. */
    public List<String> differences(RiskTable table) {
        List<String> differences = new ArrayList<>();
        differ(differences, "rows", rows, table.rowCount());
        differ(differences, "families", names(families), names(table.families()));
        for (int k = 0; k < Math.min(families.size(), table.families().size()); k++) {
            Family own = families.get(k);
            differ(
                    differences,
                    "points of family " + own.name(),
                    own.points(),
                    table.families().get(k).points());
        }
        differ(differences, "combos", combos, table.combos());
        table.groups()
                .forEach(group -> group.charges().ifPresent(charges -> {
                    differ(
                            differences,
                            "steep row of group " + group.id(),
                            steep,
                            charges.skew().steep());
                    differ(
                            differences,
                            "flat row of group " + group.id(),
                            flat,
                            charges.skew().flat());
                }));
        differ(differences, "paths", paths, table.venueRisk().paths());
        return differences;
    }

    private static List<String> names(List<Family> families) {
        return families.stream().map(Family::name).toList();
    }

    private static void differ(List<String> differences, String what, Object promised, Object had) {
        if (!promised.equals(had)) {
            differences.add(what + ": must be " + promised + "; have " + had);
        }
    }
}
