package io.bulwark.api.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Bulwark;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A price history is looked at before a house rests on it: what is missing, what is replaced, and where two sources part. */
final class HistoryCommandTest {
    private static final Path HOUSE = Path.of("src/main/resources/demo/house.json");
    private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFindNothingMissingInWhatComesWithTheProgram() {
        String said = said(0, HOUSE.toString());
        assertTrue(
                said.contains(
                        "BTC: 3430 days, 2015-01-01 to 2024-05-22; an epoch may be sealed over them until 2024-05-30"),
                said);
        assertTrue(said.contains("ETH: 1308 days, 2020-10-23 to 2024-05-22"), said);
    }

    @Test
    void shouldNameDaysThatAreMissingAndSourcesThatPart() throws IOException {
        String shipped = resource();
        Path second = Files.writeString(
                folder.resolve("second.csv"), shipped.replace("2024-05-22,69109.93,", "2024-05-22,72000,"));
        String parted = said(1, HOUSE.toString(), "--beside", second.toString());
        assertTrue(parted.contains("BTC: 3430 days in both sources"), parted);
        assertTrue(parted.contains("2024-05-22: closes at 69109.93, the second source at 72000.0"), parted);
        assertEquals(
                1,
                parted.lines()
                        .filter(line -> line.contains("the second source at"))
                        .count(),
                parted);

        Files.writeString(folder.resolve("own.csv"), shipped.replaceAll("(?m)^2024-05-1[01],.*\n", ""));
        Path founding = Files.writeString(
                folder.resolve("house.json"),
                Files.readString(HOUSE)
                        .replace("shipped:daily-closes.csv", "own.csv")
                        .replaceAll(", \"sha256\": \"[0-9a-f]{64}\"", ""));
        String gap = said(1, founding.toString());
        assertTrue(gap.contains("  2024-05-10 to 2024-05-11: no price on 2 days"), gap);
    }

    /** A low of a sixtieth of the day's price that neither open nor close bear out. */
    @Test
    void shouldNameAPrintThatIsReplaced() throws IOException {
        StringBuilder prices = new StringBuilder("date,open,high,low,close\n");
        for (int t = 0; t < 200; t++) {
            prices.append(FIRST.plusDays(t)).append(t == 150 ? ",100,101,0.06,100\n" : ",100,101,99,100\n");
        }
        Files.writeString(folder.resolve("BTC.csv"), prices.toString());
        Path founding = Files.writeString(
                folder.resolve("house.json"),
                Files.readString(HOUSE)
                        .replaceAll(
                                "(?s)\"history\": \\[.*?\\n  \\]",
                                "\"history\": [{\"group\": \"BTC\", \"file\": \"BTC.csv\", \"underlying\": \"BTC\"}]"));
        String said = said(1, founding.toString());
        assertTrue(said.contains("  2023-05-31: low 0.06 is read as 100.0: range"), said);
    }

    private static String resource() throws IOException {
        try (InputStream file = HistoryCommandTest.class.getResourceAsStream("/history/daily-closes.csv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String said(int code, String... words) {
        StringWriter out = new StringWriter();
        String[] verb = new String[words.length + 2];
        verb[0] = "venue";
        verb[1] = "history";
        System.arraycopy(words, 0, verb, 2, words.length);
        assertEquals(code, Bulwark.run(new PrintWriter(out, true), new PrintWriter(out, true), verb), out.toString());
        return out.toString();
    }
}
