package io.bulwark.prover.proof;

import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.witness.PublicInputs;

/** Checks proofs; needs a key, a proof and public inputs, and nothing of the house. */
public final class Verifier {
    private final ProverLibrary library;
    private final VerifyingKey key;

    /** A verifier of the proofs that one key belongs to. */
    public Verifier(ProverLibrary library, VerifyingKey key) {
        this.library = library;
        this.key = key;
    }

    /** What a check finds. */
    public sealed interface Verification {
        /**
         * The proof holds for these public inputs. What they mean for the caller (which epoch, claim, challenge, scope) is the caller's to compare.
         *
         * @param publicInputs what was proved
         */
        record Valid(PublicInputs publicInputs) implements Verification {}

        /**
         * It does not.
         *
         * @param reason why, in one line
         */
        record Invalid(String reason) implements Verification {}
    }

    /** Checks a proof against public inputs. */
    public Verification verify(Proof proof, PublicInputs publicInputs) {
        return switch (library.verify(key.bytes(), proof.bytes(), publicInputs.bytes())) {
            case Answer.Given<byte[]> given -> new Verification.Valid(PublicInputs.ofBytes(given.value()));
            case Answer.Refused<byte[]> refused ->
                new Verification.Invalid(refused.refusal().toString());
        };
    }

    /** Checks a bundle, whose key must be this verifier's. */
    public Verification verify(ProofBundle bundle) {
        if (!bundle.key().equals(key.identity())) {
            return new Verification.Invalid("proof is for verifying key " + bundle.key() + ", have " + key.identity());
        }
        return verify(bundle.proof(), bundle.publicInputs());
    }
}
