package io.bulwark.clearing.ledger;

/** What became of a transfer. */
public sealed interface TransferResult {
    /** Posted in this journal entry. */
    record Posted(long entry) implements TransferResult {}

    /** Posted before, in this journal entry; nothing changed. */
    record Duplicate(long entry) implements TransferResult {}

    /** Not posted. */
    record Rejected(Reason reason) implements TransferResult {}

    /** Why a transfer is not posted. */
    enum Reason {
        /** An account whose balance would fall has less than the amount. */
        INSUFFICIENT_FUNDS,
        /** Debit and credit are the same account. */
        SAME_ACCOUNT,
        /** Debit and credit are in different commodities. */
        DIFFERENT_COMMODITIES,
        /** A venue's custody moves only by snapshots. */
        VENUE_CUSTODY,
        /** The clearing account is not open. */
        UNKNOWN_CLEARING_ACCOUNT,
        /** The id was used for another transfer. */
        ID_USED_OTHERWISE
    }
}
