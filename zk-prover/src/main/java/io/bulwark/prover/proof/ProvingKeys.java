package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.witness.ProofShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of the account circuit in one shape, in a folder of their own under a folder of all keys.
 *
 * <p>A set-up on one machine makes them in half a minute, and whoever ran it can forge proofs: folder, files and manifest are called
 * unsafe, and only a test house may use them. The real ones come from a ceremony.
 *
 * @param folder where the files lie
 * @param shape size of the circuit
 * @param origin who made them
 * @param constraints number of constraints of the circuit
 * @param verifyingKey the key that everybody checks proofs with
 */
public record ProvingKeys(
        Path folder, ProofShape shape, KeyOrigin origin, long constraints, VerifyingKey verifyingKey) {
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
     * Opens the keys with a given verifying key, whoever made them, and makes none: what an owner does with keys that the house hands out.
     *
     * @param keys folder of all keys
     * @param verifyingKey SHA-256 of the verifying key
     * @return empty if no folder there holds them whole
     */
    public static Optional<ProvingKeys> open(ProofShape shape, Path keys, Digest verifyingKey) {
        return CircuitKeys.open(shape, keys, verifyingKey).map(found -> of(shape, found));
    }

    /** Keys of a circuit as those of the account circuit in one shape. */
    public static ProvingKeys of(ProofShape shape, CircuitKeys keys) {
        return new ProvingKeys(keys.folder(), shape, keys.origin(), keys.constraints(), keys.verifyingKey());
    }

    /**
     * Refuses keys that are not the expected ones: at start against the digest that the parameter set names.
     *
     * @throws IllegalStateException if the verifying key is another
     */
    public ProvingKeys expecting(Digest expected) {
        if (!verifyingKey.sha256().equals(expected)) {
            throw new IllegalStateException(
                    "verifying key must be " + expected + "; have " + verifyingKey.sha256() + " in " + folder);
        }
        return this;
    }

    /** The verifying key of a digest, if it lies in a folder of all keys, and who made it. */
    public static Optional<PublishedKey> find(Path keys, Digest sha256) {
        if (!Files.isDirectory(keys)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(keys, 2)) {
            return files.filter(file -> file.toString().endsWith(".vk"))
                    .map(file -> published(file, VerifyingKey.read(file), sha256))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("keys in " + keys, e);
        }
    }

    private static Optional<PublishedKey> published(Path file, VerifyingKey key, Digest wanted) {
        return key.sha256().equals(wanted)
                ? Optional.of(new PublishedKey(key, KeyFolder.origin(file.resolveSibling(""), wanted)))
                : Optional.empty();
    }

    /** What the library opens these keys by. */
    byte[] openRequest() {
        return new CircuitKeys(folder, shape, origin, constraints, verifyingKey).openRequest();
    }
}
