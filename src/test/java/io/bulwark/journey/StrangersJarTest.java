package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.FoundingFile;
import java.io.IOException;
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

    /** A founding file that connects one venue and lists nothing. */
    static byte[] file(String kind, String more) {
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

    static UnaryOperator<String> replaced(String from, String to) {
        return source -> source.replace(from, to);
    }
}
