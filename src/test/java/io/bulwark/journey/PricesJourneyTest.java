package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.register.Documents;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.pricefile.PriceFile;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceHistory;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house goes on estimating from prices that come after its founding, and from none that its quorum did not sign. */
@OfHouse
class PricesJourneyTest {
    private static final LocalDate LAST = LocalDate.parse("2024-05-22");
    private static final LocalDate FOUNDED = LocalDate.parse("2024-05-17");

    @Test
    void shouldEstimateFromPricesThatItsQuorumSigned(@TempDir Path folder, @TempDir Path files) throws Exception {
        List<String> shipped = shipped();
        Files.write(files.resolve("daily.csv"), until(shipped, FOUNDED));
        Home home = new Home(folder);
        try (House house = House.open(home);
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation founded = house.cycle().found(founding(), files);
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
            ComputedEpoch first = house.cycle().seal(founded);
            String said = Verb.said(0, folder, "epoch", "prices");
            assertTrue(said.contains("2024-05-17"), said);
            assertTrue(said.contains("up to 2024-05-25 (volatility.historyAge)"), said);

            refuses(folder, files, shipped);
            Path more = Files.write(files.resolve("more.csv"), shipped);
            String added = Verb.said(0, folder, "epoch", "prices", "--add", more.toString());
            assertTrue(added.contains("BTC: 5 days added, up to 2024-05-22"), added);
            assertTrue(added.contains("signed by the quorum as prices 1"), added);
            String again = Verb.said(0, folder, "epoch", "prices", "--add", more.toString());
            assertTrue(again.contains("BTC: nothing new"), again);

            // A process that has served since before the prices came seals over them, and both epochs follow from what
            // they name.
            ComputedEpoch second = house.cycle().seal(founded);
            assertNotEquals(history(house, 1), history(house, 2));
            assertEquals(house.listed().prices(), history(house, 2));
            assertEquals(
                    LAST.toEpochDay(), prices(house).of("BTC").orElseThrow().lastDay());
            assertNotEquals(
                    first.sealed().epoch().tableRoot(), second.sealed().epoch().tableRoot());
            for (long epoch = 1; epoch <= 2; epoch++) {
                assertTrue(house.archive().replay(epoch).orElseThrow().equal());
            }
            assertTrue(
                    house.statements().isEmpty()
                            || house.statements().stream()
                                    .noneMatch(signed ->
                                            signed.statement().subject().word().equals("prices")),
                    "no verifier carries them");
            believesNoOneElse(house, founded);
        }
    }

    /** What contradicts the prices that are kept, is not theirs, or has no close yet: refused by name, and nothing is signed. */
    private static void refuses(Path folder, Path files, List<String> shipped) throws IOException {
        String day = shipped.stream()
                .filter(line -> line.startsWith("2024-05-15"))
                .findFirst()
                .orElseThrow();
        String[] cells = day.split(",");
        String apart = String.join(",", cells[0], "1" + cells[1], cells[2], cells[3]);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Map<String, List<String>> wrong = new TreeMap<>(Map.of(
                "prices.BTC.2024-05-15",
                shipped.stream().map(line -> line.equals(day) ? apart : line).toList(),
                "2 days in common",
                shipped.stream()
                        .filter(line -> line.startsWith("date") || line.compareTo("2024-05-16") > 0)
                        .toList(),
                "must be days that are over",
                List.of("date,BTC", today.minusDays(1) + ",70000", today + ",70001"),
                "must have prices of a group that has some: BTC, ETH",
                List.of("date,DOGE", "2024-05-16,0.1", "2024-05-17,0.1")));
        for (Map.Entry<String, List<String>> one : wrong.entrySet()) {
            Path file = Files.write(files.resolve("wrong.csv"), one.getValue());
            Verb.refused(2, folder, one.getKey(), "epoch", "prices", "--add", file.toString());
        }
        String said = Verb.said(0, folder, "epoch", "prices");
        assertTrue(said.contains("2024-05-17"), said);
    }

    /** Prices of somebody who writes into the database, far calmer than the market was: the next epoch is not sealed over them. */
    private static void believesNoOneElse(House house, Foundation founded) {
        TreeMap<String, DailyPrices> calm = new TreeMap<>();
        prices(house).groups().forEach((group, prices) -> {
            double[] closes = prices.close();
            java.util.Arrays.fill(closes, closes[0]);
            calm.put(group, DailyPrices.ofCloses(group, prices.epochDays(), closes));
        });
        house.database().write(transaction -> {
            Digest document = Documents.store(
                    transaction, "prices", new PriceHistory(calm).canonical().encode());
            return transaction.update(
                    "insert into house_statement (subject, number, document) values ('prices', 2, ?)", document);
        });
        String said = String.valueOf(
                assertThrows(IllegalStateException.class, () -> house.cycle().seal(founded))
                        .getMessage());
        assertTrue(said.contains("list of prices 2 must be signed by 2 members of the quorum; 0 did"), said);
    }

    private static Optional<Digest> history(House house, long epoch) {
        return house.epochs()
                .epoch(epoch)
                .map(record -> record.inputs().documents().get(EpochArchive.HISTORY));
    }

    private static PriceHistory prices(House house) {
        return house.prices().orElseThrow();
    }

    private static byte[] founding() {
        String file = new String(Demonstration.foundingFile(), StandardCharsets.UTF_8);
        return file.replace("shipped:daily-closes.csv", "daily.csv")
                .replaceAll(", \"sha256\": \"106ca[0-9a-f]*\"", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> until(List<String> lines, LocalDate last) {
        return lines.stream()
                .filter(line -> line.startsWith("date")
                        || line.compareTo(last.plusDays(1).toString()) < 0)
                .toList();
    }

    private static List<String> shipped() throws IOException {
        try (var file = PriceFile.class.getResourceAsStream("/history/daily-closes.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toList());
        }
    }
}
