package io.bulwark.house.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that was cut anywhere, or of which a byte was lost, holds what was written whole before, and goes on from there. */
class RoundJournalTest {
    private static final List<String> SAID = List.of("commitment", "reveal", "a vote");

    @Test
    void shouldKeepWhatWasWrittenWholeWhereverItIsCut(@TempDir Path folder) throws IOException {
        Path whole = written(folder.resolve("whole"));
        byte[] bytes = Files.readAllBytes(whole);
        int[] ends = ends();
        for (int cut = 0; cut <= bytes.length; cut++) {
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, cut));
            int left = 0;
            while (left < ends.length && ends[left] <= cut) {
                left++;
            }
            goesOn(file, left);
        }
    }

    @Test
    void shouldBelieveNothingFromAChangedByteOn(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(written(folder.resolve("whole")));
        int[] ends = ends();
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            int left = 0;
            while (ends[left] <= at) {
                left++;
            }
            goesOn(Files.write(folder.resolve("changed"), changed), left);
        }
    }

    private static void goesOn(Path file, int left) {
        try (RoundJournal journal = new RoundJournal(file)) {
            assertEquals(SAID.subList(0, left), texts(journal));
            journal.append("again".getBytes(StandardCharsets.UTF_8));
        }
        try (RoundJournal journal = new RoundJournal(file)) {
            assertEquals(left + 1, journal.entries().size());
            assertArrayEquals(
                    "again".getBytes(StandardCharsets.UTF_8), journal.entries().getLast());
        }
    }

    private static List<String> texts(RoundJournal journal) {
        return journal.entries().stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }

    private static Path written(Path file) {
        try (RoundJournal journal = new RoundJournal(file)) {
            SAID.forEach(said -> journal.append(said.getBytes(StandardCharsets.UTF_8)));
        }
        return file;
    }

    private static int[] ends() {
        int[] ends = new int[SAID.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += Integer.BYTES + 32 + SAID.get(i).length();
            ends[i] = end;
        }
        return ends;
    }
}
