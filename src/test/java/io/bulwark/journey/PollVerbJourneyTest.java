package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's house: venues over HTTP where a file says they answer, read by keys that it points to, round after round. */
@Drawn(0)
@OfHouse
class PollVerbJourneyTest {
    private static final String SECRET = ReadingKey.RECORDED.secret();

    @TempDir
    private Path home;

    @TempDir
    private Path files;

    private Path founding;

    @BeforeEach
    void prepare() throws IOException {
        founding = Files.write(files.resolve("house.json"), Demonstration.foundingFile());
        secret("deribit.secret", SECRET);
    }

    @Test
    void shouldReadBookAndSealRoundAfterRound() throws Exception {
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            Path venues = secret("venues.json", venues(recorded, "\"secretFile\": \"deribit.secret\""));
            String first = poll(0, venues, "--once");
            assertTrue(
                    first.matches("(?s).*epoch 1: \\d+ snapshots, [1-9]\\d+ new entries, 7 accounts, 0 of them.*"),
                    first);
            try (Program serving = Program.start(
                    home,
                    "venue",
                    "poll",
                    "--house",
                    founding.toString(),
                    "--venues",
                    venues.toString(),
                    "--every",
                    "1",
                    "--port",
                    "0")) {
                serving.await("Bulwark answers at http://127.0.0.1:\\d+");
                serving.await("epoch 2: \\d+ snapshots, 0 new entries, 7 accounts");
                serving.await("epoch 3: \\d+ snapshots, 0 new entries, 7 accounts");
            }
        }
        String alone = poll(0, files.resolve("venues.json"), "--once");
        assertTrue(alone.contains("aave degraded: "), alone);
        assertTrue(alone.matches("(?s).*epoch \\d+: 0 snapshots, 0 new entries, 7 accounts.*"), alone);
    }

    @Test
    void shouldRefuseWhatItWasGivenWithoutTellingASecret() throws Exception {
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            String good = venues(recorded, "\"secretFile\": \"deribit.secret\"");
            Path open = secret("open.json", good);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
            refused("must be readable by its owner alone (0600)", open);
            refused("venues[0].endpoint", secret("scheme.json", good.replaceFirst("http://[^\"]*", "ftp://" + SECRET)));
            refused(
                    "kraken",
                    secret(
                            "more.json",
                            good.replaceFirst(
                                    "\\[", "[{\"venue\": \"kraken\", \"endpoint\": \"http://kraken.example\"},")));
            refused("aave", secret("less.json", good.replaceFirst("(?s)\\{\"venue\": \"aave\".*?\\},", "")));
            refused("secretFile", secret("none.json", venues(recorded, "\"secretFil\": \"deribit.secret\"")));
            refused("must exist", secret("gone.json", venues(recorded, "\"secretFile\": \"gone\"")));
            refused("periodMillis", secret("half.json", good.replaceFirst("\"aave\",", "\"aave\", \"weight\": 3,")));
        }
    }

    private void refused(String words, Path venues) throws IOException, InterruptedException {
        String said = Verb.said(
                2, home, "venue", "poll", "--house", founding.toString(), "--venues", venues.toString(), "--once");
        assertTrue(said.contains(words), said);
        assertFalse(said.contains(SECRET), said);
        assertEquals(1, said.lines().filter(line -> !line.startsWith("WARNING")).count(), said);
    }

    private String poll(int code, Path venues, String more) throws IOException, InterruptedException {
        String said = Program.said(
                code, home, "venue", "poll", "--house", founding.toString(), "--venues", venues.toString(), more);
        assertFalse(said.contains(SECRET), said);
        return said;
    }

    /** A file of venues that answers where the recordings do. */
    static String venues(RecordedVenues recorded, String secret) throws IOException {
        FoundingFile file = FoundingFile.read(Demonstration.foundingFile());
        List<String> names = file.connections().stream()
                .map(connection -> file.listing().venue(connection.number()).name())
                .toList();
        return names.stream()
                .map(name -> "{\"venue\": \"" + name + "\", \"endpoint\": \"" + recorded.endpoint(name)
                        + (name.equals("deribit") ? "\", \"keys\": [{\"id\": \"recorded\", " + secret + "}]}" : "\"}"))
                .collect(Collectors.joining(",\n", "{\"venues\": [", "]}"));
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(files.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
