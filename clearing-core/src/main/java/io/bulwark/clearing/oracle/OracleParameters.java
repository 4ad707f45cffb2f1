package io.bulwark.clearing.oracle;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import java.util.List;

/** The governed numbers of what the house believes of reports, each declared beside the code that reads it. */
public final class OracleParameters implements GovernedRoom {
    /**
     * By how much a venue's time may lie beyond the clock of whoever takes a snapshot in, and by how much an epoch may at most be earlier
     * than the newest of its snapshots. No earlier snapshot of an account follows a later one: one of the year 2096 would be its last.
     */
    public static final Parameter CLOCK_SKEW = new Parameter("oracle.clockSkew", "s", 0, 86_400, 120);

    /**
     * Which of its venues' newest times an epoch has, in their order: half of them, rounded up, is the lower median. An epoch that was
     * sealed before houses asked has the newest time of all.
     */
    public static final Parameter TIME_QUANTILE = new Parameter("oracle.timeQuantile", "%", 50, 99, 50);

    @Override
    public List<Class<?>> declaring() {
        return List.of(PriceBook.class, PriceDoubt.class, OracleParameters.class);
    }
}
