package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;
import java.util.function.Function;

/** The governed numbers of this room. */
public final class ScenarioGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return List.of(
                ScenarioParameters.PHI,
                ScenarioParameters.TAIL,
                ScenarioParameters.CASH_RESIDUAL,
                ScenarioParameters.MINIMUM_MARGIN,
                ScenarioParameters.LINEAR_SPREAD,
                ScenarioParameters.OPTION_SPREAD);
    }

    @Override
    public List<Function<String, Parameter>> perName() {
        return List.of(
                ScenarioParameters::range,
                ScenarioParameters::apart,
                ScenarioParameters::impactLong,
                ScenarioParameters::impactShort);
    }
}
