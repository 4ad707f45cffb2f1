package io.bulwark.api.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.FieldElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NullifierFileTest {
    private static final FieldElement FIRST = FieldElement.of(1);
    private static final FieldElement SECOND = FieldElement.of(2);
    private static final FieldElement CHALLENGE = FieldElement.of(7);
    private static final FieldElement OTHER = FieldElement.of(8);

    @TempDir
    private Path folder;

    @Test
    void shouldSayTheSameAtASecondLook() throws IOException {
        assertTrue(file().take(FIRST, CHALLENGE, 2));
        assertTrue(file().take(FIRST, CHALLENGE, 2));
        assertEquals(1, Files.readAllLines(path()).size());
    }

    @Test
    void shouldNotTakeOneAccountInTwoConversationsOfAnEpoch() throws IOException {
        assertTrue(file().take(FIRST, CHALLENGE, 2));
        assertTrue(file().take(SECOND, OTHER, 2));
        assertFalse(file().take(FIRST, OTHER, 2));
        assertFalse(file().take(FIRST, OTHER, 1), "nor with an older epoch");
        assertEquals(2, Files.readAllLines(path()).size());
    }

    @Test
    void shouldLetAStandingAccountMoveOnWithALaterEpoch() {
        assertTrue(file().take(FIRST, CHALLENGE, 2));
        assertTrue(file().take(FIRST, OTHER, 3), "it moves");
        assertFalse(file().take(FIRST, CHALLENGE, 2), "and counts no longer where it was");
        assertFalse(file().take(FIRST, CHALLENGE, 3));
        assertTrue(file().take(FIRST, OTHER, 3));
        assertTrue(file().take(FIRST, CHALLENGE, 4), "but may come back");
    }

    @Test
    void shouldWriteOverALineThatACrashCutOff() throws IOException {
        file().take(FIRST, CHALLENGE, 2);
        String whole = Files.readString(path());
        Files.writeString(path(), whole + whole.replaceFirst("1 ", "2 ").substring(0, 140));
        assertTrue(file().take(SECOND, OTHER, 2), "it was never answered for");
        assertFalse(file().take(SECOND, CHALLENGE, 2));
        assertFalse(file().take(FIRST, OTHER, 2));
        assertEquals(2, Files.readAllLines(path()).size());
    }

    @Test
    void shouldRefuseAFileOfAnythingElse() throws IOException {
        file().take(FIRST, CHALLENGE, 2);
        Files.writeString(path(), Files.readString(path()) + "x".repeat(149) + "\n");
        BadInput refusal = assertThrows(BadInput.class, () -> file().take(SECOND, CHALLENGE, 2));
        assertEquals("--nullifiers", refusal.field());
        assertTrue(refusal.rule().startsWith("line 2 "), refusal.rule());
        Files.writeString(path(), "0".repeat(64) + "\n" + "0".repeat(64) + "\n" + "0".repeat(64) + "\n");
        assertThrows(BadInput.class, () -> file().take(SECOND, CHALLENGE, 2), "a list of nullifiers alone");
    }

    private NullifierFile file() {
        return new NullifierFile(path());
    }

    private Path path() {
        return folder.resolve("nullifiers.txt");
    }
}
