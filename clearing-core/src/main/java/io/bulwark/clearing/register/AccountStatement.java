package io.bulwark.clearing.register;

import io.bulwark.clearing.document.CanonicalValue;

/** One clearing account's margin in one epoch, in u = 10⁻⁴ USD. */
public sealed interface AccountStatement {
    /** Its number. */
    int clearingAccount();

    /** The whole statement; kept as a document. */
    CanonicalValue document();

    /**
     * With margin.
     *
     * @param clearingAccount the account's number
     * @param state open, call or liquidation
     * @param initialMargin IM of the account as booked, u, ≥ 0
     * @param maintenanceMargin MM, u, ≥ 0
     * @param equity E, u
     * @param excessInitial E − IM, u
     * @param excessMaintenance E − MM, u
     * @param document the whole statement
     */
    record Margined(
            int clearingAccount,
            String state,
            long initialMargin,
            long maintenanceMargin,
            long equity,
            long excessInitial,
            long excessMaintenance,
            CanonicalValue document)
            implements AccountStatement {
        /** Checks that the figures belong together. */
        public Margined {
            if (excessInitial != Math.subtractExact(equity, initialMargin)
                    || excessMaintenance != Math.subtractExact(equity, maintenanceMargin)) {
                throw new IllegalArgumentException(
                        "excess must be equity - margin; have " + equity + " - " + initialMargin + " = " + excessInitial
                                + " and " + equity + " - " + maintenanceMargin + " = " + excessMaintenance);
            }
        }
    }

    /**
     * Without margin, and why, such as {@code NO_SNAPSHOT}.
     *
     * @param clearingAccount the account's number
     * @param reason why
     * @param document the whole statement
     */
    record Unmargined(int clearingAccount, String reason, CanonicalValue document) implements AccountStatement {}
}
