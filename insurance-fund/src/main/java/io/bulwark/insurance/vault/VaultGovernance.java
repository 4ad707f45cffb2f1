package io.bulwark.insurance.vault;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;
import java.util.function.Function;

/** The governed numbers of this room. */
public final class VaultGovernance implements GovernedRoom {
    @Override
    public List<Parameter> parameters() {
        return GovernedRoom.constantsOf(VaultParameters.class);
    }

    @Override
    public List<Function<String, Parameter>> perName() {
        return GovernedRoom.familiesOf(VaultParameters.class);
    }
}
