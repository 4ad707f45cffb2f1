package io.bulwark.api.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.api.Said;
import io.bulwark.api.chain.ChainSender.HeadPosts;
import io.bulwark.api.door.ExitCode;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainKeyCertificate;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import io.bulwark.tier.OfChain;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The registry by verbs, on a local chain: deployed with the verifier of a key file, told of an epoch, shown a genuine proof. The proof was
 * made once, for the registry that the first account of development chains creates second on chain 31342.
 */
@OfChain
final class ChainCommandTest {
    private static final Path BED = Path.of("../protocol-adapters/src/test/anvil");
    private static final Path CONTRACTS = Path.of("../zk-prover/contracts");
    private static final String CHAIN = "31342";
    private static final String SECRET = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private static final String REGISTRY = "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512";
    private static final Digest HOUSE =
            Digest.parse("00c2630fe2396ac28cae6af3e32e99715ac1ae0de90abf91cf7d474a31848f2a");
    private static final Digest EPOCH =
            Digest.parse("00ff31aaef2190e56171af628d7af8f28dc8f6d0d9d84497a590289cf773c1a5");

    @TempDir
    private Path folder = Path.of("");

    private Path key = Path.of("");

    @BeforeEach
    void keepTheKey() throws IOException {
        key = Files.writeString(folder.resolve("payer.key"), SECRET);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldDeployPublishAndSubmit() throws IOException, InterruptedException {
        requireNode();
        try (NodeScript chain = NodeScript.start(BED, "chain.mjs", CHAIN)) {
            String node = chain.line().get("url").asText();
            mineAtOnce(node);
            Path attestation = attestation(true);
            Path verifier = resource("account.vk");
            Said real = said(node, "deploy", attestation, "--key", verifier, "--compiled", compiled(verifier));
            assertEquals(ExitCode.BAD_INPUT, real.code());
            assertTrue(real.err().contains("the contract refuses: KeyUnsafe"), real.err());

            // The refused registry was not sent, but its verifier was: the same account begins again on another chain
            // of this number.
            assertFalse(real.err().contains(SECRET.substring(0, 8)), "the key is not printed");
        }
        try (NodeScript chain = NodeScript.start(BED, "chain.mjs", CHAIN)) {
            String node = chain.line().get("url").asText();
            mineAtOnce(node);
            Path attestation = attestation(true);
            Path verifier = resource("account.vk");
            Said deployed = said(
                    node,
                    "deploy",
                    attestation,
                    "--key",
                    verifier,
                    "--compiled",
                    compiled(verifier),
                    "--test-network",
                    "--delay",
                    60);
            assertEquals(ExitCode.OK, deployed.code(), deployed.err());
            JsonNode answer = new ObjectMapper().readTree(deployed.out());
            assertEquals(REGISTRY, answer.at("/registry/contract").asText());
            assertEquals(2, answer.get("threshold").asInt());

            Object[] shown = {
                "submit", resource("proof.json"), "--registry", REGISTRY, "--purpose", "credit line", "--nonce", 5
            };
            assertRefused("the contract refuses: SealUnknown", said(node, shown));
            postByItself(node, attestation);
            assertRefused("the contract refuses: Known", said(node, "publish", attestation, "--registry", REGISTRY));

            Object[] otherNonce = shown.clone();
            otherNonce[7] = 6;
            assertRefused("challenge: must be for verifier eip155:31342:" + REGISTRY, said(node, otherNonce));
            Object[] otherPurpose = shown.clone();
            otherPurpose[5] = "a loan";
            assertRefused("scope: must be for verifier eip155:31342:" + REGISTRY, said(node, otherPurpose));
            Said accepted = said(node, shown);
            assertEquals(ExitCode.OK, accepted.code(), accepted.err());
            long gas = new ObjectMapper().readTree(accepted.out()).get("gas").asLong();
            assertTrue(gas > 300_000 && gas < 420_000, "a real verifier answered: " + gas);
            assertRefused("the contract refuses: NotLater", said(node, shown));
        }
    }

    /** What a home names in registry.json is told of an epoch without anybody typing it; told twice, it stands there already. */
    private void postByItself(String node, Path attestation) throws IOException {
        Home home = new Home(Files.createDirectories(folder.resolve("home")));
        Path registry = home.folder().resolve("registry.json");
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        assertTrue(HeadPosts.of(home, lines::add).isEmpty(), "no registry is named");
        String place = "{\"node\": \"" + node + "\", \"chain\": " + CHAIN + ", \"registry\": \"" + REGISTRY + "\"";
        Files.writeString(registry, place + "}");
        assertTrue(HeadPosts.of(home, lines::add).isEmpty());
        assertEquals(
                List.of("registry " + REGISTRY
                        + " is not told of epochs: registry.json names no key that pays (key.file)"),
                lines);
        Files.writeString(registry, place.replace(REGISTRY, "0x12") + "}");
        BadInput refused = assertThrows(BadInput.class, () -> HeadPosts.of(home, lines::add));
        assertEquals(registry + ": registry", refused.field());
        Files.writeString(registry, place + ", \"key.file\": \"" + key + "\"}");
        lines.clear();
        AttestationFile signed = AttestationFile.of(attestation);
        try (HeadPosts posts = HeadPosts.of(home, lines::add).orElseThrow()) {
            posts.post(signed.number(), signed.digest(), Arrays.copyOf(signed.signatures(), 65));
            posts.post(signed.number(), signed.digest(), signed.signatures());
            posts.post(signed.number(), signed.digest(), signed.signatures());
        }
        assertEquals(3, lines.size(), lines::toString);
        assertTrue(
                lines.get(0).endsWith("NOT in registry " + REGISTRY + ": the contract refuses: TooFewSignatures"),
                lines::toString);
        assertTrue(
                lines.get(1).startsWith("epoch 7 stands in registry " + REGISTRY + " of chain " + CHAIN),
                lines::toString);
        assertEquals("epoch 7 stands in registry " + REGISTRY + " already", lines.get(2));
    }

    @Test
    void shouldRefuseInOneLineWithoutTheKey() throws IOException {
        Path attestation = attestation(true);
        Said unreadable = said("http://127.0.0.1:1", "publish", attestation(false), "--registry", REGISTRY);
        assertRefused("must be certified by member", unreadable);
        assertRefused("--registry = 0x12", said("http://127.0.0.1:1", "publish", attestation, "--registry", "0x12"));
        assertRefused(
                "must be an http or https address", said("ftp://node", "publish", attestation, "--registry", REGISTRY));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Said open = said("http://127.0.0.1:1", "publish", attestation, "--registry", REGISTRY);
        assertRefused("must be readable by its owner alone (0600)", open);
        Files.delete(key);
        assertRefused("must exist", said("http://127.0.0.1:1", "publish", attestation, "--registry", REGISTRY));
        assertFalse(Files.exists(key), "a key that pays is never drawn in silence");
        Files.writeString(key, SECRET.substring(1) + "x");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Said wrong = said("http://127.0.0.1:1", "publish", attestation, "--registry", REGISTRY);
        assertRefused("must hold 64 lower-case hexadecimal digits", wrong);
        assertFalse(wrong.err().contains(SECRET.substring(1, 9)), wrong.err());
        Said absent = Said.by(
                "chain",
                "publish",
                attestation.toString(),
                "--registry",
                REGISTRY,
                "--node",
                "http://127.0.0.1:1",
                "--chain",
                CHAIN,
                "--key-env",
                "BULWARK_NO_SUCH_KEY");
        assertRefused("--key-env = BULWARK_NO_SUCH_KEY: must be set", absent);
    }

    private static void assertRefused(String why, Said said) {
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains(why), said.err());
    }

