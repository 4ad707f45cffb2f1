package io.bulwark.adapter.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecorderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRefuseAProtocolThatItCannotPlay() throws Exception {
        assertEquals("PROTOCOL = deribit: must be aave, lyra or perp\n", refusal("deribit"));
    }

    @Test
    void shouldRefuseABedWithoutItsPackagesBeforeAnythingIsWritten() throws Exception {
        Files.writeString(folder.resolve("package.json"), "{}");
        assertTrue(refusal("aave").contains("npm ci --ignore-scripts"), refusal("aave"));
        assertTrue(refusal("perp").contains("npm ci --ignore-scripts"), refusal("perp"));
        assertFalse(Files.exists(folder.resolve("again.json")));
    }

    private String refusal(String protocol) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Recorder.run(
                System.out,
                new PrintStream(err, true, UTF_8),
                protocol,
                folder.toString(),
                folder.resolve("again.json").toString());
        assertEquals(2, code);
        return err.toString(UTF_8);
    }
}
