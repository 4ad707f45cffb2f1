package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.charset.StandardCharsets;

/** What a contract needs to check proofs: the verifier of a key as Solidity source, and proofs in the form that it takes. */
public final class SolidityVerifier {
    /** Length of a proof as a contract takes it, bytes. */
    public static final int PROOF_BYTES = 384;

    private static final String SCHEMA = "bulwark-solidity";

    private SolidityVerifier() {}

    /**
     * The contract {@code Verifier} of a key; the library refuses bytes that are no key, and keys of circuits that say nothing. The contract
     * says of itself what the key's record says: identity, statements of its circuit, and whether enough signed contributors made it.
     */
    public static Answer<String> source(ProverLibrary library, VerifyingKey key) {
        byte[] request = CanonicalValue.array(
                        CanonicalValue.text(SCHEMA), CanonicalValue.integer(2), CanonicalValue.bytes(key.encode()))
                .encode();
        return library.exportSolidity(request).map(source -> new String(source, StandardCharsets.UTF_8));
    }

    /** A proof as {@code verifyProof} takes it: {@value #PROOF_BYTES} bytes; the library refuses bytes that are no proof. */
    public static Answer<byte[]> proof(ProverLibrary library, Proof proof) {
        return library.solidityProof(proof.bytes());
    }
}
