package io.bulwark.netting.margin;

/**
 * The first fault of a faulty account.
 *
 * @param code which rule is broken
 * @param field where, e.g. positions[3]
 * @param text the fault as a sentence: field, value and rule
 */
public record MarginRefusal(Code code, String field, String text) implements MarginResult {
    /** The rules of an account, in the order in which one entry is checked; {@link #TOO_LARGE} last, when all entries have passed. */
    public enum Code {
        /** The table lists no such instrument (positions, paid) or asset (collateral, debt). */
        UNKNOWN_ID,
        /** The paid-up sleeve holds only instruments whose long lot can never owe. */
        NOT_PAID_UP,
        /** Only a venue that closes what it holds by its own rule has a standing. */
        NOT_LIQUIDATING,
        /** One entry per number, in increasing order. */
        IDS_NOT_INCREASING,
        /** An entry of zero lots is no entry. */
        ZERO_QUANTITY,
        /** Only positions are signed. */
        NEGATIVE_QUANTITY,
        /** A quantity has at most lotsMax lots on either side. */
        OUT_OF_RANGE,
        /** The gross bound of the account reaches the limit, so that sums could leave 64 bits. */
        TOO_LARGE
    }
}
