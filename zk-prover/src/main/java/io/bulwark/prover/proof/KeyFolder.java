package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.Ceremony;
import io.bulwark.prover.ceremony.CircuitShape;
import io.bulwark.prover.ceremony.SealedTranscript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The files of one circuit's keys. A folder is complete or absent: it is filled beside its place and renamed. Names say unsafe for people;
 * who made the keys is in their record.
 *
 * @param path where it lies
 * @param circuit circuit and shape
 */
record KeyFolder(Path path, CircuitShape circuit) {
    private static final int DIGITS = 16;

    /** Digests of files by what the file system says of their last change. */
    private static final Map<Map<String, Object>, Digest> HASHED = new ConcurrentHashMap<>();

    private static final int HASHED_MAX = 1_000;

    /** How long ago a file must have been changed to be remembered. */
    static final Duration SETTLED = Duration.ofSeconds(2);

    /** The place of keys that this library's set-up makes: a set-up is quick, so keys of another library are not used. */
    static KeyFolder ofSetUp(Path keys, CircuitShape circuit, ProverLibrary library) {
        return under(keys, circuit, KeyOrigin.ofSetUp().prefix(), library.build());
    }

    /** The place of keys that a ceremony makes. */
    static KeyFolder ofCeremony(Path keys, CircuitShape circuit, Digest transcript) {
        return under(keys, circuit, "", transcript);
    }

    private static KeyFolder under(Path keys, CircuitShape circuit, String prefix, Digest filedUnder) {
        String name = prefix + circuit + "-" + filedUnder.hex().substring(0, DIGITS);
        return new KeyFolder(keys.resolve(name), circuit);
    }

    /** Whether it is there and complete. */
    boolean exists() {
        return Files.exists(path.resolve(KeyManifest.NAME));
    }

    /** Checks every file against manifest and record, and gives the key. */
    VerifyingKey checked() throws IOException {
        KeyManifest manifest = manifest();
        VerifyingKey key = verifyingKey();
        KeyRecord record = key.record();
        require(key.identity().equals(manifest.key()), "must hold the .vk of their manifest");
        require(record.circuit().equals(circuit.circuit()), "must be of circuit " + circuit.circuit());
        require(sha256(".pk").equals(manifest.provingKey()), "must hold the .pk of their manifest");
        require(sha256(".ccs").equals(record.system()), "must hold the .ccs of their record");
        if (record.origin() instanceof KeyOrigin.Ceremony ceremony) {
            SealedTranscript transcript = SealedTranscript.read(path.resolve(Ceremony.TRANSCRIPT));
            require(
                    transcript.sha256().equals(ceremony.transcript()),
                    "must hold the transcript that their record names");
            require(transcript.verifyingKey().equals(record.vk()), "must hold the .vk that the transcript names");
            require(
                    transcript.powers().equals(ceremony.powers())
                            && transcript.transcript().contributions() == ceremony.contributors()
                            && transcript.transcript().signed() >= ceremony.signed(),
                    "must have a record that counts the contributors of its transcript");
        }
        return key;
    }

    KeyManifest manifest() throws IOException {
        try {
            return KeyManifest.decode(Files.readAllBytes(path.resolve(KeyManifest.NAME)));
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
        return new IllegalStateException("proving keys " + rule + ": remove the folder " + path
                + ", and they are made again, or the ceremony sealed again with the same beacon");
    }

    private VerifyingKey verifyingKey() {
        Path file = file(".vk");
        try {
            return VerifyingKey.read(file);
        } catch (IllegalArgumentException e) {
            throw refusal("must hold a whole .vk (" + e.getMessage() + ")");
        }
    }

    /**
     * Of a file that may be larger than the heap. One that has not been written since it was hashed is not hashed again:
     * the system's time of its last change is nobody's to set. A file that was changed a moment ago may be written once
     * more in the same tick of that clock, and is not remembered.
     */
    private Digest sha256(String ending) throws IOException {
        Path file = file(ending);
        Map<String, Object> state = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
        Digest known = HASHED.get(state);
        if (known != null) {
            return known;
        }
        boolean settled = ((FileTime) Objects.requireNonNull(state.get("ctime")))
                .toInstant()
                .isBefore(Instant.now().minus(SETTLED));
        Digest hashed = hashed(file);
        if (settled && HASHED.size() < HASHED_MAX) {
            HASHED.put(state, hashed);
        }
        return hashed;
    }

    private static Digest hashed(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
            return Digest.of(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Under either name that files have. */
    private Path file(String ending) {
        Path plain = path.resolve(circuit + ending);
        return Files.exists(plain) ? plain : path.resolve(KeyOrigin.ofSetUp().prefix() + circuit + ending);
    }

    /** An empty folder beside the place, to fill. */
    static Path unfinished(Path keys, String name) throws IOException {
        Path unfinished = keys.resolve(name + ".new");
        remove(unfinished);
        return Files.createDirectories(unfinished);
    }

    /** Puts a filled folder, and its manifest, in place. */
    void complete(Path unfinished, KeyManifest manifest) throws IOException {
        Files.write(unfinished.resolve(KeyManifest.NAME), manifest.encode());
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

    /** Whether the folder holds the key of an identity, whole. */
    boolean holds(Digest identity) {
        try {
            return exists()
                    && manifest().key().equals(identity)
                    && checked().identity().equals(identity);
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }
}
