package io.bulwark.api.riskarray;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.Said;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.door.ExitCode;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export and venue margins at the command line, over tables in files. */
final class ExportCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldExportTheRowsOfATable() throws IOException {
        Said csv = Said.by("epoch", "export", "--format", "csv", "--table", byHand());
        assertEquals(ExitCode.OK, csv.code(), csv.err());
        assertTrue(csv.out().contains("3,BTC-PERP,BTC,long,0,-120000,120000"), csv.out());
        Said xml = Said.by("epoch", "export", "--format", "span-xml", "--array", "span-16", "--table", built());
        assertEquals(ExitCode.OK, xml.code(), xml.err());
        assertTrue(xml.out().contains("<riskArray number=\"3\" id=\"BTC-PERP\""), xml.out());
    }

    @Test
    void shouldRefuseInOneLine() throws IOException {
        assertTrue(Said.by("epoch", "export", "--table", byHand()).isOneLineRefusal());
        assertTrue(Said.by("epoch", "export", "--format", "pdf", "--table", byHand())
                .isOneLineRefusal());
        Said said = Said.by("epoch", "export", "--format", "csv", "--array", "span-16", "--table", byHand());
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains("must state contracts"), said.err());
    }

    @Test
    void shouldPrintVenueMarginsBesideItsOwn() throws IOException {
        Path portfolio = Files.writeString(
                folder.resolve("portfolio.json"),
                "{\"cash\": 100000000, \"positions\": [{\"id\": \"BTC-PERP\", \"lots\": 1000}]}");
        Said text = Said.by("account", "margin", portfolio.toString(), "--table", built(), "--venue-margin");
        assertEquals(ExitCode.OK, text.code(), text.err());
        // 1 BTC at 60,000: 15 % and 2 % of it, times 1.3.
        assertTrue(text.out().contains("13260.0000"), text.out());
        Said json = Said.by("account", "margin", portfolio.toString(), "--table", built(), "--venue-margin", "--json");
        JsonNode answer = new ObjectMapper().readTree(json.out());
        assertEquals(6, answer.get("venues").size());
        assertEquals("exact", answer.at("/venues/1/form").textValue());
        assertEquals(102_000_000, answer.at("/venues/1/maintenance/u").longValue());
        assertTrue(Said.by("account", "margin", portfolio.toString(), "--table", byHand(), "--venue-margin")
                .isOneLineRefusal());
    }

    @Test
    void shouldRefuseWhatIsNoKeyAndNoProof() throws IOException {
        Path key = Files.write(folder.resolve("unsafe-account.vk"), new byte[656]);
        Said said = Said.by("proof", "key", key.toString());
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains("says neither circuit nor maker"), said.err());
        Path proof = Files.writeString(folder.resolve("proof.json"), "{}");
        assertTrue(Said.by("chain", "proof", proof.toString()).isOneLineRefusal());
        assertTrue(
                Said.by("chain", "proof", proof.toString(), "--format", "csv").isOneLineRefusal());
        assertTrue(Said.by("epoch", "attest", "--table", byHand()).isOneLineRefusal());
    }

    private String byHand() throws IOException {
        return Files.write(folder.resolve("hand.cbor"), SmallTable.TABLE.encode())
                .toString();
    }

    private String built() throws IOException {
        byte[] table = RiskTableBuilder.marginTable(
                        SmallTable.MARKET.listing(), SmallTable.MARKET.market(), ParameterSet.founding())
                .table()
                .encode();
        return Files.write(folder.resolve("built.cbor"), table).toString();
    }
}
