package io.bulwark.insurance.defaultmanagement;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of this room. */
public final class DefaultGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(DefaultParameters.class);
    }
}
