package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.Venues;
import io.bulwark.api.Bulwark;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.FoundingFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kinds of venue a house has, and whose jars it takes. */
class StrangersJarTest {
    private static final String KIND = "acme.marks";

    @TempDir
    private Path folder;

    @Test
    void shouldTakeAVenueOfAJarBesideItsOwn() throws IOException {
        Path jar = StrangersJar.at(folder.resolve("acme.jar"));
        Venues venues = Venues.with(folder);
        Venues.Brought acme = venues.of(KIND).orElseThrow();
        assertEquals(
                new Venues.Jar("acme.jar", Digest.sha256(Files.readAllBytes(jar))),
                acme.jar().orElseThrow());
        assertTrue(venues.of("aave").orElseThrow().jar().isEmpty());
        assertFalse(Venues.ofClassPath().kinds().contains(KIND));
        assertEquals(
                Venues.ofClassPath().kinds(),
                Venues.with(folder.resolve("absent")).kinds());
    }

    @Test
    void shouldRefuseAKindThatTwoVenuesBear() throws IOException {
        StrangersJar.at(folder.resolve("acme.jar"));
        StrangersJar.at(folder.resolve("newer.jar"), replaced("perSecond(7)", "perSecond(8)"));
        BadInput twice = refused();
        assertEquals(KIND, twice.value());
        assertTrue(twice.rule().contains("of acme.jar") && twice.rule().contains("of newer.jar"), twice.rule());
    }

    @Test
    void shouldKeepItsOwnNamesForItself() throws IOException {
        StrangersJar.at(folder.resolve("acme.jar"), replaced("\"acme.marks\"", "\"aave\""));
        assertTrue(refused().rule().contains("of acme.jar must be of the form company.name"));
    }

    @Test
    void shouldRefuseAJarThatBringsNoVenue() throws IOException {
        StrangersJar.at(folder.resolve("acme.jar"), replaced("com.acme.marks.AcmeVenue\n", ""));
        assertTrue(refused().rule().contains("must name a venue"));
        StrangersJar.at(folder.resolve("acme.jar"), replaced("marks.AcmeVenue\n", "marks.Another\n"));
        assertTrue(refused().rule().contains("must bring venues that this program can load"));
        Files.writeString(folder.resolve("acme.jar"), "no jar");
        assertEquals("acme.jar", refused().value());
    }

    /** What was hashed is what runs: a file that is written over afterwards changes nothing of a house that is open. */
    @Test
    void shouldRunTheBytesThatItHashed() throws IOException {
        Path jar = StrangersJar.at(folder.resolve("acme.jar"));
        Digest named = Digest.sha256(Files.readAllBytes(jar));
        Venues venues = Venues.with(folder);
        Files.write(jar, new byte[] {0});
        FoundingFile file = FoundingFile.read(file(KIND, ", \"jar\": \"" + named + "\""), venues);
        assertEquals(7, file.connections().getFirst().budget().permits());
    }

    @Test
    void shouldTakeNoOtherJarThanTheNamedOne() throws IOException {
        Path jar = StrangersJar.at(folder.resolve("acme.jar"));
        String named = ", \"jar\": \"" + Digest.sha256(Files.readAllBytes(jar)) + "\"";
        assertEquals(
                KIND,
                FoundingFile.read(file(KIND, named), Venues.with(folder))
                        .connections()
                        .getFirst()
                        .venue()
                        .kind());
        refused("connections.[0].jar", "acme.jar is", file(KIND, ""));
        refused("connections.[0].jar", "acme.jar is", file(KIND, ", \"jar\": 7"));
        refused(
                "connections.[0].jar",
                "acme.jar is",
                file(KIND, named.toUpperCase(java.util.Locale.ROOT).replace("JAR", "jar")));
        refused("connections.[0].extra", "", file(KIND, named + ", \"extra\": 1"));
        Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
        refused("connections.[0].jar", "acme.jar is", file(KIND, named));
        Files.delete(jar);
        refused("connections.[0].kind", "must be one of", file(KIND, named));
    }

    @Test
    void shouldNameNoJarForItsOwn() throws IOException {
        refused("connections.[0].jar", "", file("paradex", ", \"jar\": \"" + Digest.ZERO + "\""));
        refused("connections.[0].kind", "must be one of", file("", ""));
    }

