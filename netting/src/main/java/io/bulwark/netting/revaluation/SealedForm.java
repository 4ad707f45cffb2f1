package io.bulwark.netting.revaluation;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.Recipe.Skeleton;
import io.bulwark.netting.scenario.ScenarioParameters;

/**
 * Governed numbers of a table's form, as a sealed table shows them: which design it has, whether it says where entries stand, whether it
 * stands on the skeleton. An epoch that was sealed before such a number was there cannot name it, and was sealed as if it were 0; what a house
 * starts with today would be another table.
 */
public final class SealedForm {
    /** The family that a table of the full design alone has. */
    private static final String FULL = "STAR";

    private SealedForm() {}

    /**
     * A sealed set, read with the values that its table shows. What the set names stands.
     *
     * @param sealed as it is in the books
     * @param table the margin table of the same epoch
     */
    public static ParameterSet of(ParameterSet sealed, RiskTable table) {
        boolean full =
                table.families().stream().anyMatch(family -> family.name().equals(FULL));
        boolean venues = !table.venueRisk().paths().isEmpty();
        ParameterSet read = sealed.readWith(ScenarioParameters.DESIGN, full ? 1 : 0)
                .readWith(PlacementParameters.VENUES, venues ? 1 : 0);
        return full ? read.readWith(ScenarioParameters.SKELETON, stands(read, table) ? 1 : 0) : read;
    }

    private static boolean stands(ParameterSet read, RiskTable table) {
        Skeleton skeleton = RiskTableBuilder.marginSkeleton(read.with(ScenarioParameters.SKELETON, 1))
                .orElseThrow();
        return skeleton.differences(table).isEmpty();
    }
}
