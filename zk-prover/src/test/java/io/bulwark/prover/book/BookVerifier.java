package io.bulwark.prover.book;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.VerifyingKey;

/**
 * Checks books with verifying keys of one shape.
 *
 * @param library the native prover
 * @param shape the sizes that the keys are trusted for: a key does not say them itself
 * @param batch the key of batches
 * @param top the key of the layer above
 */
record BookVerifier(ProverLibrary library, BookShape shape, VerifyingKey batch, VerifyingKey top) {
    static BookVerifier of(ProverLibrary library, BookKeys keys) {
        return new BookVerifier(
                library, keys.shape(), keys.batch().verifyingKey(), keys.top().verifyingKey());
    }

    /**
     * The statement of a book that holds, or the part that does not. Whoever asks compares the epoch's digest with the one that he trusts.
     */
    public Answer<BookStatement> verify(BookProof proof) {
        return library.verifyBook(keys(), proof.table(), proof.bundle()).map(nothing -> proof.statement());
    }

    private byte[] keys() {
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-book-keys"),
                        CanonicalValue.integer(1),
                        CanonicalValue.array(shape.batch().encoded(), CanonicalValue.bytes(batch.bytes())),
                        CanonicalValue.array(),
                        CanonicalValue.array(shape.top().encoded(), CanonicalValue.bytes(top.bytes())))
                .encode();
    }
}
