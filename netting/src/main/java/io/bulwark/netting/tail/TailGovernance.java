package io.bulwark.netting.tail;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of this room. */
public final class TailGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return List.of(
                TailParameters.ROWS,
                TailParameters.SCALE_OF_256,
                TailParameters.SCALE_OF_1024,
                TailParameters.SEED,
                TailParameters.LOOK_BACK,
                TailParameters.STRESSED_SHARE,
                TailParameters.COPULA_SHARE,
                TailParameters.VOLATILITY_MOVE,
                TailParameters.LEVERAGE);
    }
}
