package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.netting.market.Pegs;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The governed numbers of this room. */
public final class ScenarioGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(ScenarioParameters.class, SurfaceModel.class);
    }

    @Override
    public List<Function<String, Parameter>> perName() {
        return Stream.concat(
                        GovernedRoom.familiesOf(ScenarioParameters.class).stream(),
                        Stream.of(claim -> Pegs.peg(claim, true)))
                .toList();
    }
}
