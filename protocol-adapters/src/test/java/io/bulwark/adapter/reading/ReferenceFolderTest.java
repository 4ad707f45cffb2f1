package io.bulwark.adapter.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every payload of the reference folder: read in full, but for what stands here with its reason. */
class ReferenceFolderTest {
    /**
     * By file, the field that is refused and its rule: two feeds of which the pool's report does not say the decimals, a fixture whose figures do not add up, and a sample in
     * which every figure is blank.
     */
    private static final Map<String, String> REFUSED = Map.of(
            "aave/aave_v3_avalanche_pool_2023-10-31.json",
            "reserves.0x2b2C81e08f1Af8835a78Bb2A90AE924ACE0eA4bE.oracleDecimals is missing (absent is not zero)",
            "aave/aave_v3_ethereum_pool_2023-10-31.json",
            "reserves.0xae78736Cd615f374D3085123A210448E74Fc6393.oracleDecimals is missing (absent is not zero)",
            "dydx/ws_subaccounts_subscribed.json",
            "subaccount.equity must be USDC + size * entry price + unrealised gain = 121625",
            "okx/jkorf_GetGreeks.txt",
            "payload must hold a fact (every figure in it is absent or nought)");

    @Test
    void shouldReadEveryFileInFullOrRefuseItForTheReasonThatStandsHere() throws IOException {
        Path folder = ReferenceFiles.folder("venues");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, 2)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> folder.relativize(file).getNameCount() == 2)
                    .sorted()
                    .toList();
        }
        assertTrue(files.size() >= 106, files.size() + " files");
        Map<String, String> refused = new TreeMap<>();
        List<String> silent = new ArrayList<>();
        long facts = 0;
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            FactSheet sheet = PayloadReading.ofClassPath()
                    .read(folder.relativize(file).getName(0).toString(), Files.readAllBytes(file));
            facts += sheet.size();
            if (sheet.size() == 0 && sheet.refused().isEmpty()) {
                silent.add(name);
            }
            sheet.refused()
                    .forEach(refusal -> refused.merge(
                            name, refusal.field() + " " + refusal.rule(), (one, other) -> one + "; " + other));
        }
        System.out.println(facts + " facts in " + files.size() + " files");
        assertEquals(List.of(), silent);
        assertEquals(REFUSED, refused);
    }
}
