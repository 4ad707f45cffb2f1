package io.bulwark.prover.wallet;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.prover.commitment.Opening;

/** The opening in the files of requests and seals. */
final class SealedOpening {
    private SealedOpening() {}

    /** Reads the field {@code opening}: one by seal, then challenge. */
    static Opening read(CanonicalFields fields) {
        String label = fields.text("opening");
        return Opening.ofLabel(label)
                .filter(Opening::sealed)
                .orElseThrow(() -> new CanonicalException("opening", label, "must be challenge or compact"));
    }
}
