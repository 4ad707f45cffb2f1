package io.bulwark.prover.book;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judgement;
import java.util.List;

/**
 * The one judge, of books: every proof of the file is checked, shapes come from the records of its keys, and the table must be the epoch's.
 *
 * @param library the native prover
 */
public record BookJudge(ProverLibrary library) {
    /**
     * Holds a book against keys, a house and what the verifier expects; what the house holds is a fact of the verifier's ({@code holdings}).
     *
     * @param keys key files, among them those that the book names
     * @param house the house file; empty: none
     * @return the judgement, or what is wrong with what was handed in
     */
    public Answer<Judgement> judge(BookProof book, List<byte[]> keys, byte[] house, Expectation expected) {
        CanonicalValue names = CanonicalValue.array(
                CanonicalValue.bytes(book.batchKey()), CanonicalValue.array(), CanonicalValue.bytes(book.topKey()));
        return library.judgeBook(names, keys, book.table(), book.bundle(), house, expected.encode())
                .map(Judgement::of);
    }
}
