package io.bulwark.api.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Bulwark;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.venue.FeedValidation.Kind;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.oracle.PriceDoubt;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the house publishes is good by its own schema, and a changed figure is found. */
final class PublishedFileTest {
    private static final Path EXAMPLES = Path.of("../docs/risk-language");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFindNothingWrongWithAMarginThatTheProgramPrints() throws IOException {
        String printed = printedMargin();
        assertEquals(new FeedValidation(Kind.MARGIN, List.of()), of(printed));
        assertEquals(
                printed,
                Files.readString(EXAMPLES.resolve("margin.json")),
                "the worked example is the program's own answer");
    }

    @Test
    void shouldFindNothingWrongWithTheOtherExamples() throws IOException {
        assertEquals(
                new FeedValidation(Kind.SURFACE, List.of()), of(Files.readString(EXAMPLES.resolve("surface.json"))));
        String parameter = Files.readString(EXAMPLES.resolve("parameter.json"));
        assertEquals(new FeedValidation(Kind.PARAMETER, List.of()), of(parameter));
        var declared = PriceDoubt.CONFIDENCE_FREE;
        assertEquals(
                "{\"name\": \"%s\", \"unit\": \"%s\", \"least\": %d, \"most\": %d, \"value\": %d}\n"
                        .formatted(
                                declared.name(),
                                declared.unit(),
                                declared.least(),
                                declared.most(),
                                declared.initial()),
                parameter);
    }

    @Test
    void shouldNameTheFigureThatDoesNotAgree() throws IOException {
        String margin = Files.readString(EXAMPLES.resolve("margin.json"));
        finds(margin, "\"amount\" : ", "\"amount\" : 1", "terms");
        finds(margin, "\"usd\" : \"", "\"usd\" : \"1", "asBooked.initialMargin.usd");
        finds(margin, "\"state\" : \"", "\"state\" : \"wide ", "state");
        finds(margin, "\"stress\"", "\"strain\"", "");
        String surface = Files.readString(EXAMPLES.resolve("surface.json"));
        finds(surface, "\"days\": 73.0", "\"days\": 30.0", "expiries[1].days");
        finds(surface, "\"years\": 0.1", "\"years\": 0.11", "expiries[0].calm.years");
        finds(surface, "\"rho\": -0.2", "\"rho\": -1", "expiries[0].calm.rho");
        String parameter = Files.readString(EXAMPLES.resolve("parameter.json"));
        finds(parameter, "\"value\": ", "\"value\": -", "value");
        finds(parameter, "\"unit\": \"", "\"units\": \"", "");
    }

    private static void finds(String good, String what, String with, String field) {
        assertTrue(good.contains(what), what);
        FeedValidation found = of(good.replaceFirst(Pattern.quote(what), with));
        assertTrue(found.findings().stream().anyMatch(f -> f.field().equals(field)), with + " must be found: " + found);
    }

    private static FeedValidation of(String text) {
        return FeedValidation.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private String printedMargin() throws IOException {
        Path table = Files.write(
                folder.resolve("table.cbor"),
                RiskTableBuilder.marginTable(
                                SmallTable.MARKET.listing(), SmallTable.MARKET.market(), ParameterSet.founding())
                        .table()
                        .encode());
        Path portfolio = Files.writeString(
                folder.resolve("portfolio.json"),
                "{\"cash\": 250000000, \"positions\": [{\"id\": \"BTC-PERP\", \"lots\": -1500}, {\"id\": \"BTC-CALL\", \"lots\": 1000}]}");
        StringWriter out = new StringWriter();
        PrintWriter err = new PrintWriter(new StringWriter(), true);
        assertEquals(
                0,
                Bulwark.run(
                        new PrintWriter(out, true),
                        err,
                        "account",
                        "margin",
                        portfolio.toString(),
                        "--table",
                        table.toString(),
                        "--json"));
        return out.toString();
    }
}
