package io.bulwark.netting.placement;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.risktable.RiskTable;

/** The governed numbers of what venues may do on their own. */
public final class PlacementParameters implements GovernedRoom {
    /**
     * Whether tables say where entries stand, and charge what venues may do on their own: 1, format 3. 0 is format 2, which charges nothing
     * of it.
     */
    public static final Parameter VENUES = new Parameter("table.venues", "0 or 1", 0, 1, 1);

    /**
     * Levels of the tree of a table's leaves, chosen at founding, because keys are made for it: 5, or 4 for a house of at most 256 leaves,
     * whose proofs cost less.
     */
    public static final Parameter DEPTH = new Parameter(
            "table.depth", "4 or 5", RiskTable.SMALL_TREE_DEPTH, RiskTable.TREE_DEPTH, RiskTable.TREE_DEPTH);

    /**
     * χ: share of what does not reach a venue in time that is charged. A house that guarantees what its members owe starts at twice the
     * whole, one that only advises at the whole.
     */
    public static final Parameter PREFUNDING = new Parameter("venue.prefunding", "ppm", 0, 2 * Ppm.ONE, Ppm.ONE);

    /** Credit haircut of a claim on a contract whose books are proved by storage proofs. */
    public static final Parameter CREDIT_PROVED = new Parameter("venue.creditProved", "ppm", 0, Ppm.ONE, 10_000);

    /** Credit haircut of a claim on a chain made for one application, its books public by address. */
    public static final Parameter CREDIT_CHAIN = new Parameter("venue.creditChain", "ppm", 0, Ppm.ONE, 20_000);

    /** Credit haircut of a claim on an exchange that has its reserves proved, by governance's word. */
    public static final Parameter CREDIT_RESERVES = new Parameter("venue.creditReserves", "ppm", 0, Ppm.ONE, 30_000);

    /** Credit haircut of a claim on any other exchange. */
    public static final Parameter CREDIT_EXCHANGE = new Parameter("venue.creditExchange", "ppm", 0, Ppm.ONE, 40_000);

    /** Loss given default of a contract whose books are proved by storage proofs. */
    public static final Parameter LOSS_PROVED = new Parameter("venue.lossProved", "ppm", 0, Ppm.ONE, 300_000);

    /** Loss given default of a chain made for one application. */
    public static final Parameter LOSS_CHAIN = new Parameter("venue.lossChain", "ppm", 0, Ppm.ONE, 500_000);

    /** Loss given default of an exchange that has its reserves proved. */
    public static final Parameter LOSS_RESERVES = new Parameter("venue.lossReserves", "ppm", 0, Ppm.ONE, 400_000);

    /** Loss given default of any other exchange. */
    public static final Parameter LOSS_EXCHANGE = new Parameter("venue.lossExchange", "ppm", 0, Ppm.ONE, 600_000);

    /** No observation makes a dislocation larger: beyond it a venue's mark is a wrong number, not another market's. */
    public static final Parameter DISLOCATION_MAX =
            new Parameter("venue.dislocationMax", "ppm", 10_000, 500_000, 250_000);

    /** How far a venue's mark of a group may part from the median of all marks, at least: observed marks only raise it. */
    public static Parameter dislocation(String group) {
        long initial = switch (group) {
            case "BTC", "ETH" -> 10_000;
            default -> 30_000;
        };
        return new Parameter("venue.dislocation." + group, "ppm", 0, Ppm.ONE, initial);
    }

    /**
     * The tier of a listed venue: 1 to 4 as {@link Tier} has them, 0 as its connection shows it. Governance may put a venue lower than its
     * evidence carries, never higher.
     */
    public static Parameter tier(String venue) {
        return new Parameter("venue.tier." + venue, "tier, 0: as connected", 0, Tier.values().length, 0);
    }

    /** What a claim on a venue is worth as the word of its debtor, best first. */
    public enum Tier {
        /** A contract whose books are proved by storage proofs: nothing weaker is believed of it. */
        PROVED("contract, proved from storage"),
        /** On a chain, public by address, without a proof that is asked of it. */
        CHAIN("public on its chain"),
        /** An exchange that has its own reserves proved: governance says so, no adapter reads such a proof. */
        RESERVES("exchange, reserves proved by governance's word"),
        /** Any other exchange. */
        EXCHANGE("exchange");

        private static final String OFF_CHAIN = "venue:";

        private final String words;

        Tier(String words) {
            this.words = words;
        }

        /** The governed tier of a venue, but none better than its connection carries; where governance is silent, what that shows. */
        public static Tier of(ListedVenue venue, ParameterSet parameters) {
            int governed = Math.toIntExact(parameters.value(tier(venue.name())));
            if (governed == 0) {
                return shown(venue);
            }
            Tier said = values()[governed - 1];
            Tier best = carried(venue);
            return said.compareTo(best) < 0 ? best : said;
        }

        private static Tier shown(ListedVenue venue) {
            Tier carried = carried(venue);
            return carried == RESERVES ? EXCHANGE : carried;
        }

        /** The best that its evidence carries. */
        private static Tier carried(ListedVenue venue) {
            if (venue.leastGrade() == EvidenceGrade.STORAGE_PROOF) {
                return PROVED;
            }
            return venue.chain().startsWith(OFF_CHAIN) ? RESERVES : CHAIN;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Credit haircut of a claim on it, ppm. */
        public int credit(ParameterSet parameters) {
            return Math.toIntExact(parameters.value(
                    switch (this) {
                        case PROVED -> CREDIT_PROVED;
                        case CHAIN -> CREDIT_CHAIN;
                        case RESERVES -> CREDIT_RESERVES;
                        case EXCHANGE -> CREDIT_EXCHANGE;
                    }));
        }

        /** Loss given default, ppm. */
        public int loss(ParameterSet parameters) {
            return Math.toIntExact(parameters.value(
                    switch (this) {
                        case PROVED -> LOSS_PROVED;
                        case CHAIN -> LOSS_CHAIN;
                        case RESERVES -> LOSS_RESERVES;
                        case EXCHANGE -> LOSS_EXCHANGE;
                    }));
        }
    }
}
