package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Bulwark;
import io.bulwark.clearing.document.Digest;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bulwark read} shows of a venue that a jar brings, and whose jars it takes for it. */
@Heavy
class StrangersPayloadTest {
    private static final String KIND = "acme.marks";

    @TempDir
    private Path folder;

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
                StrangersJarTest.replaced(
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
                StrangersJarTest.replaced(
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
        return Files.write(folder.resolve("house.json"), StrangersJarTest.file(KIND, named));
    }

    private Path payload(String positions) throws IOException {
        return Files.writeString(
                folder.resolve("account.json"),
                "{\"time\": 1716487860000, \"balance\": \"250000.5\", " + positions + "}");
    }
}
