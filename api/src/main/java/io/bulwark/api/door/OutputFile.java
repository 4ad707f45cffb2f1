package io.bulwark.api.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a verb writes: what was there is written over. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Writes bytes.
     *
     * @throws UncheckedIOException naming the file, if it cannot be written
     */
    public static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("file " + file, e);
        }
    }

    /** Writes a text, in UTF-8. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
