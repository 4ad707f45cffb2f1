package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.CanonicalException;
import java.util.Arrays;

/** What something is held for. Whoever vouches for a holding signs it, so that one place does not back two promises. */
public enum HoldingPurpose {
    /** Against what the house owes its accounts. */
    RESERVES("reserves"),
    /** To pay what members lose beyond what they hold. */
    FUND("fund");

    private final String word;

    HoldingPurpose(String word) {
        this.word = word;
    }

    /** As it stands in documents. */
    public String word() {
        return word;
    }

    /**
     * The purpose of a word.
     *
     * @throws CanonicalException if there is none
     */
    public static HoldingPurpose of(String word) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new CanonicalException("for", "\"" + word + "\"", "must be reserves or fund"));
    }
}
