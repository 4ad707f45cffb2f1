package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.Bulwark;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.venue.FeedValidation;
import io.bulwark.api.venue.FeedValidation.Finding;
import io.bulwark.api.venue.FeedValidation.Kind;
import io.bulwark.clearing.instrument.Instrument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schema and strict reader look at the same good and bad files and must agree. */
class FeedValidationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("../../docs/risk-language");

    /** Somebody gives a key file in the place of a feed: it is none, and nothing of it is shown. */
    @Test
    void shouldShowNothingOfAFileThatIsNone() {
        String key = "c1658c11aa" + "0".repeat(54);
        FeedValidation said = FeedValidation.of(key.getBytes(StandardCharsets.UTF_8));
        assertFalse(said.sound());
        assertFalse(said.findings().toString().contains("c1658c"), said.findings()::toString);
    }

    @Test
    void shouldFindNothingWrongWithTheExamplesAndTheDemonstration() throws IOException {
        assertEquals(new FeedValidation(Kind.FOUNDING, List.of()), FeedValidation.of(bytes("listing.json")));
        assertEquals(new FeedValidation(Kind.SNAPSHOT, List.of()), FeedValidation.of(bytes("snapshot.json")));
        assertEquals(new FeedValidation(Kind.REPORT, List.of()), FeedValidation.of(bytes("report.json")));
        assertTrue(FeedValidation.of(Demonstration.foundingFile()).sound());
    }

    @Test
    void shouldHaveAnExampleOfEveryKindOfInstrument() throws IOException {
        Set<String> kinds = new TreeSet<>();
        JsonNode listing = JSON.readTree(bytes("listing.json"));
        listing.get("assets").forEach(a -> kinds.add(a.get("form").get("kind").asText()));
        listing.get("instruments")
                .forEach(i -> kinds.add(i.get("contract").get("kind").asText()));
        Set<String> all = new TreeSet<>();
        Arrays.stream(Instrument.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .forEach(n -> all.add(n.substring(0, 1).toLowerCase(Locale.ROOT) + n.substring(1)));
        assertEquals(all, kinds);
    }

    /** What is changed, into what, and the field that both must name. */
    @Test
    void shouldRefuseAlikeByTheSchemaAndByTheReader() throws IOException {
        String[][] bad = {
            {"listing.json", "\"lot\": \"0.1\"", "\"lot\": 0.1", "assets[0].lot"},
            {"listing.json", "\"lot\": \"0.1\"", "\"lot\": \"0.1\", \"colour\": \"blue\"", "assets[0]"},
            {"listing.json", "\"kind\": \"perpetual\"", "\"kind\": \"swap\"", "instruments[0].contract"},
            {"listing.json", "\"inverse\": false", "\"inverse\": \"no\"", "instruments[0].contract"},
            {"listing.json", "\"right\": \"CALL\"", "\"right\": \"call\"", "instruments[2].contract"},
            {"listing.json", "\"ageMillisMax\": 900000, ", "", "venues[0]"},
            {"listing.json", "\"tier\": \"STABLE\"", "\"tier\": \"BEST\"", "assets[0].tier"},
            {"snapshot.json", "\"quantity\": \"-2.5\"", "\"quantity\": -2.5", "holdings[0]"},
            {"snapshot.json", "\"quantity\": \"-2.5\"", "\"quantity\": \"1e3\"", "holdings[0]"},
            {"snapshot.json", "\"quantity\": \"-2.5\"", "\"quantity\": \"\"", "holdings[0]"},
            {"snapshot.json", "\"quantity\": \"15000.000001\"", "\"quantity\": \"-1\"", "holdings[2]"},
            {
                "snapshot.json",
                "\"quantity\": \"15000.000001\"",
                "\"quantity\": \"1." + "0".repeat(65) + "\"",
                "holdings[2]"
            },
            {"snapshot.json", "\"accruedFunding\": \"0\"", "\"more\": \"0\"", "holdings[1]"},
            {"snapshot.json", "\"venue\": 1", "\"venue\": \"1\"", "venue"},
            {"snapshot.json", "\"venue\": 1", "\"venue\": -1", "venue"},
            {"snapshot.json", "\"grade\": \"UNSIGNED\"", "\"grade\": null", "grade"},
            {"snapshot.json", "\"kind\": \"sequence\"", "\"kind\": \"block\"", "horizon"},
            {"snapshot.json", "\"timeMillis\": 1716487860000", "\"timeMillis\": -1", "horizon"},
            {"snapshot.json", "\"account\": \"20101\"", "\"account\": \"\"", "account"},
            {
                "snapshot.json",
                "\"holdings\"",
                "\"standings\": [{\"asset\": \"USD\", \"equity\": \"1\"}], \"holdings\"",
                "standings[0]"
            },
            {"report.json", "\"value\": \"3780.1\"", "\"value\": \"0\"", "prices[0].value"},
            {"report.json", "\"value\": \"3780.1\"", "\"value\": 3780.1", "prices[0].value"},
            {"report.json", "INDEX_PRICE", "LAST_PRICE", "prices[0].measure"},
            {"report.json", "\"kind\": \"SPREAD\"", "\"kind\": \"MARK\"", "market[0].kind"},
            {"report.json", "\"subject\": \"ETH\", ", "", "prices[0]"},
        };
        assertAll(Arrays.stream(bad).map(change -> () -> refusedAlike(change)));
    }

    private static void refusedAlike(String[] change) throws IOException {
        String good = new String(bytes(change[0]), StandardCharsets.UTF_8);
        assertTrue(good.contains(change[1]), change[1]);
        byte[] broken = good.replaceFirst(Pattern.quote(change[1]), change[2]).getBytes(StandardCharsets.UTF_8);
        FeedValidation validation = FeedValidation.of(broken);
        String what = Arrays.toString(change) + validation.findings();
        Finding first = validation.findings().getFirst();
        assertTrue(first.field().startsWith(change[3]), what);
        assertFalse(
                first.rule().startsWith("schema:") || first.rule().isBlank(), "the reader must see it too: " + what);
        assertTrue(first.line() > 1, what);
        assertFalse(
                FeedValidation.schema(validation.kind())
                        .validate(JSON.readTree(broken))
                        .isEmpty(),
                "the schema must see it too: " + what);
    }

    @Test
    void shouldNameLineFieldValueAndRuleAtTheCommandLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("feed.json");
        Files.writeString(
                file,
                new String(bytes("snapshot.json"), StandardCharsets.UTF_8)
                        .replace("\"grade\": \"UNSIGNED\"", "\"grade\": \"PROBABLY\""));
        StringWriter out = new StringWriter();
        assertEquals(2, run(out, "venue", "validate", file.toString()));
        assertTrue(out.toString().startsWith(file + ":5: grade must be one of "), out.toString());
        assertTrue(out.toString().contains("PROBABLY"), out.toString());
        Files.writeString(file, "{\n\"holdings\": [,]}");
        StringWriter broken = new StringWriter();
        assertEquals(2, run(broken, "venue", "validate", file.toString()));
        assertTrue(broken.toString().startsWith(file + ":2: file must be JSON"), broken.toString());
        assertEquals(
                0,
                run(
                        new StringWriter(),
                        "venue",
                        "validate",
                        EXAMPLES.resolve("listing.json").toString()));
        StringWriter schema = new StringWriter();
        assertEquals(
                2, run(schema, "venue", "validate", folder.resolve("absent").toString()));
        assertEquals(0, run(schema, "venue", "validate", "--schema"));
        assertEquals(
                "urn:bulwark:risk-language:1",
                JSON.readTree(schema.toString()).get("$id").asText());
    }

    private static int run(StringWriter out, String... arguments) {
        return Bulwark.run(new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), arguments);
    }

    private static byte[] bytes(String example) throws IOException {
        return Files.readAllBytes(EXAMPLES.resolve(example));
    }
}
