package io.bulwark.clearing.oracle;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of what the house believes of reports, each declared beside the code that reads it. */
public final class OracleParameters implements GovernedRoom {
    /**
     * By how much a venue's time may lie beyond the clock of whoever takes a snapshot in. An epoch has the latest time that a venue said,
     * and no earlier snapshot follows a later one: one of the year 2096 would be the house's last.
     */
    public static final Parameter CLOCK_SKEW = new Parameter("oracle.clockSkew", "s", 0, 86_400, 120);

    @Override
    public List<Class<?>> declaring() {
        return List.of(PriceBook.class, PriceDoubt.class, OracleParameters.class);
    }
}
