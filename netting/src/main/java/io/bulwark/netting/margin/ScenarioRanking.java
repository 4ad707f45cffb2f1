package io.bulwark.netting.margin;

import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.formula.GroupLosses;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The published scenarios that cost an account most: points of families, each with the row that every group takes there.
 *
 * @param points the costliest first; among equals in table order
 */
public record ScenarioRanking(List<Point> points) {
    /**
     * One point of one family.
     *
     * @param family name
     * @param point index f; from the number of the family's points on, that number and the number of a path
     * @param loss of the account before combos weigh it, u; negative where the account gains
     * @param text the rows as a person would say them
     */
    public record Point(String family, int point, long loss, String text) {}

    /** Copies. */
    public ScenarioRanking {
        points = List.copyOf(points);
    }

    /**
     * The {@code most} costliest points of an admitted account, one for each different sentence.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public static ScenarioRanking of(RiskTable table, MarginAccount account, int most) {
        MarginBook book = MarginBook.of(table, account, Precision.of(GrossBound.of(table, account)));
        GroupLosses losses = GroupLosses.of(book);
        ScenarioText words = ScenarioText.of(book);
        Prefunding prefunding = Prefunding.of(book, losses);
        List<Point> points = new ArrayList<>();
        for (Family family : table.families()) {
            for (int f = 0; f < family.points().size(); f++) {
                IntColumn cells = family.points().get(f);
                if (cells.stream().allMatch(table::fillsPlace)) {
                    continue;
                }
                points.add(new Point(family.name(), f, losses.worst(cells), words.of(words.worst(losses, cells))));
            }
        }
        for (int p = 0; p < prefunding.paths().size(); p++) {
            Prefunding.PathLoss path = prefunding.paths().get(p);
            Family family = table.families().get(path.family());
            int point = family.points().size() + p;
            points.add(new Point(
                    family.name(),
                    point,
                    path.loss(),
                    words.of(losses, prefunding, p, words.worst(losses, prefunding, family, point))));
        }
        points.sort(Comparator.comparingLong(Point::loss).reversed());
        List<Point> distinct = new ArrayList<>();
        for (Point point : points) {
            if (distinct.size() < most
                    && distinct.stream().noneMatch(p -> p.text().equals(point.text()))) {
                distinct.add(point);
            }
        }
        return new ScenarioRanking(distinct);
    }
}
