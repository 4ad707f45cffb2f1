package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.ProverException;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.CircuitShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as files: complete or absent, and never others than the set-up wrote. */
final class ProvingKeysTest {
    private final ProverLibrary library = ProverLibrary.load();

    @TempDir
    private Path keys;

    /** A copy of the folder that the cache holds. */
    private Path copied() throws IOException {
        Path source = TestKeys.prover(TestKeys.TINY).keys().folder();
        Path folder = Files.createDirectory(keys.resolve(source.getFileName().toString()));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        return folder;
    }

    private ProvingKeys prepare() {
        return ProvingKeys.prepare(library, TestKeys.TINY, keys, SetupProgress.SILENT);
    }

    @Test
    void shouldOpenWhatIsThereInsteadOfMakingIt() throws IOException {
        copied();
        List<Long> seconds = new ArrayList<>();
        ProvingKeys opened = ProvingKeys.prepare(library, TestKeys.TINY, keys, seconds::add);
        assertEquals(TestKeys.prover(TestKeys.TINY).keys().verifyingKey(), opened.verifyingKey());
        assertEquals(List.of(), seconds);
    }

    @Test
    void shouldOpenKeysByTheirVerifyingKeyAndMakeNone() throws IOException {
        Digest wanted = TestKeys.prover(TestKeys.TINY).keys().verifyingKey().sha256();
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys.resolve("absent"), wanted));
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys, wanted));
        Path folder = copied();
        ProvingKeys opened = ProvingKeys.open(TestKeys.TINY, keys, wanted).orElseThrow();
        assertEquals(wanted, opened.verifyingKey().sha256());
        assertEquals(KeyOrigin.ofSetUp(), opened.origin());
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys, Digest.ZERO));
        assertThrows(IllegalStateException.class, () -> ProvingKeys.open(TestKeys.SEALED, keys, wanted));
        Path proving;
        try (Stream<Path> files = Files.list(folder)) {
            proving =
                    files.filter(f -> f.toString().endsWith(".pk")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(proving);
        bytes[bytes.length / 2] ^= 1;
        Files.write(proving, bytes);
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys, wanted), "not whole any more");
    }

    @ParameterizedTest
    @ValueSource(strings = {".pk", ".vk", ".ccs"})
    void shouldRefuseAFileWithOneChangedByte(String ending) throws IOException {
        Path file = fileOf(copied(), ending);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        var refusal = assertThrows(IllegalStateException.class, this::prepare);
        assertTrue(String.valueOf(refusal.getMessage()).contains(ending), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {".pk", ".vk", ".ccs"})
    void shouldNameAFileThatIsMissing(String ending) throws IOException {
        Path file = fileOf(copied(), ending);
        Files.delete(file);
        var refusal = assertThrows(RuntimeException.class, this::prepare);
        assertTrue(String.valueOf(refusal).contains(file.toString()), refusal.toString());
    }

    private static Path fileOf(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void shouldRefuseAManifestThatIsNone() throws IOException {
        Path manifest = fileOf(copied(), "unsafe-keys.cbor");
        Files.write(manifest, new byte[] {1, 2, 3});
        assertThrows(IllegalStateException.class, this::prepare);
    }

    @Test
    void shouldCallEveryFileUnsafe() throws IOException {
        try (Stream<Path> files = Files.walk(copied())) {
            assertTrue(files.allMatch(file -> file.getFileName().toString().startsWith("unsafe-")));
        }
    }

    @Test
    void shouldFindAVerifyingKeyByItsDigestOnly() throws IOException {
        assertEquals(Optional.empty(), ProvingKeys.find(keys.resolve("absent"), Digest.ZERO));
        copied();
        VerifyingKey key = prepare().verifyingKey();
        assertEquals(
                Optional.of(new PublishedKey(key, Optional.of(new KeyOrigin.Unsafe()))),
                ProvingKeys.find(keys, key.sha256()));
        assertEquals(Optional.empty(), ProvingKeys.find(keys, Digest.ZERO));
    }

    /** The unsafe keys of the cache under the names of a ceremony's, with a transcript that names their key: what a forger could lay down. */
    private ProvingKeys renamed(Digest named) throws IOException {
        Path source = copied();
        ProvingKeys made = prepare();
        byte[] transcript = CanonicalValue.array(
                        CanonicalValue.text("bulwark-ceremony"),
                        CanonicalValue.integer(1),
                        CanonicalValue.array(CanonicalValue.text("circuit")),
                        CanonicalValue.array(),
                        CanonicalValue.array(
                                CanonicalValue.bytes(new byte[16]),
                                CanonicalValue.text("source"),
                                CanonicalValue.bytes(named)))
                .encode();
        Digest digest = Digest.sha256(transcript);
        KeyFolder folder =
                KeyFolder.ofCeremony(keys, new CircuitShape(ProvingKeys.CIRCUIT, TestKeys.TINY.label()), digest);
        for (String ending : List.of(".pk", ".vk", ".ccs", ".digests")) {
            Path file = fileOf(source, ending);
            Files.move(file, file.resolveSibling(file.getFileName().toString().replace("unsafe-", "")));
        }
        Files.write(source.resolve("transcript.cbor"), transcript);
        KeyManifest manifest = KeyManifest.decode(Files.readAllBytes(fileOf(source, "unsafe-keys.cbor")));
        Files.delete(fileOf(source, "unsafe-keys.cbor"));
        folder.complete(
                source,
                new KeyManifest(
                        new KeyOrigin.Ceremony(digest),
                        manifest.library(),
                        manifest.circuit(),
                        manifest.constraints(),
                        made.verifyingKey().sha256(),
                        manifest.provingKey(),
                        manifest.constraintSystem()));
        return ProvingKeys.ofCeremony(TestKeys.TINY, keys, List.of(Digest.ZERO, digest));
    }

    @Test
    void shouldRefuseUnsafeKeysWhereACeremonysAreWanted() throws IOException {
        copied();
        prepare();
        var refusal = assertThrows(
                IllegalStateException.class, () -> ProvingKeys.ofCeremony(TestKeys.TINY, keys, List.of(Digest.ZERO)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("unsafe keys are not accepted"), refusal.getMessage());
    }

    @Test
    void shouldNotTakeUnsafeKeysForSafeUnderANewName() throws IOException {
        ProvingKeys keys =
                renamed(TestKeys.prover(TestKeys.TINY).keys().verifyingKey().sha256());
        var refusal = assertThrows(ProverException.class, () -> Prover.open(library, keys));
        assertTrue(String.valueOf(refusal.getMessage()).contains("KEY_ORIGIN_DIFFERS"), refusal.getMessage());
    }

    @Test
    void shouldRefuseATranscriptThatNamesAnotherKey() {
        var refusal = assertThrows(IllegalStateException.class, () -> renamed(Digest.ZERO));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(".vk that the transcript names"), refusal.getMessage());
    }

    @Test
    void shouldStartAgainWhereASetUpWasKilled() throws IOException {
        Path source = TestKeys.prover(TestKeys.TINY).keys().folder();
        Path unfinished = Files.createDirectory(keys.resolve(source.getFileName() + ".new"));
        Files.write(unfinished.resolve("unsafe-account-half.pk"), new byte[10]);
        Files.delete(fileOf(copied(), "unsafe-keys.cbor"));
        List<Long> seconds = new ArrayList<>();
        ProvingKeys made = ProvingKeys.prepare(library, TestKeys.TINY, keys, seconds::add);
        assertFalse(Files.exists(unfinished));
        assertEquals(0, seconds.getFirst());
        assertFalse(
                made.verifyingKey().equals(TestKeys.prover(TestKeys.TINY).keys().verifyingKey()),
                "keys are drawn at random");
    }
}
