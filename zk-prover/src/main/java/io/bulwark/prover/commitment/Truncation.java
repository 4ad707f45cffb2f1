package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import java.util.Arrays;

/** A SHA-256 digest as a field element: its first 31 bytes, so below 2^248 and below r. */
final class Truncation {
    private static final int BYTES = 31;

    private Truncation() {}

    static FieldElement of(Digest digest) {
        return FieldElement.ofShortBytes(Arrays.copyOf(digest.bytes(), BYTES));
    }

    /** Of the canonical array of these texts. */
    static FieldElement ofTexts(String... texts) {
        return of(CanonicalValue.array(
                        Arrays.stream(texts).map(CanonicalValue::text).toList())
                .sha256());
    }
}
