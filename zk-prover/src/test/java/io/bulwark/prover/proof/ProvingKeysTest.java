package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.ProverLibrary;
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
        assertEquals(Optional.of(key), ProvingKeys.find(keys, key.sha256()));
        assertEquals(Optional.empty(), ProvingKeys.find(keys, Digest.ZERO));
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
