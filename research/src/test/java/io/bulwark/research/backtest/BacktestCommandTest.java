package io.bulwark.research.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.door.ExitCode;
import io.bulwark.research.Research;
import io.bulwark.tier.Heavy;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb backtest on a small file: 320 days of two underlyings, one crash on the second to last. */
@Heavy
final class BacktestCommandTest {
    private static final int DAYS = 320;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintEveryStatisticOfEveryBookAsJson() throws IOException {
        assertEquals(
                ExitCode.OK,
                run(
                        prices().toString(),
                        "--books",
                        "linear,spreads",
                        "--residuals",
                        "100",
                        "--rule",
                        "stressfloor",
                        "--json"),
                err::toString);
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertEquals("[\"AAA\",\"BBB\"]", answer.get("underlyings").toString());
        JsonNode books = answer.at("/parts/0/books");
        assertEquals(10, books.size());
        JsonNode first = books.get(0);
        assertEquals("AAA long", first.get("book").textValue());
        // The crash takes 40 % of AAA: no margin of a calm year holds it.
        assertEquals(1, first.at("/day/breaches/exceedances/count").intValue());
        assertTrue(first.at("/day/largestShortfall").doubleValue() > 0.1);
        for (String field : new String[] {
            "/day/breaches/kupiec/probability",
            "/day/breaches/independence/statistic",
            "/day/breaches/conditional/probability",
            "/twoDays/breaches/exceedances/days",
            "/overlapping/windows",
            "/tail/shortfall/unconditional",
            "/tail/shortfall/conditional",
            "/tail/light",
            "/tail/multiplier",
            "/procyclicality/rise5",
            "/procyclicality/peakToTrough"
        }) {
            assertTrue(!first.at(field).isMissingNode(), field);
        }
        assertEquals("GREEN", first.at("/tail/light").textValue());
    }

    @Test
    void shouldPrintTablesAndWriteAPictureAndAPage() throws IOException {
        Path png = folder.resolve("books.png");
        Path html = folder.resolve("books.html");
        int code = run(
                prices().toString(),
                "--assets",
                "AAA",
                "--books",
                "linear",
                "--residuals",
                "100",
                "--rule",
                "stressfloor",
                "--png",
                png.toString(),
                "--html",
                html.toString());
        assertEquals(ExitCode.OK, code, err::toString);
        assertTrue(out.toString().contains("Initial margin against losses (whole, "), out.toString());
        assertTrue(out.toString().contains("AAA cash and carry"), out.toString());
        BufferedImage picture = ImageIO.read(png.toFile());
        // Three panels, two a row.
        assertEquals(2 * 760, picture.getWidth());
        assertEquals(2 * 270, picture.getHeight());
        assertTrue(reds(picture) > 20, "the breach is a red point");
        String page = Files.readString(html);
        assertTrue(page.contains("data:image/png;base64,") && page.contains("<td>AAA long</td>"), "a page of its own");
        assertTrue(!page.contains("http"), "it loads nothing");
    }

    @Test
    void shouldJudgeWhatFollowsTheSplit() throws IOException {
        assertEquals(
                ExitCode.OK,
                run(
                        prices().toString(),
                        "--assets",
                        "AAA",
                        "--books",
                        "linear",
                        "--residuals",
                        "100",
                        "--rule",
                        "stressfloor",
                        "--split",
                        "2021-10-15",
                        "--json"),
                err::toString);
        JsonNode parts = new ObjectMapper().readTree(out.toString()).get("parts");
        assertEquals("fit", parts.get(0).get("name").textValue());
        assertEquals("2021-10-14", parts.get(0).get("lastDay").textValue());
        assertEquals("2021-10-15", parts.get(1).get("firstDay").textValue());
        assertEquals(
                0, parts.get(0).at("/books/0/day/breaches/exceedances/count").intValue());
        assertEquals(
                1, parts.get(1).at("/books/0/day/breaches/exceedances/count").intValue());
    }

