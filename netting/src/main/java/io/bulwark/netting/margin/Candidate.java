package io.bulwark.netting.margin;

import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.MarginAccount;

/**
 * One split of the booked account and what it requires.
 *
 * @param allocation which split
 * @param account the account in that split
 * @param requirement its requirement
 */
public record Candidate(Allocation allocation, MarginAccount account, Requirement requirement) {
    /** The splits of paid-up lots that the house looks at, in the order in which ties are decided. */
    public enum Allocation {
        /** As booked. */
        GIVEN,
        /** Every margined long paid-up lot moved to the paid-up sleeve. */
        ALL_PAID,
        /** The whole paid-up sleeve returned to the margined positions. */
        RETURNED;

        /** The name as reference data and API print it. */
        public String label() {
            return switch (this) {
                case GIVEN -> "given";
                case ALL_PAID -> "allPaid";
                case RETURNED -> "returned";
            };
        }
    }
}
