package io.bulwark.netting.formula;

import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import java.util.ArrayList;
import java.util.List;

/**
 * The stress part of the margin: per family the worst point, per combo the weighted sum rounded up, and the largest combo floored at 0.
 *
 * @param families one per family, in table order
 * @param combos one per combo, in table order
 * @param loss max(0, largest combo), u
 */
public record Stress(List<FamilyLoss> families, List<ComboLoss> combos, long loss) {
    public Stress {
        families = List.copyOf(families);
        combos = List.copyOf(combos);
    }

    public static Stress of(MarginBook book, GroupLosses losses) {
        RiskTable table = book.table();
        List<FamilyLoss> families = table.families().stream()
                .map(family -> familyLoss(family, losses))
                .toList();
        List<ComboLoss> combos = new ArrayList<>();
        long worst = 0;
        for (Combo combo : table.combos()) {
            long loss = comboLoss(combo.weights(), families, book.precision());
            combos.add(new ComboLoss(combo.name(), loss));
            worst = Math.max(worst, loss);
        }
        return new Stress(families, combos, worst);
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
