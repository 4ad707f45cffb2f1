package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.witness.PublicInputs;
import java.util.List;

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

    /**
     * What a check of many proofs together took.
     *
     * @param proofs their number
     * @param millis its time, ms
     * @param cpuMillis time of the processor, ms
     */
    public record Together(int proofs, long millis, long cpuMillis) {}

    /** Checks bundles of this verifier's key together; a refusal names the first that does not hold. */
    public Answer<Together> verifyAll(List<ProofBundle> bundles) {
        bundles.stream()
                .filter(bundle -> !bundle.key().equals(key.identity()))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            "proof must be for verifying key " + key.identity() + "; have " + other.key());
                });
        List<CanonicalValue> proofs = bundles.stream()
                .<CanonicalValue>map(bundle -> CanonicalValue.array(
                        CanonicalValue.bytes(bundle.proof().bytes()),
                        CanonicalValue.bytes(bundle.publicInputs().bytes())))
                .toList();
        return library.verifyAll(key.bytes(), proofs).map(answer -> {
            Together together = new Together(proofs.size(), answer.integer("millis"), answer.integer("cpuMillis"));
            answer.end();
            return together;
        });
    }

    /** Checks a bundle, whose key must be this verifier's. */
    public Verification verify(ProofBundle bundle) {
        if (!bundle.key().equals(key.identity())) {
            return new Verification.Invalid("proof is for verifying key " + bundle.key() + ", have " + key.identity());
        }
        return verify(bundle.proof(), bundle.publicInputs());
    }
}
