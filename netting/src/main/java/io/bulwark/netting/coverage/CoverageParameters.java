package io.bulwark.netting.coverage;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of the statistics, each declared beside the code that reads it. */
public final class CoverageParameters implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(TrafficLight.class);
    }
}
