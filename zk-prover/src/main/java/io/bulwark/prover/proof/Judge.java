package io.bulwark.prover.proof;

import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one judge of proofs that stand alone. It is the library's, and that of pages: what a proof means is said in one place.
 *
 * @param library the native prover
 */
public record Judge(ProverLibrary library) {
    /**
     * Holds a proof against keys, a house and what the verifier expects.
     *
     * @param proof the proof file
     * @param keys key files, among them the one that the proof names
     * @param house the house file; empty: none
     * @param expected what the verifier knows for himself
     * @return the judgement, or what is wrong with what was handed in
     */
    public Answer<Judgement> judge(String proof, List<byte[]> keys, byte[] house, Expectation expected) {
        return judge(proof.getBytes(StandardCharsets.UTF_8), keys, house, expected.encode());
    }

    Answer<Judgement> judge(byte[] proof, List<byte[]> keys, byte[] house, byte[] expectation) {
        return library.judge(proof, keys, house, expectation).map(Judgement::of);
    }

    /**
     * Compiles the circuit of a key in its shape and compares it with the key's record. Takes seconds.
     *
     * @return what the verifier notes of it, for {@link Expectation#compiled}; or why the record does not hold
     */
    public Answer<Digest> checkKey(VerifyingKey key) {
        return library.checkKey(key.encode()).map(Digest::of);
    }
}
