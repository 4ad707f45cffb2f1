package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;

/** Who made keys, and so who could forge proofs. It is counted by who verified a ceremony, never claimed. */
public sealed interface KeyOrigin {
    /** Signed contributors from which a ceremony is one: what fewer made is judged as made by one machine. */
    int SIGNED_LEAST = 3;

    /** Most contributors of a ceremony. */
    int CONTRIBUTORS_MAX = 1000;

    /** One machine made them: whoever ran it could forge. For tests and demonstrations. */
    record Unsafe() implements KeyOrigin {
        @Override
        public String toString() {
            return "made on one machine, which could forge";
        }
    }

    /**
     * A ceremony made them: only all contributors together could forge.
     *
     * @param transcript SHA-256 of the transcript of its second phase
     * @param powers SHA-256 of the transcript of the powers that it stands on
     * @param contributors number of contributors of the second phase
     * @param signed how many of them signed, each with a key of his own
     */
    record Ceremony(Digest transcript, Digest powers, long contributors, long signed) implements KeyOrigin {
        /** Refuses counts that no ceremony has. */
        public Ceremony {
            if (contributors < 1 || contributors > CONTRIBUTORS_MAX || signed < 0 || signed > contributors) {
                throw new IllegalArgumentException("contributors must be in 1…" + CONTRIBUTORS_MAX
                        + " and signed ones among them; have " + contributors + " and " + signed);
            }
        }

        @Override
        public String toString() {
            return signed < SIGNED_LEAST
                    ? signed + " of " + SIGNED_LEAST + " contributors: as good as unsafe"
                    : "ceremony of " + signed + " signed contributors, transcript " + transcript;
        }
    }

    /** Whether enough signed contributors stand behind the key that nobody alone could forge. */
    default boolean safe() {
        return switch (this) {
            case Unsafe() -> false;
            case Ceremony ceremony -> ceremony.signed() >= SIGNED_LEAST;
        };
    }

    /** The origin of keys that a set-up makes. */
    static KeyOrigin ofSetUp() {
        return new Unsafe();
    }

    /** What names of files and folders begin with, for people: nothing is concluded from a name. */
    default String prefix() {
        return switch (this) {
            case Unsafe() -> "unsafe-";
            case Ceremony ceremony -> "";
        };
    }

    /** As a key record holds it. */
    default CanonicalValue encoded() {
        return switch (this) {
            case Unsafe() -> CanonicalValue.array(CanonicalValue.text("unsafe"));
            case Ceremony(Digest transcript, Digest powers, long contributors, long signed) ->
                CanonicalValue.array(
                        CanonicalValue.text("ceremony"),
                        CanonicalValue.bytes(transcript),
                        CanonicalValue.bytes(powers),
                        CanonicalValue.integer(contributors),
                        CanonicalValue.integer(signed));
        };
    }

    /** The next field, an origin as {@link #encoded()} writes it. */
    static KeyOrigin of(CanonicalFields fields) {
        CanonicalFields origin = fields.fields("origin");
        String kind = origin.text("kind");
        KeyOrigin read = switch (kind) {
            case "unsafe" -> ofSetUp();
            case "ceremony" ->
                new Ceremony(
                        origin.digest("transcript"),
                        origin.digest("powers"),
                        origin.integer("contributors"),
                        origin.integer("signed"));
            default -> throw new IllegalArgumentException("origin must be unsafe or ceremony; have " + kind);
        };
        origin.end();
        return read;
    }
}
