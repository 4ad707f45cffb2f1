package io.bulwark.adapter;

import java.util.Objects;

/**
 * A key that may read accounts, and should be able to do nothing else.
 *
 * @param id its public part; a wallet's address where the venue knows its readers by wallet
 * @param secret never logged
 * @param passphrase which some venues ask for beside the secret; empty where there is none; never logged
 */
public record ReadingKey(String id, String secret, String passphrase) {
    /** For venues that tell everybody, and for recordings, which tell whatever key is shown; any venue can sign with it. */
    public static final ReadingKey RECORDED = new ReadingKey("recorded", "01".repeat(32), "recorded");

    /** Checks presence. */
    public ReadingKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(passphrase, "passphrase");
    }

    /** A key without a passphrase. */
    public ReadingKey(String id, String secret) {
        this(id, secret, "");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ReadingKey[" + id + "]";
    }
}
