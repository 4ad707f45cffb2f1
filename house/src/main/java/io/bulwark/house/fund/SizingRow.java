package io.bulwark.house.fund;

import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.NamedScenarios.ExtremeMove;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One scenario, whether the fund is sized for it and why, and what it would cost. Days that happened size the fund; a move beyond every
 * grid does where the epoch's history calls it plausible, or says nothing of it.
 *
 * @param losses beyond what members really hold, forced sales inside, in the words of the scenario
 * @param why it sizes the fund or does not, for people
 * @param isSizing whether it is a row of the sealed vault table; what is beyond plausible is looked at alone
 */
public record SizingRow(StressRow losses, String why, boolean isSizing) {
    private static final int THOUSANDTHS = 3;

    /**
     * Every scenario once: those that size the fund in the order of the vault table, then those that do not.
     *
     * @param members who stands behind each account of the epoch, by number
     * @param sizing what members ask wherever the fund is sized, of the same epoch
     */
    public static List<SizingRow> of(ComputedEpoch epoch, Map<Integer, String> members, FundLosses sizing) {
        List<SizingRow> rows = new ArrayList<>();
        Set<ScenarioRow> seen = new HashSet<>();
        for (StressRow losses : sizing.held()) {
            ScenarioRow row = epoch.vaultTable().rows().get(losses.row());
            if (!row.isPad() && seen.add(row)) {
                rows.add(new SizingRow(losses, why(epoch, row), true));
            }
        }
        epoch.market().beyondPlausible().ifPresent(table -> rows.addAll(beyond(epoch, members, table)));
        return List.copyOf(rows);
    }

    /** What a row costs: the two members who lose most, u. */
    public long need() {
        return losses.need();
    }

    private static List<SizingRow> beyond(ComputedEpoch epoch, Map<Integer, String> members, RiskTable table) {
        return IntStream.range(0, table.rowCount())
                .mapToObj(row -> {
                    ScenarioRow scenario = table.rows().get(row);
                    StressRow losses = Counterfactual.row(
                            FundStress.shocked(epoch, members, table, row, CoverTwo.words(scenario)), Levers.none());
                    return new SizingRow(losses, why(epoch, scenario), false);
                })
                .toList();
    }

    private static String why(ComputedEpoch epoch, ScenarioRow row) {
        return row.move() instanceof ScenarioRow.Absolute(int ppm)
                ? epoch.market()
                        .inputs()
                        .scenarios()
                        .judgement(ppm)
                        .map(SizingRow::words)
                        .orElse("nothing judges it")
                : "it happened";
    }

    private static String words(ExtremeMove move) {
        return (move.isPlausible() ? "plausible: D\u00b2 " : "beyond plausible: D\u00b2 ")
                + rounded(move.distance(), RoundingMode.FLOOR)
                + (move.isPlausible() ? " of at most " : " and at most ")
                + rounded(move.greatest(), RoundingMode.CEILING)
                + (move.isPlausible() ? "" : " would be");
    }

    private static String rounded(long thousandths, RoundingMode mode) {
        return BigDecimal.valueOf(thousandths, THOUSANDTHS).setScale(1, mode).toPlainString();
    }
}