    @Test
    void shouldJoinFilesOfOneUnderlyingAndNameItsBadPrint() throws IOException {
        Path first = Files.writeString(folder.resolve("a.csv"), oneAsset(0, 200, -1));
        Path second = Files.writeString(folder.resolve("b.csv"), oneAsset(150, DAYS, 250));
        assertEquals(
                ExitCode.OK,
                run(
                        first.toString(),
                        second.toString(),
                        "--underlying",
                        "ZZZ",
                        "--books",
                        "linear",
                        "--rule",
                        "stressfloor",
                        "--residuals",
                        "100"),
                err::toString);
        assertTrue(
                out.toString()
                        .contains("note: bad print of ZZZ on "
                                + LocalDate.of(2021, 1, 1).plusDays(250)),
                out.toString());
        assertTrue(out.toString().contains("ZZZ long"), out.toString());
    }

    @Test
    void shouldTakeBooksOverVenuesThroughTheDay() throws IOException {
        Path candles = Files.writeString(folder.resolve("candles.csv"), oneAsset(0, DAYS, -1));
        Path page = folder.resolve("venues.html");
        String[] asked = {
            candles.toString(), "--underlying", "ETH", "--books", "venues", "--residuals", "100", "--from", "2021-11-01"
        };
        assertEquals(ExitCode.OK, run(with(asked, "--json")), err::toString);
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertEquals("[\"ETH\"]", answer.get("underlyings").toString());
        assertEquals(6, answer.get("books").size());
        assertEquals("ETH like DRACO", answer.at("/books/2/book").textValue());
        assertEquals(0, answer.at("/books/2/unmoved/breaches/exceedances/count").intValue());
        JsonNode later = answer.at("/books/0/events/0");
        assertEquals("10 October 2025", later.get("event").textValue());
        assertEquals(
                LocalDate.of(2025, 10, 10).toEpochDay(), later.get("endDay").longValue());
        assertTrue(later.at("/acts/0/deleveraged").booleanValue(), later.toString());
        assertEquals(0.0294, later.get("loss").doubleValue(), 0.0001);
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run(with(asked, "--html", page.toString())), err::toString);
        assertTrue(out.toString().contains("note: ETH: 2025-10-10 is in no file"), out.toString());
        assertTrue(out.toString().contains("hyperliquid deleverages at -18.1 %"), out.toString());
        assertTrue(Files.readString(page).contains("hyperliquid deleverages at -18.1 %"));
    }

    /** The sealed table itself, on the ten days around a day of +318 %, beside other rules; a gap is named. */
    @Test
    void shouldJudgeTheSealedTableBesideOtherRules() throws IOException {
        StringBuilder csv = new StringBuilder("date,close\n");
        for (int day = 0; day < 240; day++) {
            double jump = day >= 234 ? 4.18 : 1;
            if (day != 220 && day != 221) {
                csv.append(String.format(
                        Locale.ROOT, "%s,%.4f\n", LocalDate.of(2021, 1, 1).plusDays(day), jump * price(day, 0.031)));
            }
        }
        Path file = Files.writeString(folder.resolve("ZZZ.csv"), csv.toString());
        assertEquals(
                ExitCode.OK,
                run(file.toString(), "--books", "linear", "--from", "2021-08-20", "--residuals", "100"),
                err::toString);
        String text = out.toString();
        assertTrue(text.contains("note: gap of ZZZ, 2021-08-09 to 2021-08-10: 2 days without a price"), text);
        assertTrue(text.contains("The sealed table beside other rules"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("ZZZ short +published +1 .*")), text);
        assertTrue(
                text.lines().anyMatch(line -> line.matches("ZZZ long +4·max\\(ewma,longrun\\), touching +0 .*")), text);
    }

    @Test
    void shouldRefuseAPriceThatIsNoneByFieldValueAndRule() throws IOException {
        for (String bad : new String[] {"-7.5", "0", "NaN", "1e999"}) {
            Path file = Files.writeString(
                    folder.resolve("bad.csv"), "date,AAA,BBB\n2021-01-01,1,2\n2021-01-02," + bad + ",3\n");
            refuses("AAA = " + bad + ": must be finite and > 0", file.toString());
        }
    }

    private static String[] with(String[] asked, String... more) {
        return Stream.concat(Stream.of(asked), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void shouldSayOfHowManyDaysOnlyClosesAreKnown() throws IOException {
        String closes = prices().toString();
        assertEquals(
                ExitCode.OK,
                run(closes, "--assets", "AAA", "--books", "venues", "--residuals", "100", "--from", "2021-11-07"));
        assertTrue(out.toString().contains("AAA: of 10 days only closes are known"), out.toString());
    }

    @Test
    void shouldRefuseBadInputInOneLine() throws IOException {
        String file = prices().toString();
        refuses("rule must be one of", file, "--rule", "guess");
        refuses("--from = tomorrow: must be a date", file, "--from", "tomorrow");
        refuses("--assets = CCC: must be one of [AAA, BBB]", file, "--assets", "CCC");
        refuses("--books = random:x", file, "--books", "random:x");
        refuses("--books = all: must be linear", file, "--books", "all");
        refuses("--books = linear,venues: must name venues alone", file, "--books", "linear,venues");
        refuses("--books = venues: must not be given with --rule", file, "--books", "venues", "--rule", "sigma3");
        refuses("--residuals = 7", file, "--residuals", "7");
        refuses("days to judge must be in the history", file, "--from", "2031-01-01");
        refuses("--to = 2021-01-01: must not be before --from", file, "--from", "2021-05-05", "--to", "2021-01-01");
        refuses("there is no such file", folder.resolve("none.csv").toString());
        refuses(
                "must have more than",
                Files.writeString(folder.resolve("short.csv"), oneAsset(0, 60, -1))
                        .toString());
    }

    private void refuses(String words, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertEquals(ExitCode.BAD_INPUT, run(arguments), words);
        assertEquals("", out.toString(), words);
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(words), err.toString());
    }

    private int run(String... arguments) {
        String[] all = Stream.concat(Stream.of("research", "backtest"), Stream.of(arguments))
                .toArray(String[]::new);
        return Research.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private Path prices() throws IOException {
        StringBuilder csv = new StringBuilder("date,AAA,BBB\n");
        for (int day = 0; day < DAYS; day++) {
            double fall = day >= DAYS - 2 ? 0.6 : 1;
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%.4f,%.4f%n",
                    LocalDate.of(2021, 1, 1).plusDays(day),
                    fall * price(day, 0.031),
                    price(day, 0.047)));
        }
        return Files.writeString(folder.resolve("prices.csv"), csv.toString().replace("\r", ""));
    }

    private static String oneAsset(int first, int end, int badDay) {
        StringBuilder csv = new StringBuilder("date,open,high,low,close\n");
        for (int day = first; day < end; day++) {
            double price = price(day, 0.031);
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%.4f,%.4f,%.4f,%.4f%n",
                    LocalDate.of(2021, 1, 1).plusDays(day),
                    price,
                    price * 1.01,
                    day == badDay ? 0.0001 : price * 0.99,
                    price));
        }
        return csv.toString().replace("\r", "");
    }

    /** A wave with a ripple: moves of a few percent that no generator draws. */
    private static double price(int day, double ripple) {
        return 100 * (1 + 0.2 * StrictMath.sin(day / 40.0) + ripple * StrictMath.sin(day * 2.7) + 0.01 * (day % 7));
    }

    private static int reds(BufferedImage picture) {
        int reds = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                int rgb = picture.getRGB(x, y);
                reds += (rgb >> 16 & 255) > 180 && (rgb >> 8 & 255) < 80 && (rgb & 255) < 80 ? 1 : 0;
            }
        }
        return reds;
    }
}
