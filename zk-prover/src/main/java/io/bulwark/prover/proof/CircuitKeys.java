package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.CircuitShape;
import io.bulwark.prover.witness.CircuitSize;
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
 * The keys of any circuit in one size, in a folder of their own under a folder of all keys.
 *
 * <p>A set-up on one machine makes them, and whoever ran it can forge proofs: folder, files and manifest are called unsafe, and only a
 * test house may use them. The real ones come from a ceremony.
 *
 * @param folder where the files lie
 * @param size circuit and size
 * @param verifyingKey the key that everybody checks proofs with, which says who made it
 */
public record CircuitKeys(Path folder, CircuitSize size, VerifyingKey verifyingKey) {
    /**
     * Opens the keys of a circuit, made before by the same library, or makes them: that takes about half a minute. They are unsafe.
     *
     * @param keys folder of all keys; made if absent
     * @param progress hears about once a second while keys are made
     * @throws IllegalStateException if a file is not the one that the set-up wrote
     */
    public static CircuitKeys prepare(ProverLibrary library, CircuitSize size, Path keys, SetupProgress progress) {
        KeyFolder folder = KeyFolder.ofSetUp(keys, circuit(size), library);
        try {
            Files.createDirectories(keys);
            makeWhereAbsent(library, size, folder, progress);
            CircuitKeys checked = of(folder, size);
            folder.require(folder.manifest().library().equals(library.build()), "must come from the library in use");
            return checked;
        } catch (IOException e) {
            throw new UncheckedIOException("proving keys " + folder.path() + ": " + e, e);
        }
    }

    /**
     * Opens the keys of a circuit that one of these ceremonies made.
     *
     * @param keys folder of all keys
     * @param transcripts SHA-256 of the transcripts of the ceremonies that are trusted
     * @throws IllegalStateException if there are none, whether or not unsafe ones lie there, or a file is not the one that the ceremony wrote
     */
    public static CircuitKeys ofCeremony(CircuitSize size, Path keys, Collection<Digest> transcripts) {
        KeyFolder folder = transcripts.stream()
                .map(transcript -> KeyFolder.ofCeremony(keys, circuit(size), transcript))
                .filter(KeyFolder::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("proving keys of " + circuit(size)
                        + " must come from a ceremony of transcript " + transcripts
                        + "; unsafe keys are not accepted in their place: bulwark proof ceremony seal writes them into "
                        + keys));
        try {
            CircuitKeys keysOfCeremony = of(folder, size);
            folder.require(
                    keysOfCeremony.origin() instanceof KeyOrigin.Ceremony ceremony
                            && transcripts.contains(ceremony.transcript()),
                    "must have a record that names the ceremony");
            return keysOfCeremony;
        } catch (IOException e) {
            throw new UncheckedIOException("proving keys " + folder.path() + ": " + e, e);
        }
    }

    /** Opens the keys of an identity, whoever made them, and makes none; empty if no folder there holds them whole. */
    static Optional<CircuitKeys> open(CircuitSize size, Path keys, Digest identity) {
        if (!Files.isDirectory(keys)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(keys)) {
            Optional<KeyFolder> folder = folders.map(path -> new KeyFolder(path, circuit(size)))
                    .filter(candidate -> candidate.holds(identity))
                    .findFirst();
            return folder.isPresent() ? Optional.of(of(folder.get(), size)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("proving keys in " + keys + ": " + e, e);
        }
    }

    private static CircuitShape circuit(CircuitSize size) {
        return new CircuitShape(size.circuit(), size.label());
    }

    private static CircuitKeys of(KeyFolder folder, CircuitSize size) throws IOException {
        VerifyingKey key = folder.checked();
        folder.require(key.record().shape().equals(size.encoded()), "must be of shape " + size.label());
        return new CircuitKeys(folder.path(), size, key);
    }

    /** Who made them. */
    public KeyOrigin origin() {
        return verifyingKey.record().origin();
    }

    /** One set-up at a time, also among processes: the second waits and finds the keys. */
    private static synchronized void makeWhereAbsent(
            ProverLibrary library, CircuitSize size, KeyFolder folder, SetupProgress progress) throws IOException {
        Path lockFile = folder.path().resolveSibling(".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                if (!folder.exists()) {
                    make(library, size, folder, progress);
                }
            } finally {
                lock.release();
            }
        }
    }

    private static void make(ProverLibrary library, CircuitSize size, KeyFolder folder, SetupProgress progress)
            throws IOException {
        Path keys = folder.path().resolveSibling("");
        Path unfinished = KeyFolder.unfinished(keys, folder.path().getFileName().toString());
        CanonicalFields answer = await(
                CompletableFuture.supplyAsync(
                        () -> library.setUp(setUpRequest(size, unfinished)).orElseThrow(),
                        task -> Thread.ofPlatform().daemon().name("set-up").start(task)),
                progress);
        folder.complete(unfinished, KeyManifest.ofSetUp(library.build(), answer));
    }

    /** What the library opens these keys by. */
    public byte[] openRequest() {
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-circuit"),
                        CanonicalValue.integer(3),
                        CanonicalValue.text(size.circuit()),
                        size.encoded(),
                        CanonicalValue.text(folder.toAbsolutePath().toString()),
                        CanonicalValue.bytes(verifyingKey.identity()))
                .encode();
    }

    private static byte[] setUpRequest(CircuitSize size, Path directory) {
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-setup"),
                        CanonicalValue.integer(1),
                        CanonicalValue.text(size.circuit()),
                        size.encoded(),
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
