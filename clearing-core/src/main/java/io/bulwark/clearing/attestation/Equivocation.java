package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.util.Optional;

/**
 * Evidence that a member vouched for two different things of which there is one: epochs of one number, or documents of one subject and number.
 * Anybody can check it with the member's public key alone.
 *
 * @param first one statement
 * @param firstSignature signature on it
 * @param second the other statement, which contradicts it
 * @param secondSignature signature on that, by the same member
 */
record Equivocation(
        QuorumStatement first, EpochSignature firstSignature, QuorumStatement second, EpochSignature secondSignature) {
    /**
     * Checks that it is evidence.
     *
     * @throws IllegalArgumentException if it proves nothing, with the reason
     */
    public Equivocation {
        Optional<String> flaw = flaw(first, firstSignature, second, secondSignature);
        if (flaw.isPresent()) {
            throw new IllegalArgumentException(flaw.get());
        }
    }

    /** The evidence in two signed statements, if there is any. */
    public static Optional<Equivocation> between(
            QuorumStatement first,
            EpochSignature firstSignature,
            QuorumStatement second,
            EpochSignature secondSignature) {
        return flaw(first, firstSignature, second, secondSignature).isPresent()
                ? Optional.empty()
                : Optional.of(new Equivocation(first, firstSignature, second, secondSignature));
    }

    /** Who equivocated. */
    public Digest member() {
        return firstSignature.signer();
    }

    private static Optional<String> flaw(
            QuorumStatement first,
            EpochSignature firstSignature,
            QuorumStatement second,
            EpochSignature secondSignature) {
        if (!first.contradicts(second)) {
            return Optional.of("statements must contradict each other; have " + first + " and " + second);
        }
        if (!firstSignature.signer().equals(secondSignature.signer())) {
            return Optional.of("signatures must be of one member; have " + firstSignature.signer() + " and "
                    + secondSignature.signer());
        }
        return firstSignature.signs(first) && secondSignature.signs(second)
                ? Optional.empty()
                : Optional.of("both signatures must hold");
    }
}
