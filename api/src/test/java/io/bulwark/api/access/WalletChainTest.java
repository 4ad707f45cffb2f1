package io.bulwark.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a home says of the chain of its owners' contract wallets. */
class WalletChainTest {
    private static final String NODE = "http://127.0.0.1:1/a-key-of-mine";

    @TempDir
    private Path home;

    private WalletChain of(String json, String permissions) throws IOException {
        Path file = Files.writeString(home.resolve("contract-wallets.json"), json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return WalletChain.of(new Home(home));
    }

    private static String said(WalletChain chain) {
        return chain.objection(1, new ChainAddress("0x" + "12".repeat(20)), Digest.ZERO, new byte[65])
                .orElseThrow();
    }

    @Test
    void shouldAskNobodyWhereNoChainIsNamed() {
        try (WalletChain none = WalletChain.of(new Home(home))) {
            assertEquals(1, none.chainId());
            assertTrue(said(none).contains("names no node of one: contract-wallets.json"));
        }
    }

    @Test
    void shouldTakeNothingWhileItsNodeIsAwayAndNotSayWhereThatIs() throws IOException {
        try (WalletChain named = of("{\"chain\": 10, \"node\": \"" + NODE + "\"}", "rw-------")) {
            assertEquals(10, named.chainId());
            String said = said(named);
            assertTrue(said.startsWith("must be taken by the contract"), said);
            assertFalse(said.contains("127.0.0.1") || said.contains("a-key-of-mine"), said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"chain\": 0, \"node\": \"http://127.0.0.1:1/a-key-of-mine\"} | rw------- | contract-wallets.json: chain",
                "{\"chain\": 1, \"node\": \"ftp://127.0.0.1:1/a-key-of-mine\"} | rw------- | contract-wallets.json: node",
                "{\"chain\": 1, \"node\": \"a-key-of-mine\"} | rw------- | contract-wallets.json: node",
                "{\"chain\": 1} | rw------- | contract-wallets.json: node",
                "{\"chain\": 1, \"node\": \"http://a\", \"nodes\": \"a-key-of-mine\"} | rw------- | contract-wallets.json: nodes",
                "[\"a-key-of-mine\"] | rw------- | contract-wallets.json",
                "{\"chain\": 1, \"node\": \"http://127.0.0.1:1/a-key-of-mine\"} | rw-r----- | contract-wallets.json"
            })
    void shouldRefuseWhatCannotBeWithoutSayingAnAddress(String json, String permissions, String field) {
        BadInput refused = assertThrows(BadInput.class, () -> of(json, permissions));
        assertEquals(field, refused.field());
        assertFalse(String.valueOf(refused.getMessage()).contains("a-key-of-mine"), refused.getMessage());
    }
}
