package io.bulwark.research.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.forecast.ForecastModel;
import io.bulwark.netting.forecast.LearnedVolatility;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import io.bulwark.research.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCommandTest {
    @TempDir
    private Path folder = Path.of("");

    /** Training twice gives the same bytes; the file is the model that the card and the sealed record name. */
    @Test
    void shouldWriteTheSameModelFileAndCardAgain() throws IOException {
        Path series = realised(700);
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Said said = Said.by(
                "research",
                "forecast",
                series.toString(),
                "--quick",
                "--trees",
                "10",
                "--json",
                "--out",
                first.toString());
        assertEquals(0, said.code(), said.err());
        assertEquals(
                0,
                Said.by(
                                "research",
                                "forecast",
                                series.toString(),
                                "--quick",
                                "--trees",
                                "10",
                                "--out",
                                second.toString())
                        .code());
        byte[] file = Files.readAllBytes(first.resolve("x.forecast-model.cbor"));
        assertArrayEquals(file, Files.readAllBytes(second.resolve("x.forecast-model.cbor")));
        ForecastModel model = ForecastModel.decode(file);
        assertEquals(10, model.trees().size());
        JsonNode report = new ObjectMapper().readTree(said.out()).at("/forecasts/0");
        assertEquals(model.digest().toString(), report.get("modelFile").asText());
        assertTrue(Files.readString(first.resolve("x.model-card.md"))
                .contains(model.digest().toString()));
        JsonNode founding =
                new ObjectMapper().readTree(first.resolve("x.founding.json").toFile());
        LearnedVolatility learned = new LearnedVolatility(
                model.underlying(),
                model.digest(),
                Digest.parse(report.get("modelCard").asText()),
                founding.get("boundPpm").asLong(),
                Standing.SHADOW);
        assertArrayEquals(
                learned.canonical().encode(),
                Files.readAllBytes(first.resolve("x.learned-volatility.cbor")),
                "a new model begins in shadow");
        assertArrayEquals(file, Base64.getDecoder().decode(founding.get("model").asText()));
        assertEquals(
                report.get("sigmaNowPpm").asLong(),
                learned.governed(report.get("sigmaNowPpm").asLong(), 999_999));
    }

    @Test
    void shouldPrintTheTable() throws IOException {
        Said said = Said.by("research", "forecast", realised(620).toString(), "--trees", "3");
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("trees alone"), said.out());
        assertTrue(said.out().contains("governed, anti-procyclical"), said.out());
        assertTrue(said.out().contains("119 days"), said.out());
    }

    @Test
    void shouldRefuseInOneLine() throws IOException {
        Path closes = Files.writeString(folder.resolve("closes.csv"), "date,BTC\n2024-01-01,1\n2024-01-02,2\n");
        Path short_ = realised(300);
        for (String[] arguments : new String[][] {
            {"research", "forecast", folder.resolve("absent.csv").toString()},
            {"research", "forecast", closes.toString()},
            {"research", "forecast", short_.toString()},
            {"research", "forecast", short_.toString(), "--days", "3"},
            {"research", "forecast", short_.toString(), "--trees", "0"}
        }) {
            Said said = Said.by(arguments);
            assertTrue(said.isOneLineRefusal(), () -> String.join(" ", arguments) + ": " + said);
        }
    }

    @Test
    void shouldRefuseFilesThatDisagreeAboutADay() throws IOException {
        String header = "date,open,high,low,close,volume\n";
        Path one = Files.writeString(folder.resolve("one.csv"), header + "2024-01-01,1,2,1,2,9\n");
        Path other = Files.writeString(folder.resolve("other.csv"), header + "2024-01-01,1,3,1,2,9\n");
        Said said = Said.by("research", "forecast", one.toString(), other.toString());
        assertTrue(said.isOneLineRefusal() && said.err().contains("must be what stood before"), said.err());
    }

    private Path realised(int days) throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder series = new StringBuilder("# own\ndate,x_ret,x_rv,x_rsneg\n");
        double level = -7;
        for (int t = 0; t < days; t++) {
            level = -7 + 0.9 * (level + 7) + 0.3 * random.nextGaussian();
            double variance = Math.exp(level);
            series.append(String.format(
                    Locale.ROOT,
                    "%s,%.9f,%.12f,%.12f%n",
                    LocalDate.ofEpochDay(19_000 + t),
                    Math.sqrt(variance) * random.nextGaussian(),
                    variance,
                    variance * random.nextDouble()));
        }
        return Files.writeString(folder.resolve("series" + days + ".csv"), series);
    }
}
