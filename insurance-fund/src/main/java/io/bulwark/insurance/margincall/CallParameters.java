package io.bulwark.insurance.margincall;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of margin calls. */
public final class CallParameters implements GovernedRoom {
    /** Hours from the time of the epoch in which an account is called until what is missing must be there. */
    public static final Parameter PERIOD = new Parameter("call.period", "hours", 1, 720, 24);

    /**
     * By how much of its initial margin an account must stand above what it must hold before its call is met: a price that swings round
     * the threshold gives one call and not one at every turn.
     */
    public static final Parameter CLEARANCE = new Parameter("call.clearance", "ppm of IM", 0, Ppm.ONE, 50_000);

    /**
     * Hours by which a standing call of one account runs longer than {@link #PERIOD}: initially none. It moves the due time of a call that
     * has not failed, later and never back, and calls that are opened while it is in force.
     *
     * @param account {@code account-N}
     */
    public static Parameter extensionOf(String account) {
        return new Parameter("call.extension." + account, "hours", 0, 720, 0);
    }
}
