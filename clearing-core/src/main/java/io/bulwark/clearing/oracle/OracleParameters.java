package io.bulwark.clearing.oracle;

import io.bulwark.clearing.governance.GovernedRoom;
import java.util.List;

/** The governed numbers of what the house believes of reports, each declared beside the code that reads it. */
public final class OracleParameters implements GovernedRoom {
    @Override
    public List<Class<?>> declaring() {
        return List.of(PriceBook.class, PriceDoubt.class);
    }
}
