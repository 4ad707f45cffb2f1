package io.bulwark.adapter.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.RecordedSnapshots;
import io.bulwark.adapter.RecordedSnapshots.Recorded;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import io.bulwark.adapter.recording.DerivativesHouse;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every payload and every recorded snapshot says, to the last byte: for each venue, how many lines there are and the SHA-256 of them. The digests stand in
 * {@code golden-decoding.properties} and change only with a page that says what changed its meaning.
 */
@Heavy
class GoldenDecodingTest {
    private static final Properties GOLDEN = golden();

    @Test
    void shouldSayTheSameOfEveryPayloadOfTheReferenceFolder() throws IOException {
        Path folder = ReferenceFiles.folder("venues");
        SortedMap<String, Lines> said = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, 2)) {
            files = all.filter(file ->
                            Files.isRegularFile(file) && folder.relativize(file).getNameCount() == 2)
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String venue = folder.relativize(file).getName(0).toString();
            of(said, venue).add(PayloadReading.ofClassPath().read(venue, Files.readAllBytes(file)));
        }
        requireGolden("sheets", said);
    }

    @Test
    void shouldSayTheSameOfEverySample() {
        SortedMap<String, Lines> said = new TreeMap<>();
        PayloadSamples.BY_VENUE.forEach((venue, samples) -> samples.forEach(sample -> {
            byte[] bytes = sample.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            of(said, venue).add(PayloadReading.ofClassPath().read(venue, bytes));
        }));
        requireGolden("samples", said);
    }

    @Test
    void shouldMeanTheSameByEveryRecordedSnapshot() throws IOException, VenueException {
        SortedMap<String, Lines> said = new TreeMap<>();
        for (Recorded recorded : RecordedSnapshots.ofEveryVenue()) {
            String venue = recorded.adapter().profile().name();
            if (venue.equals("dydx")) {
                // Since the terms of a market are asked for with an account, other bytes are sealed of it; those that
                // were sealed before mean what they meant.
                of(said, "dydx-with-markets").add(recorded.normalised());
            }
            of(said, venue).add(earlier(recorded).normalised());
        }
        Map<Protocol, List<String>> accounts =
                Map.of(Protocol.LYRA, List.of("straddle"), Protocol.PERP, List.of("idle", "winner", "short", "long"));
        for (Protocol protocol : Protocol.values()) {
            try (DerivativesHouse house = DerivativesHouse.recorded(protocol)) {
                Lines lines = of(said, protocol.venue());
                lines.add(house.market());
                for (String account : Objects.requireNonNull(accounts.get(protocol))) {
                    RawSnapshot raw = house.read(account);
                    // As with dYdX: since it is asked how far an account is from liquidation.
                    of(said, protocol.venue() + "-with-standing").add(house.normalised(raw));
                    lines.add(house.normalised(withoutStanding(raw)));
                }
            }
        }
        requireGolden("snapshots", said);
    }

    private static Recorded earlier(Recorded recorded) {
        RawSnapshot raw = recorded.raw();
        return recorded.adapter().profile().name().equals("dydx")
                ? recorded.with(new RawSnapshot(
                        raw.account(), raw.horizon(), raw.readings().subList(0, 2)))
                : recorded;
    }

    /** Without the requirement of Perp v2 and the spot price of Lyra. */
    private static RawSnapshot withoutStanding(RawSnapshot raw) {
        return new RawSnapshot(
                raw.account(),
                raw.horizon(),
                raw.readings().stream()
                        .filter(reading -> !reading.parameters().matches(".*\"data\":\"0x(f75c266d|7dbae648).*"))
                        .toList());
    }

    private static Lines of(SortedMap<String, Lines> said, String venue) {
        return said.computeIfAbsent(venue, ignored -> new Lines());
    }

    private static void requireGolden(String part, SortedMap<String, Lines> said) {
        SortedMap<String, String> actual = new TreeMap<>();
        said.forEach((venue, lines) -> actual.put(part + "." + venue, lines.digest()));
        SortedMap<String, String> golden = new TreeMap<>();
        GOLDEN.stringPropertyNames().stream()
                .filter(name -> name.startsWith(part + "."))
                .forEach(name -> golden.put(name, GOLDEN.getProperty(name)));
        assertEquals(lines(golden), lines(actual));
    }

    private static String lines(SortedMap<String, String> digests) {
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (name, digest) -> lines.append(name).append('=').append(digest).append('\n'));
        return lines.toString();
    }

    private static Properties golden() {
        Properties golden = new Properties();
        try (InputStream file = GoldenDecodingTest.class.getResourceAsStream("golden-decoding.properties")) {
            golden.load(Objects.requireNonNull(file, "golden-decoding.properties"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return golden;
    }

    /** Lines under one digest, counted. */
    private static final class Lines {
        private final MessageDigest digest;
        private long count;

        Lines() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Facts and refusals in their order, each with all that it says. */
        void add(FactSheet sheet) {
            for (Fact fact : sheet.facts()) {
                line(fact.toString());
            }
            sheet.refused().forEach(refusal -> line("refused " + refusal.getMessage()));
        }

        /** The identity of the sealed bytes, holdings, reports and grade. */
        void add(VenueSnapshot snapshot) {
            line(snapshot.raw().id().toString());
            // The digests are of a claim by the name that its record had then; what it is called in the house is no
            // part of what was said.
            snapshot.holdings().forEach(holding -> line(holding.toString().replace("HeldClaim[", "Claim[")));
            snapshot.reports().forEach(report -> line(report.toString()));
            line(snapshot.grade().toString());
        }

        private void line(String line) {
            digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            count++;
        }

        String digest() {
            return count + " lines " + HexFormat.of().formatHex(digest.digest());
        }
    }
}
