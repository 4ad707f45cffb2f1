package io.bulwark.netting.formula;

import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The stress part of the margin: per family the worst point, per combo the weighted sum rounded up, and the largest combo floored at 0.
 *
 * @param families one per family, in table order
 * @param combos one per combo, in table order
 * @param loss max(0, largest combo), u
 * @param prefunding what venues may do on their own, which the families' losses hold already
 * @param lossOfRows the loss if no venue ever acted: of rows alone, u
 */
public record Stress(
        List<FamilyLoss> families, List<ComboLoss> combos, long loss, Prefunding prefunding, long lossOfRows) {
    /**
     * The worst loss of one family.
     *
     * @param family name of the family
     * @param loss m_k, u; may be negative (a gain in every row)
     * @param worstPoint index f of the worst point, lowest on ties; from the number of the points on, that number and
     *     the number of a path that is above them all
     */
    public record FamilyLoss(String family, long loss, int worstPoint) {}

    /**
     * The weighted loss of one combo.
     *
     * @param combo name of the combo
     * @param loss ⌈Σ w·m / 10⁶⌉, u; may be negative
     */
    public record ComboLoss(String combo, long loss) {}

    public Stress {
        families = List.copyOf(families);
        combos = List.copyOf(combos);
    }

    public static Stress of(MarginBook book, GroupLosses losses) {
        RiskTable table = book.table();
        List<FamilyLoss> rows = table.families().stream()
                .map(family -> familyLoss(family, losses))
                .toList();
        Prefunding prefunding = Prefunding.of(book, losses);
        List<FamilyLoss> families = IntStream.range(0, rows.size())
                .mapToObj(k -> withPaths(table.families().get(k), rows.get(k), prefunding, k))
                .toList();
        List<ComboLoss> combos = combos(book, families);
        long worst = worst(combos);
        return new Stress(
                families, combos, worst, prefunding, families.equals(rows) ? worst : worst(combos(book, rows)));
    }

    private static List<ComboLoss> combos(MarginBook book, List<FamilyLoss> families) {
        List<ComboLoss> combos = new ArrayList<>();
        for (Combo combo : book.table().combos()) {
            combos.add(new ComboLoss(combo.name(), comboLoss(combo.weights(), families, book.precision())));
        }
        return combos;
    }

    private static long worst(List<ComboLoss> combos) {
        return combos.stream().mapToLong(ComboLoss::loss).reduce(0, Math::max);
    }

    /** The family's loss where one of its paths is above every point; the paths are numbered after its points. */
    private static FamilyLoss withPaths(Family family, FamilyLoss rows, Prefunding prefunding, int k) {
        int path = prefunding.worstOf(k);
        boolean above = path >= 0 && prefunding.paths().get(path).loss() > rows.loss();
        return above
                ? new FamilyLoss(
                        family.name(),
                        prefunding.paths().get(path).loss(),
                        family.points().size() + path)
                : rows;
    }

    /** Index of the combo with the largest loss, the first in table order on ties. */
    public int worstCombo() {
        int worst = 0;
        for (int c = 1; c < combos.size(); c++) {
            worst = combos.get(c).loss() > combos.get(worst).loss() ? c : worst;
        }
        return worst;
    }

    private static FamilyLoss familyLoss(Family family, GroupLosses losses) {
        int worst = 0;
        long loss = losses.worst(family.points().get(0));
        for (int f = 1; f < family.points().size(); f++) {
            long candidate = losses.worst(family.points().get(f));
            if (candidate > loss) {
                worst = f;
                loss = candidate;
            }
        }
        return new FamilyLoss(family.name(), loss, worst);
    }

    private static long comboLoss(IntColumn weights, List<FamilyLoss> families, Precision precision) {
        WeightedSum sum = precision.sum();
        for (int k = 0; k < families.size(); k++) {
            sum.add(weights.at(k), families.get(k).loss());
        }
        return sum.ceilDiv(RiskParameters.MILLION);
    }
}
