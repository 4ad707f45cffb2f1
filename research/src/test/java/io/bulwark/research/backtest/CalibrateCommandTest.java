package io.bulwark.research.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.door.ExitCode;
import io.bulwark.research.Said;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Heavy
final class CalibrateCommandTest {
    @TempDir
    private Path folder = Path.of("");

    /** VOLA-009: BTC at the end of its two files; an independent program gave these figures. */
    @Test
    void shouldPublishBitcoinOfTheRealHistory() throws IOException {
        JsonNode btc = json(
                        "research",
                        "calibrate",
                        reference("margin/btc_daily.csv"),
                        reference("venues/market/btcusd_daily_2015_2025-09.csv"),
                        "--asset",
                        "BTC",
                        "--json")
                .at("/underlyings/0");
        assertEquals(5152, btc.get("days").intValue());
        assertEquals("2025-09-24", btc.get("lastDay").textValue());
        assertEquals("2017-04-15", btc.at("/removed/0/day").textValue());
        assertEquals(12_891, btc.get("sigmaNowPpm").intValue());
        assertEquals(39_339, btc.get("sigmaStressPpm").intValue());
        assertEquals(36_180, btc.get("sigmaTenYearPpm").intValue());
        assertEquals(27_135, btc.get("sigmaUsedPpm").intValue());
        assertEquals(3_511_688, btc.get("kurtosisPpm").intValue());
        assertEquals(4 + 6 / 0.511688, btc.get("freedom").doubleValue(), 1e-4);
        assertEquals("normal", btc.get("regime").textValue());
    }

    /** CORR-007: nine real assets; the same program gave BTC with ETH, with SOL, MKR with BNB, and κ of BTC. */
    @Test
    void shouldPublishTheCorrelationOfNineRealAssets() throws IOException {
        JsonNode correlation = json(
                        "research",
                        "calibrate",
                        reference("venues/market/daily_close_9assets_2020-10_2024-06.csv"),
                        "--json")
                .get("correlation");
        assertEquals(776_394, correlation.at("/ppm/0/1").intValue());
        assertEquals(783_095, correlation.at("/ppm/0/2").intValue());
        assertEquals(453_857, correlation.at("/ppm/6/7").intValue());
        assertEquals(333_024, correlation.at("/apartPpm/0").intValue());
        assertFalse(correlation.get("repaired").booleanValue());
    }

    @Test
    void shouldSayTheSameInWordsAndChangeItsDigestWithEveryPrice() throws IOException {
        Path file = prices("X", 40, 100);
        Said said = Said.by("research", "calibrate", file.toString());
        assertEquals(ExitCode.OK, said.code(), said.err());
        for (String word : new String[] {"X: 40 days", "sigma used", "multiplier m", "look-back", "price range X"}) {
            assertTrue(said.out().contains(word), word + " in " + said.out());
        }
        String digest = json("research", "calibrate", file.toString(), "--json")
                .get("digest")
                .textValue();
        assertTrue(said.out().contains(digest), said.out());
        String other = json("research", "calibrate", prices("X", 40, 100.01).toString(), "--json")
                .get("digest")
                .textValue();
        assertNotEquals(digest, other);
    }

    @Test
    void shouldLeaveOutWhatIsLaterThanADay() throws IOException {
        String file = prices("X", 40, 100).toString();
        JsonNode cut = json("research", "calibrate", file, "--until", "2024-01-30", "--json");
        assertEquals(json("research", "calibrate", prices("X", 30, 100).toString(), "--json"), cut);
    }

    @Test
    void shouldRefuseInOneLine() throws IOException {
        String file = prices("X", 40, 100).toString();
        assertTrue(Said.by("research", "calibrate").isOneLineRefusal());
        assertTrue(Said.by("research", "calibrate", folder.resolve("absent.csv").toString())
                .isOneLineRefusal());
        assertTrue(Said.by("research", "calibrate", file, "--asset", "Y").isOneLineRefusal());
        assertTrue(
                Said.by("research", "calibrate", file, "--until", "2023-01-01").isOneLineRefusal());
        assertTrue(
                Said.by("research", "calibrate", prices("X", 1, 100).toString()).isOneLineRefusal());
        Said zero = Said.by(
                "research",
                "calibrate",
                Files.writeString(folder.resolve("zero.csv"), "date,X\n2024-01-01,0\n")
                        .toString());
        assertTrue(zero.isOneLineRefusal(), zero.toString());
        assertTrue(zero.err().contains("zero.csv, data row 1, X = 0: must be finite and > 0"), zero.err());
    }

    private Path prices(String name, int days, double first) throws IOException {
        StringBuilder text = new StringBuilder("date," + name + "\n");
        LocalDate day = LocalDate.of(2024, 1, 1);
        for (int t = 0; t < days; t++) {
            text.append(day.plusDays(t))
                    .append(',')
                    .append(t == 0 ? first : 100 + t % 7)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("prices.csv"), text);
    }

    private static JsonNode json(String... arguments) throws IOException {
        Said said = Said.by(arguments);
        assertEquals(ExitCode.OK, said.code(), said.err());
        return new ObjectMapper().readTree(said.out());
    }

    private static String reference(String name) {
        Optional<Path> file = Optional.ofNullable(System.getProperty("bulwark.reference"))
                .map(root -> Path.of(root, name))
                .filter(Files::exists);
        for (Path at = Path.of("").toAbsolutePath(); at != null && file.isEmpty(); at = at.getParent()) {
            file = Optional.of(at.resolve("shared/reference").resolve(name)).filter(Files::exists);
        }
        if (file.isEmpty()) {
            System.out.println("skipped: reference data absent (" + name + ")");
        }
        Assumptions.assumeTrue(file.isPresent(), "reference data absent");
        return file.orElseThrow().toString();
    }
}
