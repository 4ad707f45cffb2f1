package io.bulwark.api.inquiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.prover.binding.FieldElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NullifierFileTest {
    private static final FieldElement FIRST = FieldElement.of(1);
    private static final FieldElement SECOND = FieldElement.of(2);

    @TempDir
    private Path folder;

    @Test
    void shouldTakeEachNullifierOnce() throws IOException {
        assertTrue(file().add(FIRST));
        assertTrue(file().add(SECOND));
        assertFalse(file().add(FIRST));
        assertFalse(file().add(SECOND));
        assertEquals(List.of(FIRST.hex(), SECOND.hex()), Files.readAllLines(path()));
    }

    @Test
    void shouldWriteOverALineThatACrashCutOff() throws IOException {
        Files.writeString(path(), FIRST.hex() + "\n" + SECOND.hex().substring(0, 40));
        assertTrue(file().add(SECOND), "it was never answered for");
        assertFalse(file().add(SECOND));
        assertFalse(file().add(FIRST));
        assertEquals(List.of(FIRST.hex(), SECOND.hex()), Files.readAllLines(path()));
    }

    @Test
    void shouldRefuseAFileOfAnythingElse() throws IOException {
        Files.writeString(path(), FIRST.hex() + "\n" + "x".repeat(64) + "\n");
        BadInput refusal = assertThrows(BadInput.class, () -> file().add(SECOND));
        assertEquals("--nullifiers", refusal.field());
        assertTrue(refusal.rule().startsWith("line 2 "), refusal.rule());
    }

    private NullifierFile file() {
        return new NullifierFile(path());
    }

    private Path path() {
        return folder.resolve("accepted.txt");
    }
}
