package io.bulwark.netting.collateral;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of this room. */
public final class CollateralGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(ClassParameters.class);
    }
}
