package io.bulwark.api.crif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Said;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.door.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CRIF at the command line, over a table in a file. */
final class CrifCommandTest {
    private static final String VEGA = "x,mine,Commodity,Risk_CommodityVol,BTC,16,1m,,1,USD,1\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldWriteAndReadAndMarginWhatWasRead() throws IOException {
        Said rows = Said.by("account", "crif", "write", portfolio(), "--portfolio", "mine", "--table", table());
        assertEquals(ExitCode.OK, rows.code(), rows.err());
        // 0.3 BTC at 60,000 USD: 1 % is 180 USD.
        assertTrue(
                rows.out()
                        .contains(
                                "positions/BTC-PERP,mine,Commodity,Risk_Commodity,BTC,16,,,180.000000,USD,180.000000"),
                rows.out());
        Said back = Said.by("account", "crif", "read", write("rows.csv", rows.out()), "--table", table());
        assertEquals(ExitCode.OK, back.code(), back.err());
        Said margin = Said.by("account", "margin", write("back.json", back.out()), "--table", table(), "--json");
        assertEquals(ExitCode.OK, margin.code(), margin.err());
        assertTrue(margin.out().contains("\"lots\" : 300"), margin.out());
    }

    @Test
    void shouldRefuseVegaByNameAndMapTheRest() throws IOException {
        Said rows = Said.by("account", "crif", "write", portfolio(), "--portfolio", "mine", "--table", table());
        String file = write("rows.csv", rows.out() + VEGA);
        Said back = Said.by("account", "crif", "read", file, "--table", table());
        assertEquals(ExitCode.BAD_INPUT, back.code());
        assertTrue(back.out().contains("\"lots\" : 300"), back.out());
        assertEquals(
                file
                        + ":3: RiskType must be a delta: vega of BTC does not say which option made it; have Risk_CommodityVol",
                back.err().strip());
    }

    @Test
    void shouldRefuseInOneLine() throws IOException {
        assertTrue(Said.by("account", "crif", "write", "--table", table()).isOneLineRefusal());
        assertTrue(Said.by("account", "crif", "write", portfolio(), "--portfolio", " ", "--table", table())
                .isOneLineRefusal());
        assertTrue(Said.by("account", "crif", "read", folder.resolve("absent").toString(), "--table", table())
                .isOneLineRefusal());
    }

    private String portfolio() throws IOException {
        return write("portfolio.json", "{\"cash\": 5, \"positions\": [{\"id\": \"BTC-PERP\", \"lots\": 300}]}");
    }

    private String table() throws IOException {
        return Files.write(folder.resolve("table.cbor"), SmallTable.TABLE.encode())
                .toString();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
