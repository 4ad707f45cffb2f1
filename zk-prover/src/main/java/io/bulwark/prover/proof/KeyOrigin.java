package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;

/** Who made keys, and so who could forge proofs. */
public sealed interface KeyOrigin {
    /** One machine made them: whoever ran it could forge. For tests and demonstrations. */
    record Unsafe() implements KeyOrigin {
        @Override
        public String toString() {
            return "unsafe: made on one machine, which could forge";
        }
    }

    /**
     * A ceremony made them: only all contributors together could forge.
     *
     * @param transcript SHA-256 of the ceremony's transcript
     */
    record Ceremony(Digest transcript) implements KeyOrigin {
        @Override
        public String toString() {
            return "ceremony, transcript " + transcript;
        }
    }

    /** The origin of keys that a set-up makes. */
    static KeyOrigin ofSetUp() {
        return new Unsafe();
    }

    /** What names of files and folders begin with. */
    default String prefix() {
        return switch (this) {
            case Unsafe() -> "unsafe-";
            case Ceremony ceremony -> "";
        };
    }

    /** The transcript's digest, or no bytes for unsafe keys. */
    default CanonicalValue encoded() {
        return switch (this) {
            case Unsafe() -> CanonicalValue.bytes(new byte[0]);
            case Ceremony(Digest transcript) -> CanonicalValue.bytes(transcript);
        };
    }

    /** The next field, an origin as {@link #encoded()} writes it. */
    static KeyOrigin of(CanonicalFields fields) {
        byte[] transcript = fields.bytes("transcript");
        return transcript.length == 0 ? ofSetUp() : new Ceremony(Digest.of(transcript));
    }
}
