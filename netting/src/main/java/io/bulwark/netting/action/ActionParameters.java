package io.bulwark.netting.action;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of the action table and its cures, each declared beside the code that reads it. */
public final class ActionParameters implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(Cures.class, TableAge.class);
    }
}
