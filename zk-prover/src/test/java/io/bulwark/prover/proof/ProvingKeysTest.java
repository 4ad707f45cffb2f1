package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as files: complete or absent, and never others than the set-up wrote. */
@OfProof
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
        Digest wanted = TestKeys.prover(TestKeys.TINY).keys().verifyingKey().identity();
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys.resolve("absent"), wanted));
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys, wanted));
        Path folder = copied();
        ProvingKeys opened = ProvingKeys.open(TestKeys.TINY, keys, wanted).orElseThrow();
        assertEquals(wanted, opened.verifyingKey().identity());
        assertEquals(KeyOrigin.ofSetUp(), opened.origin());
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys, Digest.ZERO));
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.SEALED, keys, wanted), "of another shape");
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

    /** A file that was left alone is hashed once; one byte of it changed in place, size and time of writing as they were, is seen. */
    @ParameterizedTest
    @ValueSource(strings = {".pk", ".ccs"})
    void shouldHashAgainWhatIsEditedInPlaceAfterItWasHashed(String ending) throws IOException, InterruptedException {
        Path file = fileOf(copied(), ending);
        Thread.sleep(KeyFolder.SETTLED.plusMillis(100));
        prepare();
        prepare();
        FileTime written = Files.getLastModifiedTime(file);
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(content.length() / 2);
            int old = content.read();
            content.seek(content.length() / 2);
            content.write(old ^ 1);
        }
        Files.setLastModifiedTime(file, written);
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
        Path manifest = fileOf(copied(), "keys.cbor");
        Files.write(manifest, new byte[] {1, 2, 3});
        assertThrows(IllegalStateException.class, this::prepare);
    }

    @Test
    void shouldCallEveryFileUnsafe() throws IOException {
        try (Stream<Path> files = Files.walk(copied())) {
            assertEquals(
                    List.of("keys.cbor"),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("unsafe-"))
                            .toList());
        }
    }

    @Test
    void shouldFindAVerifyingKeyByItsIdentityOnly() throws IOException {
        assertEquals(Optional.empty(), VerifyingKey.named(keys.resolve("absent"), Digest.ZERO));
        Path folder = copied();
        VerifyingKey key = prepare().verifyingKey();
        assertEquals(Optional.of(key), VerifyingKey.named(keys, key.identity()));
        assertEquals(Optional.empty(), VerifyingKey.named(keys, Digest.ZERO));
        assertEquals(Optional.empty(), VerifyingKey.named(keys, key.record().vk()));
        Files.write(folder.resolve("bare.vk"), key.bytes());
        assertEquals(Optional.of(key), VerifyingKey.named(keys, key.identity()), "bare bytes are passed over");
    }

    @Test
    void shouldRefuseAVerifyingKeyWithoutItsRecord() {
        VerifyingKey key = TestKeys.prover(TestKeys.TINY).keys().verifyingKey();
        assertEquals(key, VerifyingKey.of(key.encode()));
        var bare = assertThrows(IllegalArgumentException.class, () -> VerifyingKey.of(key.bytes()));
        assertTrue(
                String.valueOf(bare.getMessage())
                        .contains("says neither circuit nor maker: may be unsafe, made on one machine"),
                bare.getMessage());
        byte[] other = key.encode();
        other[other.length - 1] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> VerifyingKey.of(other), "another key under this record");
    }

    /** The unsafe keys of the cache with a record that calls them a ceremony's, under a ceremony's names: what a forger could lay down. */
    private VerifyingKey laundered() throws IOException {
        VerifyingKey honest = TestKeys.prover(TestKeys.TINY).keys().verifyingKey();
        KeyRecord record = honest.record();
        KeyRecord relabelled = new KeyRecord(
                record.circuit(),
                record.shape(),
                record.structure(),
                record.constraints(),
                record.system(),
                record.vk(),
                new KeyOrigin.Ceremony(Digest.ZERO, Digest.ZERO, 3, 3));
        return VerifyingKey.of(CanonicalValue.array(
                        CanonicalValue.text("bulwark-verifying-key"),
                        CanonicalValue.integer(1),
                        relabelled.encoded(),
                        CanonicalValue.bytes(honest.bytes()))
                .encode());
    }

    @Test
    void shouldCountAnOriginAndNotTakeAClaimForIt() {
        assertFalse(new KeyOrigin.Unsafe().safe());
        for (int signed = 0; signed < KeyOrigin.SIGNED_LEAST; signed++) {
            KeyOrigin few = new KeyOrigin.Ceremony(Digest.ZERO, Digest.ZERO, 3, signed);
            assertFalse(few.safe());
            assertEquals(signed + " of 3 contributors: as good as unsafe", few.toString());
        }
        assertTrue(new KeyOrigin.Ceremony(Digest.ZERO, Digest.ZERO, 3, 3).safe());
        assertThrows(IllegalArgumentException.class, () -> new KeyOrigin.Ceremony(Digest.ZERO, Digest.ZERO, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> new KeyOrigin.Ceremony(Digest.ZERO, Digest.ZERO, 0, 0));
    }

    @Test
    void shouldNotTakeUnsafeKeysForSafeUnderANewRecord() throws IOException {
        VerifyingKey laundered = laundered();
        VerifyingKey honest = TestKeys.prover(TestKeys.TINY).keys().verifyingKey();
        assertFalse(laundered.identity().equals(honest.identity()), "another record is another identity");
        Path folder = copied();
        Files.write(fileOf(folder, ".vk"), laundered.encode());
        var refusal = assertThrows(IllegalStateException.class, this::prepare);
        assertTrue(String.valueOf(refusal.getMessage()).contains(".vk of their manifest"), refusal.getMessage());
        assertEquals(Optional.empty(), ProvingKeys.open(TestKeys.TINY, keys, laundered.identity()));
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
    void shouldStartAgainWhereASetUpWasKilled() throws IOException {
        Path source = TestKeys.prover(TestKeys.TINY).keys().folder();
        Path unfinished = Files.createDirectory(keys.resolve(source.getFileName() + ".new"));
        Files.write(unfinished.resolve("unsafe-account-half.pk"), new byte[10]);
        Files.delete(fileOf(copied(), "keys.cbor"));
        List<Long> seconds = new ArrayList<>();
        ProvingKeys made = ProvingKeys.prepare(library, TestKeys.TINY, keys, seconds::add);
        assertFalse(Files.exists(unfinished));
        assertEquals(0, seconds.getFirst());
        assertFalse(
                made.verifyingKey().equals(TestKeys.prover(TestKeys.TINY).keys().verifyingKey()),
                "keys are drawn at random");
    }
}
