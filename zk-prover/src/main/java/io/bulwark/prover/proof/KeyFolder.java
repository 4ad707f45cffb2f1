package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.CanonicalException;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.Ceremony;
import io.bulwark.prover.ceremony.CircuitShape;
import io.bulwark.prover.ceremony.SealedTranscript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one circuit's keys. A folder is complete or absent: it is filled beside its place and renamed.
 *
 * @param path where it lies
 * @param circuit circuit and shape
 * @param origin who made the keys; names of unsafe keys say so
 */
record KeyFolder(Path path, CircuitShape circuit, KeyOrigin origin) {
    private static final int DIGITS = 16;

    /** The place of keys that this library's set-up makes: a set-up is quick, so keys of another library are not used. */
    static KeyFolder ofSetUp(Path keys, CircuitShape circuit, ProverLibrary library) {
        return under(keys, circuit, KeyOrigin.ofSetUp(), library.build());
    }

    /** The place of keys that a ceremony makes. */
    static KeyFolder ofCeremony(Path keys, CircuitShape circuit, Digest transcript) {
        return under(keys, circuit, new KeyOrigin.Ceremony(transcript), transcript);
    }

    private static KeyFolder under(Path keys, CircuitShape circuit, KeyOrigin origin, Digest filedUnder) {
        String name = origin.prefix() + circuit + "-" + filedUnder.hex().substring(0, DIGITS);
        return new KeyFolder(keys.resolve(name), circuit, origin);
    }

    /** Whether it is there and complete. */
    boolean exists() {
        return Files.exists(path.resolve(KeyManifest.fileName(origin)));
    }

    /** Checks every file against the manifest and gives it. */
    KeyManifest checked() throws IOException {
        KeyManifest manifest = manifest();
        require(manifest.origin().equals(origin), "must be of their origin: " + origin);
        require(manifest.circuit().equals(circuit), "must be of circuit " + circuit);
        require(sha256(".pk").equals(manifest.provingKey()), "must hold the .pk of its manifest");
        require(sha256(".ccs").equals(manifest.constraintSystem()), "must hold the .ccs of its manifest");
        require(verifyingKey().sha256().equals(manifest.verifyingKey()), "must hold the .vk of its manifest");
        if (origin instanceof KeyOrigin.Ceremony(Digest named)) {
            SealedTranscript transcript = SealedTranscript.read(path.resolve(Ceremony.TRANSCRIPT));
            require(transcript.sha256().equals(named), "must hold the transcript of their origin");
            require(
                    transcript.verifyingKey().equals(manifest.verifyingKey()),
                    "must hold the .vk that the transcript names");
        }
        return manifest;
    }

    private KeyManifest manifest() throws IOException {
        try {
            return KeyManifest.decode(Files.readAllBytes(path.resolve(KeyManifest.fileName(origin))));
        } catch (CanonicalException e) {
            throw refusal("must have a manifest of their schema (" + e.getMessage() + ")");
        }
    }

    /** Requires something of the keys, whose refusal says how to be rid of them. */
    void require(boolean holds, String rule) {
        if (!holds) {
            throw refusal(rule);
        }
    }

    private IllegalStateException refusal(String rule) {
        String again = switch (origin) {
            case KeyOrigin.Unsafe() -> "and they are made again";
            case KeyOrigin.Ceremony ceremony -> "and seal the ceremony again with the same beacon";
        };
        return new IllegalStateException("proving keys " + rule + ": remove the folder " + path + " " + again);
    }

    VerifyingKey verifyingKey() {
        return VerifyingKey.read(file(".vk"));
    }

    /** Of a file that may be larger than the heap. */
    private Digest sha256(String ending) throws IOException {
        try (InputStream content = Files.newInputStream(file(ending))) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
            return Digest.of(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Path file(String ending) {
        return path.resolve(origin.prefix() + circuit + ending);
    }

    /** An empty folder beside the place, to fill. */
    static Path unfinished(Path keys, String name) throws IOException {
        Path unfinished = keys.resolve(name + ".new");
        remove(unfinished);
        return Files.createDirectories(unfinished);
    }

    /** Puts a filled folder, and its manifest, in place. */
    void complete(Path unfinished, KeyManifest manifest) throws IOException {
        Files.write(unfinished.resolve(KeyManifest.fileName(origin)), manifest.encode());
        remove(path);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }

    static void remove(Path folder) throws IOException {
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

    /** Who made the keys of a folder, as its manifest says of this verifying key; nothing where it says nothing, or something that does not hold. */
    static Optional<KeyOrigin> origin(Path folder, Digest verifyingKey) {
        return Stream.of(folder.resolve(KeyManifest.fileName(KeyOrigin.ofSetUp())), folder.resolve(KeyManifest.NAME))
                .filter(Files::isRegularFile)
                .findFirst()
                .flatMap(manifest -> origin(folder, manifest, verifyingKey));
    }

    private static Optional<KeyOrigin> origin(Path folder, Path file, Digest verifyingKey) {
        try {
            KeyManifest manifest = KeyManifest.decode(Files.readAllBytes(file));
            return manifest.verifyingKey().equals(verifyingKey)
                    ? Optional.of(new KeyFolder(folder, manifest.circuit(), manifest.origin())
                            .checked()
                            .origin())
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
