package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.CanonicalException;
import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.witness.ProofShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The keys of one circuit and shape, in a folder of their own under a folder of all keys.
 *
 * <p>They come from a set-up on one machine: whoever ran it can forge proofs, so folder, files and schema are called unsafe, and only a
 * test house may use them. A folder is complete or absent: it is filled beside its place and renamed.
 *
 * @param folder where the files lie
 * @param shape size of the circuit
 * @param constraints number of constraints of the circuit
 * @param verifyingKey the key that everybody checks proofs with
 */
public record ProvingKeys(Path folder, ProofShape shape, long constraints, VerifyingKey verifyingKey) {
    /** The circuit that these keys are of. */
    public static final String CIRCUIT = "account";

    private static final String PREFIX = "unsafe-" + CIRCUIT + "-";
    private static final String MANIFEST = "unsafe-keys.cbor";
    private static final int LIBRARY_DIGITS = 16;

    /**
     * Opens the keys of a shape, made before by the same library, or makes them: that takes about half a minute.
     *
     * @param keys folder of all keys; made if absent
     * @param progress hears about once a second while keys are made
     * @throws IllegalStateException if a file is not the one that the set-up wrote
     */
    public static ProvingKeys prepare(ProverLibrary library, ProofShape shape, Path keys, SetupProgress progress) {
        Path folder = keys.resolve(
                PREFIX + shape.label() + "-" + library.sha256().hex().substring(0, LIBRARY_DIGITS));
        try {
            Files.createDirectories(keys);
            makeWhereAbsent(library, shape, folder, progress);
            return open(library, shape, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("proving keys " + folder + ": " + e, e);
        }
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

    /** The verifying key of a digest, if it lies in a folder of all keys. */
    public static Optional<VerifyingKey> find(Path keys, Digest sha256) {
        if (!Files.isDirectory(keys)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(keys, 2)) {
            return files.filter(file -> file.toString().endsWith(".vk"))
                    .map(VerifyingKey::read)
                    .filter(key -> key.sha256().equals(sha256))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("keys in " + keys, e);
        }
    }

    /** One set-up at a time, also among processes: the second waits and finds the keys. */
    private static synchronized void makeWhereAbsent(
            ProverLibrary library, ProofShape shape, Path folder, SetupProgress progress) throws IOException {
        Path lockFile = folder.resolveSibling(".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                if (!Files.exists(folder.resolve(MANIFEST))) {
                    make(library, shape, folder, progress);
                }
            } finally {
                lock.release();
            }
        }
    }

    private static void make(ProverLibrary library, ProofShape shape, Path folder, SetupProgress progress)
            throws IOException {
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        remove(unfinished);
        Files.createDirectories(unfinished);
        CanonicalFields answer = await(
                CompletableFuture.supplyAsync(
                        () -> library.setUp(setUpRequest(shape, unfinished)).orElseThrow(),
                        task -> Thread.ofPlatform().daemon().name("set-up").start(task)),
                progress);
        Files.write(
                unfinished.resolve(MANIFEST),
                KeyManifest.ofSetUp(library.sha256(), shape, answer).encode());
        remove(folder);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the library opens these keys by. */
    byte[] openRequest() {
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-circuit"),
                        CanonicalValue.integer(1),
                        CanonicalValue.text(CIRCUIT),
                        shape.encoded(),
                        CanonicalValue.text(folder.toAbsolutePath().toString()),
                        CanonicalValue.bytes(verifyingKey.sha256()))
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

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(folder)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    private static ProvingKeys open(ProverLibrary library, ProofShape shape, Path folder) throws IOException {
        KeyManifest manifest = manifest(folder);
        require(manifest.library().equals(library.sha256()), folder, "must come from the library in use");
        require(manifest.shape().equals(shape.label()), folder, "must be of shape " + shape.label());
        require(
                sha256(folder, shape, ".pk").equals(manifest.provingKey()),
                folder,
                "must hold the .pk of its manifest");
        require(
                sha256(folder, shape, ".ccs").equals(manifest.constraintSystem()),
                folder,
                "must hold the .ccs of its manifest");
        VerifyingKey key = VerifyingKey.read(file(folder, shape, ".vk"));
        require(key.sha256().equals(manifest.verifyingKey()), folder, "must hold the .vk of its manifest");
        return new ProvingKeys(folder, shape, manifest.constraints(), key);
    }

    private static KeyManifest manifest(Path folder) throws IOException {
        try {
            return KeyManifest.decode(Files.readAllBytes(folder.resolve(MANIFEST)));
        } catch (CanonicalException e) {
            throw refusal(folder, "must have a manifest of their schema (" + e.getMessage() + ")");
        }
    }

    private static IllegalStateException refusal(Path folder, String rule) {
        return new IllegalStateException(
                "proving keys " + rule + ": remove the folder " + folder + " and they are made again");
    }

    private static void require(boolean holds, Path folder, String rule) {
        if (!holds) {
            throw refusal(folder, rule);
        }
    }

    private static Digest sha256(Path folder, ProofShape shape, String ending) throws IOException {
        return Digest.sha256(Files.readAllBytes(file(folder, shape, ending)));
    }

    private static Path file(Path folder, ProofShape shape, String ending) {
        return folder.resolve(PREFIX + shape.label() + ending);
    }
}
