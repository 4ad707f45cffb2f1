package io.bulwark.prover.proof;

import java.util.Optional;

/**
 * A verifying key and what is known of who made it.
 *
 * @param key the key
 * @param origin who made it, where the folder that it lies in says so and holds what it says
 */
public record PublishedKey(VerifyingKey key, Optional<KeyOrigin> origin) {
    /** A key of which nothing is known but its bytes. */
    public static PublishedKey unlabelled(VerifyingKey key) {
        return new PublishedKey(key, Optional.empty());
    }

    /** The label in words. */
    public String label() {
        return origin.map(KeyOrigin::toString).orElse("not known");
    }
}
