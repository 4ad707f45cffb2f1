package io.bulwark.prover.binding;

import java.util.Arrays;

/** Classes of refusal, by the library's result numbers. */
public enum RefusalKind {
    /** The request is malformed: schema, type, length, range. */
    MALFORMED_REQUEST(-1),
    /** The library holds nothing under this number. */
    UNKNOWN_HANDLE(-2),
    /** The risk table is refused: a component that the circuit does not know, a limit, an order. */
    TABLE_REFUSED(-3),
    /** Circuit, shape or key files are refused. */
    CIRCUIT_REFUSED(-4),
    /** The account has no proof over this table and epoch in this shape. */
    NO_PROOF(-5),
    /** The claim is false. */
    CLAIM_NOT_TRUE(-6),
    /** A constraint does not hold although claim and account were in order: a defect. */
    NOT_SATISFIED(-7),
    /** The proof does not verify. */
    PROOF_REFUSED(-8),
    /** Proof, key or public inputs have another form than the exact one. */
    WRONG_FORM(-9),
    /** A ceremony's folder is refused: a file, the chain, a contribution's proof. */
    CEREMONY_REFUSED(-10),
    /** Too many calls wait; decided before the library. */
    BUSY(0),
    /** The process that was at the call has ended; another follows. */
    LOST(0),
    /** An unexpected failure inside the library, recovered. */
    INTERNAL(-99);

    private final int result;

    RefusalKind(int result) {
        this.result = result;
    }

    /** What the caller does. */
    ProverException.Category category() {
        return switch (this) {
            case BUSY, LOST -> ProverException.Category.RETRY;
            case NOT_SATISFIED, INTERNAL -> ProverException.Category.HALT;
            case MALFORMED_REQUEST,
                    UNKNOWN_HANDLE,
                    TABLE_REFUSED,
                    CIRCUIT_REFUSED,
                    NO_PROOF,
                    CLAIM_NOT_TRUE,
                    PROOF_REFUSED,
                    WRONG_FORM,
                    CEREMONY_REFUSED -> ProverException.Category.REFUSE;
        };
    }

    /** The kind of a result below 0; a number that the interface does not name is {@link #INTERNAL}. */
    static RefusalKind of(long result) {
        return Arrays.stream(values())
                .filter(kind -> kind.result == result && result < 0)
                .findFirst()
                .orElse(INTERNAL);
    }
}
