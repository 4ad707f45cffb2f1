package io.bulwark.netting.margin;

import io.bulwark.netting.formula.GroupLosses;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scenario rows as a person would say them: "ETH −20 %, vol up". Text only; nothing is decided by it.
 *
 * @param table the table whose rows are said
 * @param optionGroups groups in which the account holds options: volatility is said only there
 */
record ScenarioText(RiskTable table, Set<Integer> optionGroups) {
    static ScenarioText of(MarginBook book) {
        return new ScenarioText(
                book.table(),
                book.positions().stream()
                        .filter(position -> !position.risk().vega().isEmpty())
                        .map(MarginLine::group)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    String id(int group) {
        return table.group(group).map(Group::id).orElseThrow();
    }

    /** The row that each group with an entry takes at one point of a family, in words. */
    List<WorstScenario.GroupRow> worst(GroupLosses losses, IntColumn cells) {
        List<Integer> rows = losses.worstCells(cells);
        List<WorstScenario.GroupRow> groups = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int group = losses.groups().get(i);
            groups.add(new WorstScenario.GroupRow(group, id(group), rows.get(i), of(group, rows.get(i))));
        }
        return groups;
    }

    /** The rows of a point of a family, or of the path that stands for it, of every group with an entry. */
    List<WorstScenario.GroupRow> worst(GroupLosses losses, Prefunding prefunding, Family family, int point) {
        int path = point - family.points().size();
        return worst(
                losses,
                path < 0
                        ? family.points().get(point)
                        : IntColumn.of(prefunding.paths().get(path).then()));
    }

    /**
     * A point of a family in words; of a path: where venues act, and where the market goes then.
     *
     * @param path its number; below 0 of a point
     * @param worst its {@link #worst rows}
     */
    String of(GroupLosses losses, Prefunding prefunding, int path, List<WorstScenario.GroupRow> worst) {
        String end = of(worst);
        if (path < 0) {
            return end;
        }
        VenueRisk.Path moved = table.venueRisk().paths().get(path);
        String acting = prefunding.venues().stream()
                .filter(venue -> venue.need(path) > 0)
                .map(venue -> table.venueRisk().venues().get(venue.venue()).id())
                .collect(Collectors.joining(" and "));
        String act = acting.isEmpty() ? "nothing is left to send" : acting + " may close what stands there";
        return of(worst(losses, IntColumn.of(moved.first()))) + ": " + act + "; then " + end;
    }

    /** One row as one group feels it. */
    String of(int group, int row) {
        return joined(Stream.of(move(group, row), surface(group, row)));
    }

    /** Several groups at once; what else the rows say is said once if it is the same for all. */
    String of(List<WorstScenario.GroupRow> all) {
        if (all.isEmpty()) {
            return "nothing at risk";
        }
        List<WorstScenario.GroupRow> moving =
                all.stream().filter(g -> !isStill(g.group(), g.row())).toList();
        List<WorstScenario.GroupRow> groups = moving.isEmpty() ? all : moving;
        List<String> surfaces =
                groups.stream().map(g -> surface(g.group(), g.row())).distinct().toList();
        if (surfaces.size() > 1) {
            return groups.stream().map(WorstScenario.GroupRow::text).collect(Collectors.joining("; "));
        }
        return joined(Stream.concat(groups.stream().map(g -> move(g.group(), g.row())), surfaces.stream()));
    }

    /** Whether a group moves in no row at all, as cash and its stables do, and nothing of it is off its peg here. */
    private boolean isStill(int group, int row) {
        boolean neverMoves = table.movesOf(group)
                .filter(m -> m.shock().stream().allMatch(shock -> shock == 0))
                .isPresent();
        return neverMoves
                && table.assets().stream()
                        .filter(asset -> asset.group() == group)
                        .noneMatch(asset -> table.rows().get(row).pegs().contains(asset.id()));
    }

    private static String joined(Stream<String> words) {
        return words.filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }

    private String move(int group, int row) {
        List<String> words = new ArrayList<>();
        Optional<GroupMoves> moves = table.movesOf(group);
        moves.ifPresentOrElse(
                m -> words.add(id(group) + " " + change(m.shock().at(row))),
                () -> words.add(id(group) + " at its own worst legs"));
        moves.filter(m -> m.damp().at(row) < RiskParameters.MILLION)
                .ifPresent(m -> words.add("counted at " + percent(m.damp().at(row))));
        for (AssetRisk asset : table.assets()) {
            if (asset.group() == group && table.rows().get(row).pegs().contains(asset.id())) {
                words.add(asset.id() + " off its peg " + change(asset.peg()));
            }
        }
        return String.join(", ", words);
    }

    private String surface(int group, int number) {
        ScenarioRow row = table.rows().get(number);
        List<String> words = new ArrayList<>(optionGroups.contains(group) ? volatility(row) : List.of());
        switch (row.move()) {
            case ScenarioRow.PricePoint point -> {}
            case ScenarioRow.Absolute absolute -> words.add("far move");
            case ScenarioRow.Replay replay -> words.add("as on " + replay.day());
            case ScenarioRow.Submission submission -> words.add("submission " + submission.name());
            case ScenarioRow.Counter ignored -> words.add("coins apart");
            case ScenarioRow.Pad ignored -> words.add("no scenario of the day");
        }
        if (row.cross()) {
            words.add("legs apart");
        }
        return String.join(", ", words);
    }

    private static List<String> volatility(ScenarioRow row) {
        List<String> words = new ArrayList<>();
        words.add(level(row.volatilityShock()));
        switch (row.skewSlope().signum()) {
            case 1 -> words.add("skew steeper");
            case -1 -> words.add("skew inverted");
            default -> {}
        }
        switch (row.twist()) {
            case 1 -> words.add("front vol up, back vol down");
            case -1 -> words.add("front vol down, back vol up");
            default -> {}
        }
        return words;
    }

    private static String level(BigDecimal shock) {
        String direction = shock.signum() == 0 ? "vol flat" : shock.signum() > 0 ? "vol up" : "vol down";
        boolean part = shock.signum() != 0 && shock.abs().compareTo(BigDecimal.ONE) != 0;
        return part ? direction + " by " + plain(shock.abs().movePointRight(2)) + " % of the full shock" : direction;
    }

    private static String change(long ppm) {
        if (ppm == 0) {
            return "unchanged";
        }
        return (ppm < 0 ? "\u2212" : "+") + percent(Math.abs(ppm));
    }

    private static String percent(long ppm) {
        return plain(BigDecimal.valueOf(ppm, 4)) + " %";
    }

    private static String plain(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
