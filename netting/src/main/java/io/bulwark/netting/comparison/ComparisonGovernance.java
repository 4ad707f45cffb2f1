package io.bulwark.netting.comparison;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of this room. */
public final class ComparisonGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(MethodComparison.class);
    }
}
