package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.netting.coverage.TrafficLight;
import java.util.List;

/** The governed numbers of this room. */
public final class BacktestGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(TrafficLight.class);
    }
}
