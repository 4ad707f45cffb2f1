package io.bulwark.netting.coverage;

import io.bulwark.clearing.governance.GovernedRoom;
import java.util.List;

/** The governed numbers of the statistics, each declared beside the code that reads it. */
public final class CoverageParameters implements GovernedRoom {
    @Override
    public List<Class<?>> declaring() {
        return List.of(TrafficLight.class);
    }
}
