package io.bulwark.api.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.bulwark.api.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the verb refuses; what it reads is in the tests of the contracts, on real chains. */
final class MirrorCommandTest {
    private static final String REGISTRY = "0x00000000000000000000000000000000000000aa";

    private static Said mirror(String node, String registry, String epoch) {
        return Said.by("epoch", "mirror", "--node", node, "--chain", "31337", "--registry", registry, "--epoch", epoch);
    }

    @Test
    void shouldRefuseInOneLineAndNeverRepeatTheAddressOfTheNode() {
        for (String node :
                new String[] {"ftp://secret-key@node", "secret-key", "http:/secret-key", "http://::secret-key"}) {
            Said said = mirror(node, REGISTRY, "1");
            assertTrue(said.isOneLineRefusal(), said.toString());
            assertTrue(said.err().contains("--node"), said.err());
            assertFalse(said.err().contains("secret"), said.err());
        }
        assertTrue(mirror("http://127.0.0.1:1/secret-key", "0xAA", "1").isOneLineRefusal());
        assertTrue(mirror("http://127.0.0.1:1/secret-key", REGISTRY, "0").isOneLineRefusal());
        Said nobody = mirror("http://127.0.0.1:1/secret-key", REGISTRY, "1");
        assertTrue(nobody.isOneLineRefusal(), nobody.toString());
        assertFalse(nobody.err().contains("secret"), nobody.err());
    }

    /** A node of another chain, and one that makes blocks up. */
    @Test
    void shouldRefuseANodeThatLies() throws IOException {
        assertRefused("0x1", "must serve chain 31337");
        assertRefused("0x7a69", "must hash to");
    }

    private static void assertRefused(String chain, String rule) throws IOException {
        String block = "{\"hash\":\"0x" + "11".repeat(32)
                + "\",\"number\":\"0x5\",\"timestamp\":\"0x6\",\"parentHash\":\"0x" + "22".repeat(32)
                + "\",\"sha3Uncles\":\"0x\",\"miner\":\"0x\",\"stateRoot\":\"0x" + "33".repeat(32)
                + "\",\"transactionsRoot\":\"0x\",\"receiptsRoot\":\"0x\",\"logsBloom\":\"0x\",\"difficulty\":\"0x0\",\"gasLimit\":\"0x1\",\"gasUsed\":\"0x1\",\"extraData\":\"0x\",\"mixHash\":\"0x\",\"nonce\":\"0x\"}";
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String first = asked.contains("eth_chainId") ? '"' + chain + '"' : block;
            String second = asked.contains("eth_getProof") ? "{}" : block;
            byte[] answer = ("[{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":" + first
                            + "},{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + second + "}]")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Said said = mirror("http://127.0.0.1:" + server.getAddress().getPort(), REGISTRY, "1");
            assertTrue(said.isOneLineRefusal(), said.toString());
            assertTrue(said.err().contains(rule), said.err());
            assertEquals("", said.out());
        } finally {
            server.stop(0);
        }
    }
}
