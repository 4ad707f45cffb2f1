package io.bulwark.netting.action;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of this room. */
public final class ActionGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(Cures.class, TableAge.class);
    }
}
