package io.bulwark.api.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's own file: what it may say, and that a refusal names file and field. */
final class NodeConfigurationTest {
    private static final String BEGINS = "{\"listen\": \"127.0.0.1:0\", \"venues\": \"venues.json\"";

    @TempDir
    private Path folder = Path.of("");

    private NodeConfiguration read(String text) throws IOException {
        return NodeConfiguration.read(Files.writeString(folder.resolve("node.json"), text));
    }

    private void refused(String field, String text) {
        BadInput refusal = assertThrows(BadInput.class, () -> read(text));
        assertEquals(folder.resolve("node.json") + field, refusal.field(), refusal::getMessage);
        assertFalse(String.valueOf(refusal.getMessage()).contains("hunter2"), refusal::getMessage);
    }

    private String kafka(String more) throws IOException {
        Files.writeString(folder.resolve("secret"), "hunter2\n");
        return BEGINS + ", \"kafka\": {\"bootstrap\": \"localhost:9092\", \"user\": \"node\", \"tls\": \"off\", " + more
                + "}}";
    }

    @Test
    void shouldNameTheFileAndTheField() throws IOException {
        assertEquals(folder.resolve("venues.json"), read(BEGINS + "}").venues());
        assertTrue(read(BEGINS + "}").topic().isEmpty());
        refused("", "{");
        refused("", "[]");
        refused(": listen", "{\"venues\": \"venues.json\"}");
        refused(": listen", "{\"listen\": \"here\", \"venues\": \"venues.json\"}");
        refused(": voteMillis", BEGINS + ", \"voteMillis\": 0}");
        refused(": more", BEGINS + ", \"more\": 1}");
        refused(": kafka", BEGINS + ", \"kafka\": \"localhost:9092\"}");
    }

    @Test
    void shouldTakeTheBrokersOfServersWithATopicAndItsNodes() throws IOException {
        NodeConfiguration.OnTopic all =
                read(kafka("\"password.file\": \"secret\"")).topic().orElseThrow();
        assertEquals("bulwark.nodes", all.name());
        assertEquals("hunter2", all.brokers().password());
        assertEquals("localhost:9092 as node", all.brokers().toString(), "what is printed holds no secret");
        Digest one = Digest.sha256(new byte[] {1});
        Digest other = Digest.sha256(new byte[] {2});
        assertTrue(all.has(one) && all.has(other));
        NodeConfiguration.OnTopic some = read(kafka(
                        "\"password.file\": \"secret\", \"topic\": \"ours\", \"nodes\": [\"" + one + "\"]"))
                .topic()
                .orElseThrow();
        assertEquals("ours", some.name());
        assertTrue(some.has(one));
        assertFalse(some.has(other), "who is not on the topic is reached over HTTP");
    }

    @Test
    void shouldRefuseBrokersByTheRulesOfServers() throws IOException {
        refused(": kafka.password", kafka("\"password\": \"hunter2\""));
        refused(": kafka.password", kafka("\"mechanism\": \"PLAIN\""));
        refused(": kafka.password.file", kafka("\"password.file\": \"nowhere\""));
        refused(": kafka.mechanism", kafka("\"password.file\": \"secret\", \"mechanism\": \"ANY\""));
        refused(": kafka.topic", kafka("\"password.file\": \"secret\", \"topic\": \"a b\""));
        refused(": kafka.nodes[0]", kafka("\"password.file\": \"secret\", \"nodes\": [\"x\"]"));
        refused(": kafka.nodes", kafka("\"password.file\": \"secret\", \"nodes\": [\"ab\"]"));
        refused(": kafka.group", kafka("\"password.file\": \"secret\", \"group\": \"x\""));
        refused(": kafka.tls", kafka("\"password.file\": \"secret\"").replace("localhost:9092", "kafka.example:9092"));
    }
}
