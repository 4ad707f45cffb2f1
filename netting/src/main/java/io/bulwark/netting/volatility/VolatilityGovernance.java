package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of this room. */
public final class VolatilityGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(VolatilityParameters.class);
    }
}
