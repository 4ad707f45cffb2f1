package io.bulwark.prover.proof;

import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.witness.ProofShape;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * The keys of the account circuit in one shape, in a folder of their own under a folder of all keys.
 *
 * <p>A set-up on one machine makes them in half a minute, and whoever ran it can forge proofs: folder, files and manifest are called
 * unsafe, and only a test house may use them. The real ones come from a ceremony.
 *
 * @param folder where the files lie
 * @param shape size of the circuit
 * @param verifyingKey the key that everybody checks proofs with, which says who made it
 */
public record ProvingKeys(Path folder, ProofShape shape, VerifyingKey verifyingKey) {
    /** The circuit that these keys are of. */
    public static final String CIRCUIT = "account";

    /**
     * Opens the keys of a shape, made before by the same library, or makes them: that takes about half a minute. They are unsafe.
     *
     * @param keys folder of all keys; made if absent
     * @param progress hears about once a second while keys are made
     * @throws IllegalStateException if a file is not the one that the set-up wrote
     */
    public static ProvingKeys prepare(ProverLibrary library, ProofShape shape, Path keys, SetupProgress progress) {
        return of(shape, CircuitKeys.prepare(library, shape, keys, progress));
    }

    /**
     * Opens the keys of a shape that one of these ceremonies made.
     *
     * @param keys folder of all keys
     * @param transcripts SHA-256 of the transcripts of the ceremonies that are trusted
     * @throws IllegalStateException if there are none, whether or not unsafe ones lie there, or a file is not the one that the ceremony wrote
     */
    public static ProvingKeys ofCeremony(ProofShape shape, Path keys, Collection<Digest> transcripts) {
        return of(shape, CircuitKeys.ofCeremony(shape, keys, transcripts));
    }

    /**
     * Opens the keys of an identity, whoever made them, and makes none: what an owner does with keys that the house hands out.
     *
     * @param keys folder of all keys
     * @param identity of the key
     * @return empty if no folder there holds them whole
     */
    public static Optional<ProvingKeys> open(ProofShape shape, Path keys, Digest identity) {
        return CircuitKeys.open(shape, keys, identity).map(found -> of(shape, found));
    }

    /** Keys of a circuit as those of the account circuit in one shape. */
    public static ProvingKeys of(ProofShape shape, CircuitKeys keys) {
        return new ProvingKeys(keys.folder(), shape, keys.verifyingKey());
    }

    /** Who made them. */
    public KeyOrigin origin() {
        return verifyingKey.record().origin();
    }

    /** Number of constraints of the circuit. */
    public long constraints() {
        return verifyingKey.record().constraints();
    }

    /** What the library opens these keys by. */
    byte[] openRequest() {
        return new CircuitKeys(folder, shape, verifyingKey).openRequest();
    }
}
