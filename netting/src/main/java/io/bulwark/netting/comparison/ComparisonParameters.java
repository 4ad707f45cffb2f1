package io.bulwark.netting.comparison;

import io.bulwark.clearing.governance.GovernedRoom;
import java.util.List;

/** The governed numbers of the methods compared, each declared beside the code that reads it. */
public final class ComparisonParameters implements GovernedRoom {
    @Override
    public List<Class<?>> declaring() {
        return List.of(MethodComparison.class);
    }
}
