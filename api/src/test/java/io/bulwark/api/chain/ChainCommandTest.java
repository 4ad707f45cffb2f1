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
import io.bulwark.clearing.attestation.ChainStatement.OfEpoch;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.node.NodeList;
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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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

    private List<ChainKey> signing = List.of();

    @BeforeEach
    void keepTheKey() throws IOException {
        key = secret("payer.key", SECRET);
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
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
            postByItself(node);
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

    /** A house of which the epochs are given. */
    private record Given(
            AtomicLong sealed, Map<Long, HeadPosts.Head> heads, List<NodeList> lists, List<ChainKey> handing)
            implements HeadPosts.Source {
        Given(long sealed, Map<Long, HeadPosts.Head> heads) {
            this(new AtomicLong(sealed), heads, new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public List<ChainSignature> handOver(ChainStatement.OfAct act, List<NodeList> between) {
            assertEquals(lists, between);
            return handing.stream().map(signer -> signer.sign(act)).toList();
        }

        @Override
        public long last() {
            return sealed.get();
        }

        @Override
        public Optional<HeadPosts.Head> head(long number) {
            return Optional.ofNullable(heads.get(number));
        }
    }

    private HeadPosts.Head head(long number, Digest digest, int signers) {
        SealedEpoch sealed = new SealedEpoch(
                new Epoch(HOUSE, number, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH), digest);
        return new HeadPosts.Head(
                sealed,
                signing.stream()
                        .limit(signers)
                        .map(signer -> signer.sign(OfEpoch.of(sealed)))
                        .toList());
    }

    private static Digest other(int number) {
        byte[] bytes = new byte[Digest.LENGTH];
        bytes[Digest.LENGTH - 1] = (byte) number;
        return Digest.of(bytes);
    }

    /**
     * What a home names in registry.json is told of epochs without anybody typing it, of those that it missed too; again, it stands there
     * already; what somebody else published of a number is not called ours.
     */
    private void postByItself(String node) throws IOException {
        Home home = new Home(Files.createDirectories(folder.resolve("home")));
        Path registry = home.folder().resolve("registry.json");
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Given house = new Given(7, new HashMap<>(Map.of(7L, head(7, EPOCH, 1))));
        assertTrue(HeadPosts.of(home, house, lines::add).isEmpty(), "no registry is named");
        String place = "{\"node\": \"" + node + "\", \"chain\": " + CHAIN + ", \"registry\": \"" + REGISTRY + "\"";
        Files.writeString(registry, place + "}");
        assertTrue(HeadPosts.of(home, house, lines::add).isEmpty());
        assertEquals(
                List.of("registry " + REGISTRY
                        + " is not told of epochs: registry.json names no key that pays (key.file)"),
                lines);
        Files.writeString(registry, place.replace(REGISTRY, "0x12") + "}");
        BadInput refused = assertThrows(BadInput.class, () -> HeadPosts.of(home, house, lines::add));
        assertEquals(registry + ": registry", refused.field());
        Path poor = secret("poor.key", "22".repeat(32));
        Files.writeString(registry, place + ", \"key.file\": \"" + key + "\"}");
        Path purse = Files.writeString(folder.resolve("purse.json"), place + ", \"key.file\": \"" + poor + "\"}");

        String there = "registry " + REGISTRY;
        assertEquals(
                List.of("epoch 7 is NOT in " + there
                        + ", and is tried again: 1 of its signers are nodes of set 1 there," + " which needs 2"),
                posted(home, house));
        house.heads().put(7L, head(7, EPOCH, 3));
        Files.move(registry, folder.resolve("rich.json"));
        Files.move(purse, registry);
        assertEquals(
                List.of("epoch 7 is NOT in " + there
                        + ", and is tried again: the account that pays must have enough for the gas"),
                posted(home, house));
        Files.move(folder.resolve("rich.json"), registry, StandardCopyOption.REPLACE_EXISTING);
        assertStands(7, posted(home, house));
        assertEquals(List.of("epoch 7 stands in " + there + " already"), posted(home, house));
        for (int number = 8; number <= 10; number++) {
            house.heads().put((long) number, head(number, other(number), 2));
        }
        house.sealed().set(10);
        assertStands(8, posted(home, house));
        house.heads().put(10L, head(10, other(99), 2));
        String both = "EQUIVOCATION: epoch 10 was sealed here as " + other(99) + " and stands in " + there + " as "
                + other(10) + ", signed by set 1: it takes no proof over that epoch";
        assertEquals(List.of(both), posted(home, house));
        assertEquals(List.of(both), posted(home, house), "once there it is not sent again");
        handOverByItself(home, house);
        Given another = new Given(
                7,
                Map.of(
                        7L,
                        new HeadPosts.Head(
                                new SealedEpoch(
                                        new Epoch(
                                                EPOCH, 7, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH, EPOCH,
                                                EPOCH),
                                        EPOCH),
                                List.of())));
        assertTrue(posted(home, another).getFirst().endsWith("it must be of this house; it is of another"));
    }

    /** Before the first head that a new list of nodes signed, that list is put there, as soon as enough of both have signed it. */
    private void handOverByItself(Home home, Given house) {
        ChainKey joining = ChainKey.generate();
        NodeList first = list(0, Digest.ZERO, 1, signing);
        List<ChainKey> then = new ArrayList<>(signing);
        then.add(joining);
        house.lists().addAll(List.of(first, list(1, first.digest(), 12, then)));
        house.heads().put(11L, head(11, other(11), 3));
        house.sealed().set(10);
        assertEquals(1, posted(home, house).size(), "it is not due yet");
        house.heads().put(12L, head(12, other(12), 3));
        house.sealed().set(12);
        house.handing().add(signing.getFirst());
        List<String> lines = posted(home, house);
        assertStands(11, lines.subList(0, 1));
        assertEquals(
                "registry " + REGISTRY
                        + " is NOT handed over to list 1 yet: it is signed by 1 of the 2 nodes before and by"
                        + " 1 of the 3 after that it needs",
                lines.get(1));
        assertStands(12, lines.subList(2, 3));
        house.handing().addAll(List.of(signing.get(1), joining, ChainKey.generate()));
        lines = posted(home, house);
        assertTrue(lines.contains("epoch 12 stands in registry " + REGISTRY + " already"), lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("list 1 stands in registry " + REGISTRY + " as set 2, block ")
                                && line.contains(", in force from 20")),
                lines::toString);
        assertTrue(
                posted(home, house).stream()
                        .anyMatch(line -> line.startsWith(
                                "registry " + REGISTRY + " is NOT handed over to list 1 yet: set 2 follows at 20")),
                "it is not handed over twice");
    }

    private static NodeList list(int number, Digest previous, int from, List<ChainKey> nodes) {
        return new NodeList(
                HOUSE,
                number,
                previous,
                from,
                3,
                nodes.stream()
                        .map(node -> new NodeList.Member(
                                Digest.sha256(node.address().bytes()),
                                node.address(),
                                "http://127.0.0.1:" + (7_001 + nodes.indexOf(node))))
                        .toList(),
                NodeList.Terms.INITIAL);
    }

    private static void assertStands(int first, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            assertTrue(
                    lines.get(i)
                            .startsWith("epoch " + (first + i) + " stands in registry " + REGISTRY + " of chain "
                                    + CHAIN + ", block "),
                    lines::toString);
        }
        assertFalse(lines.isEmpty());
    }

    /** What is said until everything that can be told is told. */
    private static List<String> posted(Home home, Given house) {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        HeadPosts.of(home, house, lines::add).orElseThrow().close();
        return lines;
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
        signing = keys;
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
