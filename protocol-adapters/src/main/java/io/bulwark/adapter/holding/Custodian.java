package io.bulwark.adapter.holding;

import io.bulwark.clearing.document.Digest;

/**
 * A venue or custodian whose key the reader knows.
 *
 * @param places what its places begin with
 * @param key its Ed25519 key
 */
public record Custodian(String places, Digest key) {
    /** Refuses a beginning that every place has. */
    public Custodian {
        if (places.isBlank()) {
            throw new IllegalArgumentException("custodian's places must begin with something");
        }
    }

    boolean keeps(String place) {
        return place.startsWith(places);
    }
}
