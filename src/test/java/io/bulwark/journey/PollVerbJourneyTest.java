package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfChain;
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
@OfChain
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
            try (Program serving = serving(venues)) {
                serving.await("Bulwark answers at http://127.0.0.1:\\d+");
                serving.await("epoch 2: \\d+ snapshots, 0 new entries, 7 accounts");
                serving.await("epoch 3: \\d+ snapshots, 0 new entries, 7 accounts");
            }
        }
        String alone = poll(0, files.resolve("venues.json"), "--once");
        assertTrue(alone.contains("aave degraded: "), alone);
        assertTrue(alone.matches("(?s).*epoch \\d+: 0 snapshots, 0 new entries, 7 accounts.*"), alone);
    }

    /** The registry is away when the house begins: it works on, and tells all of it once it is back, each epoch once. */
    @Test
    @SuppressWarnings("try")
    void shouldTellARegistryByItself() throws Exception {
        LocalRegistry.require();
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            Path venues = secret("venues.json", venues(recorded, "\"secretFile\": \"deribit.secret\""));
            poll(0, venues, "--once");
            Path signers = Files.writeString(files.resolve("attestation.json"), Verb.said(0, home, "epoch", "attest"));
            try (LocalRegistry registry = LocalRegistry.start(files, signers, 60)) {
                registry.paidBy(home, "poor.key", "22".repeat(32));
                String poor = poll(0, venues, "--once");
                assertTrue(
                        poor.contains("epoch 1 is NOT in registry " + registry.address()
                                + ", and is tried again: the account that pays must have enough for the gas\n"),
                        poor);
                assertFalse(poor.contains("22222222"), poor);
                registry.paidBy(home, "payer.key", LocalRegistry.RICH);
                registry.isAway(true);
                try (Program serving = serving(venues)) {
                    serving.await("epochs are NOT in registry " + registry.address() + ", and are tried again: ");
                    serving.await("epoch 4: \\d+ snapshots, 0 new entries, 7 accounts");
                    registry.isAway(false);
                    for (int epoch = 2; epoch <= 4; epoch++) {
                        serving.await("epoch " + epoch + " stands in registry " + registry.address() + " of chain");
                    }
                }
                List<String> heads =
                        Verb.said(0, home, "epoch", "heads").lines().toList();
                for (int epoch = 2; epoch <= 4; epoch++) {
                    assertEquals(epoch + " " + registry.digest(epoch), heads.get(epoch - 1));
                }
                String further = poll(0, venues, "--once");
                long sent = registry.sent();
                assertTrue(further.contains(" stands in registry "), further);
                long told = Verb.said(0, home, "epoch", "heads").lines().count();
                assertEquals(2 + told - 1, sent, "a verifier, a registry, and each epoch since the second once");
            }
        }
    }

    private Program serving(Path venues) throws IOException {
        return Program.start(
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
                "0");
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
