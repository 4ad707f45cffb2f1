package io.bulwark.house.founding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the quorum's secrets lie, and that a founded house never draws them anew. */
final class SigningKeysTest {
    private final Home home;
    private final SigningKeys unfounded;

    SigningKeysTest(@TempDir Path folder) {
        home = new Home(folder.resolve("home"));
        unfounded = new SigningKeys(home, Optional::empty);
    }

    private static List<Digest> publicKeys(SigningKeys keys) {
        return keys.quorum().stream().map(QuorumKey::publicKey).toList();
    }

    private SigningKeys founded(List<Digest> quorum) {
        FoundingDocument founding = new FoundingDocument("test", 2, quorum, new KeyRule.Test());
        return new SigningKeys(home, () -> Optional.of(founding));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String refused(SigningKeys keys) {
        return String.valueOf(
                assertThrows(IllegalStateException.class, keys::quorum).getMessage());
    }

    @Test
    void shouldKeepSecretsInAFolderThatNobodyElseOpens() throws IOException {
        List<Digest> drawn = publicKeys(unfounded);
        unfounded.members();
        assertEquals(3, drawn.size());
        assertEquals(drawn, publicKeys(unfounded), "drawn once");
        assertEquals(drawn, publicKeys(founded(drawn)));
        assertEquals(
                List.of(
                        "quorum-1.chain.key",
                        "quorum-1.key",
                        "quorum-2.chain.key",
                        "quorum-2.key",
                        "quorum-3.chain.key",
                        "quorum-3.key"),
                files(home.signing()));
        assertEquals(List.of(), files(home.keys()), "nothing secret where everybody may look");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.signing())));
        for (String file : files(home.signing())) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.signing().resolve(file))),
                    file);
        }
    }

    @Test
    void shouldRefuseAFolderThatOthersMayOpen() throws IOException {
        Path signing = home.signing();
        Files.setPosixFilePermissions(signing, PosixFilePermissions.fromString("rwxr-x---"));
        assertTrue(refused(unfounded).contains("chmod 700 " + signing));
    }

    @Test
    void shouldStopByNameWhereAQuorumKeyIsMissing() throws IOException {
        List<Digest> drawn = publicKeys(unfounded);
        Path second = home.signing().resolve("quorum-2.key");
        Files.delete(second);
        String refusal = refused(founded(drawn));
        assertTrue(refusal.contains(second + " is missing"), refusal);
        assertTrue(refusal.contains(drawn.get(1).hex()), refusal);
        assertFalse(Files.exists(second), "none is drawn in its place");
        assertTrue(String.valueOf(assertThrows(
                                IllegalStateException.class,
                                () -> founded(drawn).members())
                        .getMessage())
                .contains("is missing"));
    }

    @Test
    void shouldRefuseAnotherKeyInTheFileOfAMember() throws IOException {
        List<Digest> drawn = publicKeys(unfounded);
        Path second = home.signing().resolve("quorum-2.key");
        Files.delete(second);
        QuorumKey.in(second);
        String refusal = refused(founded(drawn));
        assertTrue(refusal.contains(second + " must be the one that the house was founded with"), refusal);
        assertTrue(refused(founded(drawn.reversed())).contains("quorum-1.key"), "members in another order");
    }

    @Test
    void shouldMoveTheKeysOfAnOlderHomeOnce() throws IOException {
        for (String name : List.of("quorum-1.key", "quorum-2.key", "quorum-3.key", "quorum-1.chain.key")) {
            QuorumKey.in(home.keys().resolve(name));
        }
        Files.createDirectory(home.keys().resolve("unsafe-account"));
        Digest first = QuorumKey.in(home.keys().resolve("quorum-1.key")).publicKey();
        assertEquals(4, unfounded.takeIn().size());
        assertEquals(List.of("unsafe-account"), files(home.keys()));
        assertEquals(first, publicKeys(unfounded).getFirst());
        assertEquals(List.of(), unfounded.takeIn(), "nothing is left to move");
    }

    @Test
    void shouldMoveNothingWhereASecretLiesInTwoPlaces() throws IOException {
        publicKeys(unfounded);
        QuorumKey.in(home.keys().resolve("quorum-1.key"));
        Files.delete(home.signing().resolve("quorum-2.key"));
        QuorumKey.in(home.keys().resolve("quorum-2.key"));
        String refusal = String.valueOf(
                assertThrows(IllegalStateException.class, unfounded::takeIn).getMessage());
        assertTrue(refusal.contains("quorum-1.key must lie in one place"), refusal);
        assertEquals(List.of("quorum-1.key", "quorum-2.key"), files(home.keys()), "neither was moved");
    }
}
