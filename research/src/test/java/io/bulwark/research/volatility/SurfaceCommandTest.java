package io.bulwark.research.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.venue.FeedValidation;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.EssviSurface;
import io.bulwark.netting.surface.ImpliedVolatility;
import io.bulwark.netting.surface.SmileSlice;
import io.bulwark.research.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SurfaceCommandTest {
    private static final EssviSurface TRUTH = new EssviSurface(
            List.of(new SmileSlice(10 / 365.0, 0.0121, -0.2, 0.09), new SmileSlice(40 / 365.0, 0.05, -0.1, 0.2)));

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheSurfaceThatMadeAChainAndTheTimeItWasRead() throws IOException {
        Path page = folder.resolve("page.html");
        Said said = Said.by("research", "surface", chain().toString(), "--quick", "--json", "--html", page.toString());
        assertEquals(ExitCode.OK, said.code(), said.err());
        JsonNode report = new ObjectMapper().readTree(said.out());
        Duration off = Duration.between(
                Instant.parse("2024-05-21T08:00:00Z"),
                Instant.parse(report.path("time").asText()));
        assertTrue(off.abs().toSeconds() < 60, off.toString());
        assertTrue(report.path("timeImplied").asBoolean());
        FeedValidation published = FeedValidation.of(said.out().getBytes(StandardCharsets.UTF_8));
        assertEquals(new FeedValidation(FeedValidation.Kind.SURFACE, List.of()), published);
        assertEquals(2, report.path("expiries").size());
        assertEquals(
                TRUTH.volatility(0, 10 / 365.0),
                report.path("expiries").get(0).path("skew").path("money").asDouble(),
                0.005);
        assertEquals(0, report.path("violations").asInt());
        assertEquals(53, report.path("stresses").size());
        String html = Files.readString(page);
        assertEquals(2, html.split("<svg", -1).length - 1);
        assertTrue(html.contains("40.00 days"), html);
    }

    @Test
    void shouldSayItInWords() throws IOException {
        Said said = Said.by("research", "surface", chain().toString(), "--at", "2024-05-21T08:00:00Z");
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.out().contains("free of static arbitrage   yes"), said.out());
        assertTrue(said.out().contains("held-out quotes, 5 folds"), said.out());
    }

    @Test
    void shouldRefuseBadChainsInOneLine() throws IOException {
        assertRefused(
                "FILE, row 1, strike = -5: must be a number of 0 or more",
                "option_type,strike,maturity,mark_price",
                "call,-5,2024-05-31 08:00:00,0.1");
        assertRefused(
                "option_type = straddle: must be call, put, C or P",
                "option_type,strike,maturity",
                "straddle,5,2024-05-31 08:00:00");
        assertRefused(
                "maturity = soon: must be 2024-05-31 08:00:00 or 31MAY24",
                "option_type,strike,maturity",
                "call,5,soon");
        assertRefused("must say when it was read", "option_type,strike,maturity", "call,5,2024-05-31 08:00:00");
        assertRefused("must have a header line and rows", "option_type,strike,maturity");
        assertTrue(Said.by("research", "surface", folder.resolve("none.csv").toString())
                .isOneLineRefusal());
        assertTrue(Said.by("research", "surface", chain().toString(), "--at", "noon")
                .isOneLineRefusal());
        assertTrue(Said.by("research", "surface", chain().toString(), "--range", "0")
                .isOneLineRefusal());
    }

    @Test
    void shouldSayNoWhereTooLittleIsQuoted() throws IOException {
        Path file = folder.resolve("few.csv");
        Files.writeString(file, String.join("\n", Files.readAllLines(chain()).subList(0, 6)));
        Said said = Said.by("research", "surface", file.toString(), "--at", "2024-05-21T08:00:00Z");
        assertEquals(ExitCode.NEGATIVE, said.code(), said.toString());
    }

    private void assertRefused(String words, String... lines) throws IOException {
        Path file = folder.resolve("bad.csv");
        Files.writeString(file, String.join("\n", lines));
        Said said = Said.by("research", "surface", file.toString());
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains(words), said.err());
    }

    /** Both sides of eleven strikes of two expiries, as the truth prices them on 2024-05-21 08:00 UTC. */
    private Path chain() throws IOException {
        StringBuilder csv = new StringBuilder("option_type,strike,maturity,mark_price,mark_iv\n");
        for (SmileSlice slice : TRUTH.slices()) {
            double years = slice.years();
            for (int strike = 2_000; strike <= 4_500; strike += 250) {
                double k = Math.log(strike / 3_000.0);
                double volatility = TRUTH.volatility(k, years);
                for (OptionRight right : OptionRight.values()) {
                    csv.append(String.format(
                            Locale.ROOT,
                            "%s,%d,%s,%.6f,%.4f%n",
                            right.name().charAt(0),
                            strike,
                            years < 0.05 ? "2024-05-31 08:00:00" : "30JUN24",
                            ImpliedVolatility.price(right, k, volatility * Math.sqrt(years)),
                            100 * volatility));
                }
            }
        }
        Path file = folder.resolve("chain.csv");
        Files.writeString(file, csv);
        return file;
    }
}
