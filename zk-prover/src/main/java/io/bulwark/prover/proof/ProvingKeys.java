package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.CircuitShape;
import io.bulwark.prover.witness.ProofShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        KeyFolder folder = KeyFolder.ofSetUp(keys, circuit(shape), library);
        try {
            Files.createDirectories(keys);
            makeWhereAbsent(library, shape, folder, progress);
            KeyManifest manifest = folder.checked();
            folder.require(manifest.library().equals(library.sha256()), "must come from the library in use");
            return of(folder, shape, manifest);
        } catch (IOException e) {
            throw new UncheckedIOException("proving keys " + folder.path() + ": " + e, e);
        }
    }

    /**
     * Opens the keys of a shape that one of these ceremonies made.
     *
     * @param keys folder of all keys
     * @param transcripts SHA-256 of the transcripts of the ceremonies that are trusted
     * @throws IllegalStateException if there are none, whether or not unsafe ones lie there, or a file is not the one that the ceremony wrote
     */
    public static ProvingKeys ofCeremony(ProofShape shape, Path keys, Collection<Digest> transcripts) {
        KeyFolder folder = transcripts.stream()
                .map(transcript -> KeyFolder.ofCeremony(keys, circuit(shape), transcript))
                .filter(KeyFolder::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("proving keys of " + circuit(shape)
                        + " must come from a ceremony of transcript " + transcripts
                        + "; unsafe keys are not accepted in their place: bulwark ceremony seal writes them into "
                        + keys));
        try {
            return of(folder, shape, folder.checked());
        } catch (IOException e) {
            throw new UncheckedIOException("proving keys " + folder.path() + ": " + e, e);
        }
    }

    private static CircuitShape circuit(ProofShape shape) {
        return new CircuitShape(CIRCUIT, shape.label());
    }

    private static ProvingKeys of(KeyFolder folder, ProofShape shape, KeyManifest manifest) {
        return new ProvingKeys(folder.path(), shape, folder.origin(), manifest.constraints(), folder.verifyingKey());
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

    /** One set-up at a time, also among processes: the second waits and finds the keys. */
    private static synchronized void makeWhereAbsent(
            ProverLibrary library, ProofShape shape, KeyFolder folder, SetupProgress progress) throws IOException {
        Path lockFile = folder.path().resolveSibling(".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                if (!folder.exists()) {
                    make(library, shape, folder, progress);
                }
            } finally {
                lock.release();
            }
        }
    }

    private static void make(ProverLibrary library, ProofShape shape, KeyFolder folder, SetupProgress progress)
            throws IOException {
        Path keys = folder.path().resolveSibling("");
        Path unfinished = KeyFolder.unfinished(keys, folder.path().getFileName().toString());
        CanonicalFields answer = await(
                CompletableFuture.supplyAsync(
                        () -> library.setUp(setUpRequest(shape, unfinished)).orElseThrow(),
                        task -> Thread.ofPlatform().daemon().name("set-up").start(task)),
                progress);
        folder.complete(unfinished, KeyManifest.ofSetUp(library.sha256(), folder.circuit(), answer));
    }

    /** What the library opens these keys by. */
    byte[] openRequest() {
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-circuit"),
                        CanonicalValue.integer(2),
                        CanonicalValue.text(CIRCUIT),
                        shape.encoded(),
                        CanonicalValue.text(folder.toAbsolutePath().toString()),
                        CanonicalValue.bytes(verifyingKey.sha256()),
                        origin.encoded())
                .encode();
    }

    private static byte[] setUpRequest(ProofShape shape, Path directory) {
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-setup"),
                        CanonicalValue.integer(1),
                        CanonicalValue.text(CIRCUIT),
                        shape.encoded(),
                        CanonicalValue.text(directory.toAbsolutePath().toString()))
                .encode();
    }

    private static <T> T await(CompletableFuture<T> future, SetupProgress progress) {
        for (long seconds = 0; ; seconds++) {
            progress.running(seconds);
            try {
                return future.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException stillRunning) {
                // A second has passed: the next turn says so.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while keys were made; what was written is discarded", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("set-up failed: " + e.getCause(), e);
            }
        }
    }
}
