package io.bulwark.api.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Said;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.verification.KrakenHoldings;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.Digest;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Netting of obligations, and what is refused of them, of a declaration of default and of what is held for the fund. */
@OfProof
final class FundCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldNetAFileOfObligationsWhateverItsOrder() throws IOException {
        Said first = net("id,from,to,commodity,units\n# a ring\n1,A,B,USD,100\n2,B,C,USD,90\n3,C,A,USD,80\n");
        Said second = net("units,commodity,to,from,id\n80,USD,A,C,3\n90,USD,C,B,2\n100,USD,B,A,1\n");
        assertEquals(ExitCode.OK, first.code(), first.err());
        assertEquals(first.out(), second.out());
        assertTrue(first.out().contains("20 of 270 settled: 92.5925 % saved"), first.out());
    }

    @Test
    void shouldLeaveOutAMemberWhoCannotPay() throws IOException {
        Path file = file("o.csv", "id,from,to,commodity,units\n1,A,B,USD,100\n2,B,C,USD,90\n");
        Said said = Said.by("fund", "net", "--without", "A", file.toString());
        assertTrue(said.out().contains("90 of 90 settled"), said.out());
    }

    @Test
    void shouldRefuseObligationsByRowAndColumn() throws IOException {
        for (String row : new String[] {"1,A,B,USD,-5", "1,A,B,USD,0", "1,A,A,USD,5", "1,,B,USD,5", "1,A,B,USD,5,6"}) {
            Said said = net("id,from,to,commodity,units\n" + row + "\n");
            assertTrue(said.isOneLineRefusal(), row + ": " + said);
        }
        assertTrue(net("id,from,to,units\n1,A,B,5\n").err().contains("row 1, commodity: must be given"));
        assertTrue(net("id,from,to,commodity,units\n1,A,B,USD,5\n1,A,B,USD,5\n").isOneLineRefusal());
    }

    @Test
    void shouldRefuseADeclarationByFieldBeforeAnyHouseIsOpened() throws IOException {
        for (String body : new String[] {
            "{}",
            "[]",
            "{\"event\": 0, \"epoch\": 1, \"scenario\": \"1\", \"members\": [], \"seed\": \"00\", \"bids\": []}",
            "{\"event\": 1, \"epoch\": 1, \"scenario\": \"1\", \"members\": [{\"name\": \"A\"}], \"seed\": \"zz\"}",
            "{\"event\": 1, \"epoch\": 1, \"scenario\": \"1\", \"members\": [{\"name\": \"A\"}], \"seed\": \""
                    + "0".repeat(64)
                    + "\", \"bids\": [{\"account\": 1, \"bidder\": \"B\", \"price\": 0, \"lots\": 101}]}",
            "{\"event\": 1, \"epoch\": 1, \"scenario\": \"1\", \"members\": [{\"name\": \"A\"}], \"seed\": \""
                    + "0".repeat(64) + "\", \"other\": 1}"
        }) {
            assertTrue(
                    Said.by("fund", "default", "plan", file("d.json", body).toString())
                            .isOneLineRefusal(),
                    body);
        }
        assertTrue(Said.by("fund", "default", "settle", "zz").isOneLineRefusal());
    }

    /** What is held for the reserves is signed for no fund, and the reverse: before any house is opened. */
    @Test
    void shouldSignHoldingsForTheirOwnPurposeAlone() throws IOException {
        String list = folder.resolve("list").toString();
        Map<String, String> verbs = Map.of("book", "fund", "fund", "reserves");
        for (Map.Entry<String, String> verb : verbs.entrySet()) {
            for (String purpose : List.of("", "\"for\": \"both\",", "\"for\": \"" + verb.getValue() + "\",")) {
                Path file = file(
                        "holdings.json",
                        "{\"format\": \"bulwark-holdings\", \"version\": 1, " + purpose
                                + " \"listed\": [], \"holdings\": []}");
                Said said = Said.by("proof", "hold", verb.getKey(), file.toString(), "--out", list);
                assertTrue(said.isOneLineRefusal(), said.toString());
                assertTrue(said.err().contains("for"), said.err());
            }
        }
        KrakenHoldings fund = new KrakenHoldings(HoldingPurpose.FUND, Digest.sha256(new byte[0]), 1, 1);
        Files.write(Path.of(list), fund.of(Map.of(), true).canonical().encode());
        Said book = Said.by("proof", "prove", "book", "--holdings", list);
        assertTrue(book.isOneLineRefusal(), book.toString());
        assertTrue(book.err().contains("--holdings"), book.err());
        assertTrue(book.err().contains("must be reserves"), book.err());
    }

    private Said net(String csv) throws IOException {
        return Said.by("fund", "net", file("o.csv", csv).toString());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
