package io.bulwark.clearing.attestation;

import io.bulwark.clearing.epoch.Digest;
import java.util.Optional;

/**
 * Evidence that a member vouched for two different epochs of one number. Anybody can check it with the member's public key alone.
 *
 * @param first one statement
 * @param firstSignature signature on it
 * @param second the other statement, of the same house and number, with another digest
 * @param secondSignature signature on that, by the same member
 */
public record Equivocation(
        EpochStatement first, EpochSignature firstSignature, EpochStatement second, EpochSignature secondSignature) {
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
            EpochStatement first,
            EpochSignature firstSignature,
            EpochStatement second,
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
            EpochStatement first,
            EpochSignature firstSignature,
            EpochStatement second,
            EpochSignature secondSignature) {
        if (!first.house().equals(second.house()) || first.number() != second.number()) {
            return Optional.of("statements must be of one house and number; have " + first + " and " + second);
        }
        if (first.digest().equals(second.digest())) {
            return Optional.of("statements must differ in the digest; both have " + first.digest());
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
