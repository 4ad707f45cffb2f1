package io.bulwark.netting.action;

import io.bulwark.clearing.governance.GovernedRoom;
import java.util.List;

/** The governed numbers of the action table and its cures, each declared beside the code that reads it. */
public final class ActionParameters implements GovernedRoom {
    @Override
    public List<Class<?>> declaring() {
        return List.of(Cures.class, TableAge.class);
    }
}
