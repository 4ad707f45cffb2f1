package io.bulwark.api.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.Said;
import io.bulwark.api.door.ExitCode;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Heavy
final class MarginCommandTest {
    private static final String PORTFOLIO =
            "{\"cash\": 10000000, \"positions\": [{\"id\": \"BTC-PERP\", \"lots\": 10}]}";

    @TempDir
    private Path folder;

    private Path table;

    @BeforeEach
    void writeTable() throws IOException {
        table = Files.write(folder.resolve("table.cbor"), SmallTable.TABLE.encode());
    }

    @Test
    void shouldExplainTheMarginOfAPortfolioFile() throws IOException {
        Said said = Said.by("account", "margin", file(PORTFOLIO), "--table", table.toString());
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.out().contains("120.0605 USD"), said.out());
        assertTrue(said.out().contains("BTC-PERP"), said.out());
        assertTrue(said.out().contains("= initial margin"), said.out());
    }

    @Test
    void shouldPrintTheJsonOfTheApi() throws IOException {
        Said said = Said.by("account", "margin", file(PORTFOLIO), "--table", table.toString(), "--json");
        JsonNode margin = new ObjectMapper().readTree(said.out());
        assertEquals(1_200_605, margin.at("/asBooked/initialMargin/u").longValue());
        assertEquals("open", margin.get("state").textValue());
    }

    @Test
    void shouldSimulateChanges() throws IOException {
        String whatIf = "{\"portfolio\": " + PORTFOLIO
                + ", \"changes\": [{\"in\": \"positions\", \"id\": \"BTC-PERP\", \"lots\": -30}]}";
        Said said = Said.by("account", "simulate", file(whatIf), "--table", table.toString());
        assertEquals(ExitCode.OK, said.code(), said.err());
        // 20 lots short: 2,400,000 + 1,200 + 10.
        assertTrue(said.out().contains("240.1210"), said.out());
        assertTrue(said.out().contains("120.0605"), said.out());
    }

    @Test
    void shouldPrintTheStraddleOfTheSourceText() {
        Said said = Said.by("account", "compare", "--straddle");
        assertEquals(ExitCode.OK, said.code(), said.err());
        for (String share : new String[] {"30.015 %", "20.015 %", "12.206 %"}) {
            assertTrue(said.out().contains(share), said.out());
        }
    }

    @Test
    void shouldRefuseToCompareOverATableAlone() throws IOException {
        Said said = Said.by("account", "compare", file(PORTFOLIO), "--table", table.toString());
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains("sealed epoch"), said.err());
        assertTrue(Said.by("account", "compare", "--straddle", "--account", "1").isOneLineRefusal());
        assertTrue(Said.by("account", "outlook").isOneLineRefusal());
    }

    @Test
    void shouldRefuseBadPortfoliosInOneLine() throws IOException {
        refused("positions[0].id", "{\"positions\": [{\"id\": \"GOLD\", \"lots\": 1}]}");
        refused("positions[0].lots", "{\"positions\": [{\"id\": \"BTC-PERP\", \"lots\": \"many\"}]}");
        refused("cash", "{\"cash\": 0.1}");
        refused("body", "{");
        refused("body", "");
        refused("leverage", "{\"leverage\": 3}");
    }

    @Test
    void shouldRefuseATableThatIsNone() throws IOException {
        Said said = Said.by("account", "margin", file(PORTFOLIO), "--table", file(PORTFOLIO));
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains("--table"), said.err());
    }

    @Test
    void shouldRefuseATableWithOneByteMissing() throws IOException {
        byte[] bytes = SmallTable.TABLE.encode();
        Path cut = Files.write(folder.resolve("cut.cbor"), java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertTrue(Said.by("account", "margin", file(PORTFOLIO), "--table", cut.toString())
                .isOneLineRefusal());
    }

    @Test
    void shouldRefuseBothOrNeitherOfFileAndAccount() throws IOException {
        assertTrue(Said.by("account", "margin").isOneLineRefusal());
        assertTrue(
                Said.by("account", "margin", file(PORTFOLIO), "--account", "1").isOneLineRefusal());
        assertTrue(Said.by("account", "margin", "--account", "1", "--table", table.toString())
                .isOneLineRefusal());
        assertTrue(Said.by("account", "margin", file(PORTFOLIO), "--epoch", "1", "--table", table.toString())
                .isOneLineRefusal());
    }

    private void refused(String field, String portfolio) throws IOException {
        Said said = Said.by("account", "margin", file(portfolio), "--table", table.toString());
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().startsWith("bulwark: " + field), said.err());
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "input", ".json"), text)
                .toString();
    }
}
