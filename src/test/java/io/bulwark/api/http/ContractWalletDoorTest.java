package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.recording.LocalWallet;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.api.venue.LinkFile;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.tier.OfChain;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner whose wallet is a contract signs in and consents; and contracts, keys and chains that are others' try the same. */
@OfChain
@OfHouse
final class ContractWalletDoorTest {
    private static final Path BED = Path.of("../../protocol-adapters/src/test/anvil");
    private static final long CHAIN = 31_351;

    @TempDir
    private Path folder;

    private SealedHouse sealed;
    private DoorClient client;
    private LinkKey key;
    private LinkKey stranger;

    @BeforeAll
    static void requireNode() {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: contract wallets at the door need " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    @Test
    void shouldLetAContractsOwnerInByTheOneChainThatTheHouseNames() throws Exception {
        key = LinkKey.in(folder.resolve("key"));
        stranger = LinkKey.in(folder.resolve("stranger"));
        try (NodeScript chain = NodeScript.start(BED, "chain.mjs", Long.toString(CHAIN))) {
            URI node = URI.create(chain.line().get("url").textValue());
            try (VenueTransport rpc = new VenueTransport("anvil", node, ReadBudget.perSecond(1_000))) {
                ChainAddress wallet = LocalWallet.deploy(rpc, LocalWallet.of(key.signer(Scheme.EIP191)));
                ChainAddress other = LocalWallet.deploy(rpc, LocalWallet.of(stranger.signer(Scheme.EIP191)));
                ChainAddress liar = LocalWallet.deploy(rpc, LocalWallet.WRONG_END);
                LocalWallet.ask(rpc, "anvil_mine", "[\"0x60\"]");
                names(node, CHAIN);
                try (SealedHouse house = SealedHouse.in(folder)) {
                    of(house, wallet);
                    comesIn(wallet);
                    staysOut(wallet, other, liar);
                }
                names(node, 1);
                try (SealedHouse house = SealedHouse.again(folder)) {
                    of(house, wallet);
                    refused("signature", wallet.text(), key, "node must serve chain 1; have " + CHAIN);
                }
                Files.delete(folder.resolve("home/contract-wallets.json"));
                try (SealedHouse house = SealedHouse.again(folder)) {
                    of(house, wallet);
                    refused("signature", wallet.text(), key, "names no node of one: contract-wallets.json");
                    assertTrue(client.challenge(wallet.text()).contains("\nChain ID: 1\n"));
                }
            }
        }
    }

    private void of(SealedHouse house, ChainAddress wallet) {
        sealed = house;
        client = new DoorClient(house);
        house.house().links().registerOwner(SealedHouse.MINE, wallet.text());
    }

    private void names(URI node, long chain) throws IOException {
        Path home = folder.resolve("home");
        if (!Files.exists(home)) {
            Files.createDirectory(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path file = home.resolve("contract-wallets.json");
        Files.writeString(file, "{\"chain\": " + chain + ", \"node\": \"" + node + "\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void comesIn(ChainAddress wallet) throws Exception {
        String text = client.challenge(wallet.text());
        assertTrue(text.contains("\nChain ID: " + CHAIN + "\n"), text);
        String by = DoorClient.signed(text, Scheme.ERC1271, DoorClient.sign(key, text, Scheme.EIP191));
        HttpResponse<String> in = client.send("POST", "/access/sign-in", "", by);
        assertEquals(200, in.statusCode(), in.body());
        JsonNode begun = DoorClient.JSON.readTree(in.body());
        assertEquals("[1]", begun.path("known").path("accounts").toString());
        assertEquals(wallet.text(), begun.path("known").path("name").asText());
        assertEquals(400, client.send("POST", "/access/sign-in", "", by).statusCode(), "a nonce serves once");
        String session = begun.path("token").asText();
        assertEquals(200, client.status("GET", "/accounts/1/margin", session, ""));
        assertEquals(404, client.status("GET", "/accounts/2/margin", session, ""));
        consents(wallet, session);
        links(wallet, session);
        byItsVerbs(wallet);
    }

    private void consents(ChainAddress wallet, String session) throws Exception {
        JsonNode prepared = DoorClient.JSON.readTree(client.prepare(session, "give", "maria", "margin"));
        DoorClient.Typed typed = new DoorClient.Typed(prepared.path("text").asText(), DoorClient.typed(prepared));
        String strangers = DoorClient.signedBy(prepared, contract(wallet, stranger.sign(typed, Scheme.EIP712)));
        HttpResponse<String> refused = client.send("POST", "/access/consents", session, strangers);
        assertEquals(400, refused.statusCode(), refused.body());
        assertEquals(
                "signature",
                DoorClient.JSON.readTree(refused.body()).path("field").asText());
        String own = DoorClient.signedBy(prepared, contract(wallet, key.sign(typed, Scheme.EIP712)));
        HttpResponse<String> taken = client.send("POST", "/access/consents", session, own);
        assertEquals(200, taken.statusCode(), taken.body());
    }

    /** A statement of another chain is another contract's, which may stand at the same address. */
    private void links(ChainAddress wallet, String session) throws Exception {
        for (long chain : List.of(1L, CHAIN)) {
            LinkStatement link = sealed.house()
                    .links()
                    .prepare(
                            LinkStatement.Action.LINK,
                            SealedHouse.MINE,
                            "deribit",
                            "30001",
                            Optional.of(chain),
                            Instant.now().plus(Duration.ofHours(1)));
            for (LinkKey by : List.of(stranger, key)) {
                String file = new LinkFile(link, List.of(contract(wallet, by.sign(link, Scheme.EIP712)))).json();
                HttpResponse<String> answer = client.send("POST", "/links", session, file);
                boolean taken = chain == CHAIN && by == key;
                assertEquals(taken ? 200 : 400, answer.statusCode(), answer.body());
                String rule = chain == 1 ? "must be of chain " + CHAIN : "must be taken by the contract";
                assertTrue(taken || answer.body().contains(rule), answer.body());
            }
        }
        assertEquals(List.of(), sealed.house().links().findings());
    }

    private static LinkSignature contract(ChainAddress wallet, LinkSignature byKey) {
        return new LinkSignature(Scheme.ERC1271, wallet.text(), byKey.bytes());
    }

    /** As its owner types it; the key alone, or of another form than the contract takes, is nobody. */
    private void byItsVerbs(ChainAddress wallet) {
        String url = sealed.door().address().toString();
        String kept = folder.resolve("key").toString();
        String session = folder.resolve("session").toString();
        String[] in = {"access", "sign-in", "--url", url, "--key", kept, "--out", session};
        assertTrue(sealed.verb(2, in).contains("signer"), "the house knows the contract, not its key");
        assertTrue(sealed.verb(2, with(in, "--contract", wallet.text(), "--scheme", "ed25519"))
                .contains("--scheme"));
        assertTrue(sealed.verb(2, with(in, "--contract", "somebody")).contains("signer"));
        String said = sealed.verb(0, with(in, "--contract", wallet.text()));
        assertTrue(said.startsWith("signed in as " + wallet.text()) && said.endsWith("accounts [1]"), said);
        String given = sealed.verb(
                0,
                with(
                        new String[] {"access", "consent", "--url", url, "--key", kept, "--session", session},
                        "--contract",
                        wallet.text(),
                        "--account",
                        "1",
                        "--to",
                        "otto"));
        assertTrue(given.contains("account 1, give margin to otto"), given);
        assertTrue(sealed.verb(0, "access", "log").contains("otto"));
    }

    private static String[] with(String[] verb, String... more) {
        return Stream.concat(Arrays.stream(verb), Arrays.stream(more)).toArray(String[]::new);
    }

    private void staysOut(ChainAddress wallet, ChainAddress other, ChainAddress liar) throws Exception {
        refused("signature", wallet.text(), stranger, "it says 0x00000000");
        refused("signature", liar.text(), key, "must be taken by the contract");
        refused("signature", "0x" + "12".repeat(20), key, "must be taken by the contract");
        refused("signature", key.signer(Scheme.EIP191), key, "must be taken by the contract");
        refused("signer", other.text(), stranger, "must be the key of an account's owner");
        String text = client.challenge(wallet.text());
        String own = DoorClient.sign(key, text, Scheme.EIP191);
        answers(400, "signature", DoorClient.signed(text, Scheme.EIP191, own));
        String elsewhere = text.replace("Chain ID: " + CHAIN, "Chain ID: 1");
        answers(
                400,
                "text",
                DoorClient.signed(elsewhere, Scheme.ERC1271, DoorClient.sign(key, elsewhere, Scheme.EIP191)));
        String later = client.challenge(wallet.text());
        answers(400, "signature", DoorClient.signed(later, Scheme.ERC1271, own));
        for (int bytes : List.of(1, 64, 66, LinkSignature.BYTES_MAX)) {
            answers(400, "signature", DoorClient.signed(text, Scheme.ERC1271, "0x" + "00".repeat(bytes)));
        }
        String longer = HexFormat.of().formatHex(new byte[LinkSignature.BYTES_MAX + 1]);
        answers(400, "signature", DoorClient.signed(text, Scheme.ERC1271, "0x" + longer));
        assertFalse(sealed.verb(0, "access", "log").contains(other.text()));
    }

    private void refused(String field, String wallet, LinkKey by, String words) throws Exception {
        String text = client.challenge(wallet);
        String said =
                answers(400, field, DoorClient.signed(text, Scheme.ERC1271, DoorClient.sign(by, text, Scheme.EIP191)));
        assertTrue(said.contains(words), said);
    }

    private String answers(int status, String field, String body) throws Exception {
        HttpResponse<String> answer = client.send("POST", "/access/sign-in", "", body);
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                field, DoorClient.JSON.readTree(answer.body()).path("field").asText(), answer.body());
        return answer.body();
    }
}