    private Said said(String node, Object... step) {
        List<String> arguments = new ArrayList<>(List.of("chain"));
        Arrays.stream(step).map(Object::toString).forEach(arguments::add);
        arguments.addAll(List.of("--node", node, "--chain", CHAIN, "--key-file", key.toString()));
        return Said.by(arguments.toArray(String[]::new));
    }

    /** What the house's export writes, for the epoch of the proof; three signers. */
    private Path attestation(boolean certified) throws IOException {
        ChainStatement statement = new ChainStatement.OfEpoch(HOUSE, 7, EPOCH);
        List<ChainKey> keys = List.of(ChainKey.generate(), ChainKey.generate(), ChainKey.generate());
        ObjectMapper json = new ObjectMapper();
        var root = json.createObjectNode();
        root.put("house", HOUSE.hex()).put("number", 7).put("digest", EPOCH.hex());
        var nodes = root.putArray("nodes");
        for (ChainKey chainKey : keys) {
            ChainKeyCertificate certificate =
                    QuorumKey.generate().certify(certified ? HOUSE : EPOCH, chainKey.address());
            nodes.addObject()
                    .put("address", certificate.address().text())
                    .put("member", certificate.member().hex())
                    .put("certificate", HexFormat.of().formatHex(certificate.signature()));
        }
        byte[] joined = ChainSignature.joined(
                statement, keys.stream().map(k -> k.sign(statement)).toList());
        root.put("signatures", "0x" + HexFormat.of().formatHex(joined));
        return Files.writeString(folder.resolve("attestation-" + certified + ".json"), root.toString());
    }

    /** What the contracts' compiler prints for them and the verifier of a key. */
    private Path compiled(Path key) throws IOException, InterruptedException {
        Said exported = Said.by("proof", "key", key.toString());
        assertEquals(ExitCode.OK, exported.code(), exported.err());
        Path source = Files.writeString(folder.resolve("account.sol"), exported.out());
        File output = folder.resolve("compiled.json").toFile();
        Process process = new ProcessBuilder(
                        "node", "compile.mjs", source.toAbsolutePath().toString())
                .directory(CONTRACTS.toFile())
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals(0, process.waitFor());
        return output.toPath();
    }

    private static Path resource(String name) {
        return Path.of(Objects.requireNonNull(ChainCommandTest.class.getResource("/chain/" + name), name)
                .getPath());
    }

    private static void requireNode() {
        for (Path place : List.of(BED, CONTRACTS)) {
            String missing = NodeScript.missing(place);
            if (!missing.isEmpty()) {
                System.out.println("skipped: the registry by verbs needs " + missing);
            }
            Assumptions.assumeTrue(missing.isEmpty(), missing);
        }
    }

    private static void mineAtOnce(String node) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(URI.create(node))
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"evm_setAutomine\",\"params\":[true]}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