    /** The verb takes the jars that the founding file names and shows their payloads by their own table. */
    @Test
    void shouldShowItsPayloadsInItsUnits() throws IOException {
        Path jar = StrangersJar.at(folder.resolve("venues/acme.jar"));
        Path house = house(jar);
        Path account = payload("\"positions\": [{\"market\": \"BTC-PERP\", \"size\": \"-1.5\", \"entry\": \"67000\"}]");
        Said shown = read(house, account);
        assertEquals(0, shown.code(), shown.toString());
        assertTrue(shown.out().contains("2 facts, 0 refused"), shown.out());
        assertTrue(shown.out().contains("account  account  balance  250000.5 USDC  scale 1"), shown.out());
        assertTrue(
                shown.out()
                        .contains(
                                "position  BTC-PERP  size  -1.5 BTC  scale 1; entry price 67000 USD per BTC; at 2024-05-23T18:11:00Z"),
                shown.out());
        Said unknown = said("venue", "read", "--home", folder.toString(), KIND, account.toString());
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().startsWith("bulwark: VENUE"), unknown.err());
    }

    @Test
    void shouldRefuseOfItsPayloadsWhatItsTableDoesNotKnow() throws IOException {
        Path house = house(StrangersJar.at(folder.resolve("venues/acme.jar")));
        Said shown = read(
                house,
                payload(
                        "\"positions\": [{\"market\": \"BTC-PERP\", \"size\": \"-1.5\", \"entry\": \"67000\", \"leverage\": \"3\"}]"));
        assertEquals(2, shown.code());
        assertTrue(shown.out().contains("refused  positions[0].leverage"), shown.out());
        assertTrue(read(
                        house,
                        payload("\"positions\": [{\"market\": \"BTC-PERP\", \"size\": \"much\", \"entry\": \"1\"}]"))
                .out()
                .contains("refused  positions[0].size"));
        assertTrue(read(house, Files.writeString(folder.resolve("other.json"), "{\"height\": 7}"))
                .out()
                .contains("must be a known payload: clock, account, markets"));
    }

    /** Of a jar that the founding file does not name no class runs, though it lies in the home. */
    @Test
    void shouldRunNoJarToReadAPayloadThatTheFoundingFileDoesNotName() throws IOException {
        Path house = house(StrangersJar.at(folder.resolve("venues/acme.jar")));
        String ran = "bulwark.test." + folder.getFileName();
        StrangersJar.at(
                folder.resolve("venues/another.jar"),
                replaced(
                        "String KIND = \"acme.marks\";",
                        "String KIND = \"acme.marks\";\n    { System.setProperty(\"" + ran + "\", \"yes\"); }"));
        Path account = payload("\"positions\": []");
        assertEquals(0, read(house, account).code());
        assertNull(System.getProperty(ran));
        Path other = house(folder.resolve("venues/another.jar"));
        assertEquals(0, read(other, account).code());
        assertEquals("yes", System.clearProperty(ran));
    }

    @Test
    void shouldTakeNoDecoderOfAnothersKind() throws IOException {
        Path house = house(StrangersJar.at(
                folder.resolve("venues/acme.jar"),
                replaced(
                        "public Glossary glossary",
                        "public String venue() {\n  return \"aave\";\n}\n\n@Override\npublic Glossary glossary")));
        Said refused = read(house, payload("\"positions\": []"));
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("must be a kind that its own jar brings"), refused.err());
    }

    private Said read(Path house, Path payload) {
        return said(
                "venue", "read", "--home", folder.toString(), "--house", house.toString(), KIND, payload.toString());
    }

    private record Said(int code, String out, String err) {}

    private static Said said(String... verb) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Bulwark.run(new PrintWriter(out, true), new PrintWriter(err, true), verb);
        return new Said(code, out.toString(), err.toString());
    }

    private Path house(Path jar) throws IOException {
        String named = ", \"jar\": \"" + Digest.sha256(Files.readAllBytes(jar)) + "\"";
        return Files.write(folder.resolve("house.json"), file(KIND, named));
    }

    private Path payload(String positions) throws IOException {
        return Files.writeString(
                folder.resolve("account.json"),
                "{\"time\": 1716487860000, \"balance\": \"250000.5\", " + positions + "}");
    }

    private static byte[] file(String kind, String more) {
        return """
                {"network": "n", "venues": [], "groups": [], "assets": [], "instruments": [], "accounts": [], "parameters": {},
                 "connections": [{"kind": "<kind>", "venue": 0, "settlement": "USDC", "markets": []<more>}]}
                """.replace("<kind>", kind).replace("<more>", more).getBytes(StandardCharsets.UTF_8);
    }

    private void refused(String field, String rule, byte[] file) {
        Venues venues = Venues.with(folder);
        BadInput refusal = assertThrows(BadInput.class, () -> FoundingFile.read(file, venues));
        assertEquals(field, refusal.field());
        assertTrue(refusal.rule().contains(rule), refusal.rule());
    }

    private BadInput refused() {
        return assertThrows(BadInput.class, () -> Venues.with(folder));
    }

    private static UnaryOperator<String> replaced(String from, String to) {
        return source -> source.replace(from, to);
    }
}
