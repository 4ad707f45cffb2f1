package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.clearing.position.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A house's registry on a chain of its own, put there by the verb; its node answers at an address behind which it may be away. */
final class LocalRegistry implements AutoCloseable {
    private static final Path BED = Path.of("../../protocol-adapters/src/test/anvil");
    private static final Path CONTRACTS = Path.of("../../zk-prover/contracts");
    private static final Path KEY = Path.of("../../api/src/test/resources/chain/account.vk");
    private static final long CHAIN = 31_343;

    /** Of the first account of development chains, which has coins. */
    static final String RICH = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private final Path files;
    private final NodeScript script;
    private final EvmNode node;
    private final HttpServer front;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private volatile boolean away;

    private LocalRegistry(Path files, NodeScript script, Path signers, long delaySeconds)
            throws IOException, InterruptedException, VenueException {
        this.files = files;
        this.script = script;
        URI url = URI.create(script.line().get("url").textValue());
        this.node = new EvmNode("chain", CHAIN, new VenueTransport("chain", url, ReadBudget.perSecond(1_000)));
        ask("evm_setAutomine", "[true]");
        this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", this::answer);
        front.start();
        this.address = deployed(signers, delaySeconds);
    }

    /** Skips with a line that says what is missing. */
    static void require() {
        for (Path place : new Path[] {BED, CONTRACTS}) {
            String missing = NodeScript.missing(place);
            if (!missing.isEmpty()) {
                System.out.println("skipped: a registry on a local chain needs " + missing);
            }
            Assumptions.assumeTrue(missing.isEmpty(), missing);
        }
    }

    /**
     * Puts it there.
     *
     * @param files for what is written beside it
     * @param signers an epoch signed for contracts, or a genesis
     * @param delaySeconds before another node set counts
     */
    static LocalRegistry start(Path files, Path signers, long delaySeconds) throws Exception {
        return new LocalRegistry(
                files, NodeScript.start(BED, "chain.mjs", Long.toString(CHAIN)), signers, delaySeconds);
    }

    private String deployed(Path signers, long delaySeconds) throws IOException, InterruptedException {
        Path source = files.resolve("account.sol");
        try (PrintWriter written = new PrintWriter(Files.newBufferedWriter(source))) {
            written.print(Verb.said(0, files.resolve("nobody"), "proof", "key", KEY.toString()));
        }
        Path compiled = files.resolve("compiled.json");
        Process compiler = new ProcessBuilder(
                        "node", "compile.mjs", source.toAbsolutePath().toString())
                .directory(CONTRACTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(compiled.toFile())
                .start();
        assertEquals(0, compiler.waitFor());
        String deployed = Verb.said(
                0,
                files.resolve("nobody"),
                "chain",
                "deploy",
                signers.toString(),
                "--key",
                KEY.toString(),
                "--compiled",
                compiled.toString(),
                "--test-network",
                "--delay",
                Long.toString(delaySeconds),
                "--node",
                url(),
                "--chain",
                Long.toString(CHAIN),
                "--key-file",
                secret("rich.key", RICH).toString());
        return new ObjectMapper().readTree(deployed).at("/registry/contract").textValue();
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(files.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private String url() {
        return "http://127.0.0.1:" + front.getAddress().getPort();
    }

    /** Where it stands. */
    String address() {
        return address;
    }

    /** Names it in a home. */
    void watchedBy(Path home) throws IOException {
        Files.writeString(home.resolve("registry.json"), place() + "}");
    }

    /** Names it in a home that pays with a key. */
    void paidBy(Path home, String name, String secret) throws IOException {
        Files.writeString(home.resolve("registry.json"), place() + ", \"key.file\": \"" + secret(name, secret) + "\"}");
    }

    private String place() {
        return "{\"node\": \"" + url() + "\", \"chain\": " + CHAIN + ", \"registry\": \"" + address + "\"";
    }

    /** Whether its node is cut off from now on. */
    void isAway(boolean cut) {
        away = cut;
    }

    /** The digest of an epoch as it stands there, hexadecimal; zeros where it does not. */
    String digest(long epoch) throws VenueException {
        return "%064x"
                .formatted(
                        asked(RegistryCalls.EPOCHS, BigInteger.valueOf(epoch)).<BigInteger>get(0));
    }

    /** The set that signed an epoch. */
    long setOf(long epoch) throws VenueException {
        return asked(RegistryCalls.EPOCHS, BigInteger.valueOf(epoch)).<Long>get(2);
    }

    /** What it answers. */
    Tuple asked(Function function, Object... values) throws VenueException {
        return node.newest(EvmCall.ofValues(address, function, values));
    }

    /** How many transactions the account that pays has sent. */
    long sent() throws VenueException {
        String account = script.line().get("accounts").get(0).textValue();
        return Long.decode(EvmNode.text("chain", ask("eth_getTransactionCount", "[\"" + account + "\",\"latest\"]")));
    }

    /** Lets time pass on the chain: what follows is in a block of this time, Unix seconds. */
    void isAt(long seconds) throws VenueException {
        ask("evm_setNextBlockTimestamp", "[" + seconds + "]");
        ask("evm_mine", "[]");
    }

    private Reading ask(String method, String parameters) throws VenueException {
        return node.ask(List.of(new Question(method, parameters))).getFirst();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            if (away) {
                return;
            }
            byte[] answer = client.send(
                            HttpRequest.newBuilder(
                                            URI.create(script.line().get("url").textValue()))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        front.stop(0);
        client.close();
        node.close();
        script.close();
    }
}
