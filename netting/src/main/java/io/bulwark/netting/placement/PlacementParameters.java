package io.bulwark.netting.placement;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of what venues may do on their own. */
public final class PlacementParameters implements GovernedRoom {
    /**
     * Whether tables say where entries stand, and charge what venues may do on their own: 1, format 3. 0 is format 2, which charges nothing
     * of it.
     */
    public static final Parameter VENUES = new Parameter("table.venues", "0 or 1", 0, 1, 1);

    /**
     * χ: share of what does not reach a venue in time that is charged. A house that guarantees what its members owe starts at twice the
     * whole, one that only advises at the whole.
     */
    public static final Parameter PREFUNDING = new Parameter("venue.prefunding", "ppm", 0, 2 * Ppm.ONE, Ppm.ONE);

    /** Credit haircut of a claim on a contract whose books are proved by storage proofs. */
    public static final Parameter CREDIT_PROVED = new Parameter("venue.creditProved", "ppm", 0, Ppm.ONE, 10_000);

    /** Credit haircut of a claim on a chain made for one application, its books public by address. */
    public static final Parameter CREDIT_CHAIN = new Parameter("venue.creditChain", "ppm", 0, Ppm.ONE, 20_000);

    /** Credit haircut of a claim on an exchange. */
    public static final Parameter CREDIT_EXCHANGE = new Parameter("venue.creditExchange", "ppm", 0, Ppm.ONE, 40_000);

    /** Loss given default of a contract whose books are proved by storage proofs. */
    public static final Parameter LOSS_PROVED = new Parameter("venue.lossProved", "ppm", 0, Ppm.ONE, 300_000);

    /** Loss given default of a chain made for one application. */
    public static final Parameter LOSS_CHAIN = new Parameter("venue.lossChain", "ppm", 0, Ppm.ONE, 500_000);

    /** Loss given default of an exchange. */
    public static final Parameter LOSS_EXCHANGE = new Parameter("venue.lossExchange", "ppm", 0, Ppm.ONE, 600_000);

    /** How far a venue's mark of a group may part from the median of all marks. */
    public static Parameter dislocation(String group) {
        long initial = switch (group) {
            case "BTC", "ETH" -> 10_000;
            default -> 30_000;
        };
        return new Parameter("venue.dislocation." + group, "ppm", 0, Ppm.ONE, initial);
    }
}
